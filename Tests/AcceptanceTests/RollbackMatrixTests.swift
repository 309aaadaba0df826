import Commands
import Foundation
import KubeClient
import Resources
import Subprocess
import SystemPackage
import Testing

/// For each kind whose health is judged: a revision that fails leaves every object as it was.
@Suite(.withNodes)
struct RollbackMatrixTests {
    @Test(arguments: RollbackRow.all)
    func `a revision that fails leaves every object as it was`(row: RollbackRow) async throws {
        try await Cluster.withNamespace { namespace, client in
            let trial = try Trial(row: row, namespace: namespace)
            try await row.prepare(namespace, client)
            let first = await trial.run("apply", "--yes")
            if let version = client.serverVersion, version < row.oldestServer {
                #expect(first.status == .failure)
                #expect(first.writes.isEmpty, "\(first.writes)")
                return
            }
            #expect(first.status == .success, "\(first.notes)\(first.output)")
            let before = try await Snapshot(trial.workspace, namespace, row.volatile)

            try trial.declare(revision: 2)
            try await trial.checkPlan()
            let second = await trial.run("apply", "--yes", "-o", "json", "--object-timeout", "5m")
            #expect(second.status == row.status, "\(second.notes)")
            for text in row.reported {
                #expect(second.notes.contains(text.replacing("NS", with: namespace)), "\(second.notes)")
            }
            try trial.checkOrder(second)
            #expect(try await trial.revisionState(2, client) == (row.status == .rolledBack ? "rolled-back" : "failed"))

            try trial.declare(revision: 1)
            let after = try await Snapshot(trial.workspace, namespace, row.volatile)
            trial.compare(before, after)
            try await trial.checkGone(client)
            if row.status == .rolledBack {
                let plan = await trial.run("plan")
                #expect(plan.status == .success, "\(plan.notes)\(plan.output)")
            }
            try await kubectl(trial.workspace, ["delete", "--wait=false", "--ignore-not-found", "-n", namespace])
        }
    }
}

extension RollbackMatrixTests {
    /// How an object came to be that is no member yet, and what it takes to take it in.
    static let origins: [(title: String, kubectl: [String], arguments: [String])] = [
        ("applied client-side", ["apply"], ["--adopt"]),
        ("created", ["create", "--save-config=false"], ["--adopt", "--force-conflicts"]),
        (
            "applied server-side by another manager", ["apply", "--server-side", "--field-manager=other"],
            ["--adopt", "--force-conflicts"]
        ),
    ]

    private static let others = """
        # What is there before
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: it, labels: {kept: old, dropped: old}, annotations: {note: old}}
        data: {kept: old, dropped: old}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: it}
        spec:
          selector: {app: any, dropped: old}
          ports:
            - {name: http, port: 80, protocol: TCP}
            - {name: dns, port: 53, protocol: UDP}
            - {name: tcp, port: 53, protocol: TCP}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: it}
        spec:
          selector: {matchLabels: {app: it}}
          template:
            metadata: {labels: {app: it}}
            spec:
              containers:
                - {name: first, image: "endstate.test/run:1", env: [{name: A, value: old}, {name: B, value: old}]}
                - {name: second, image: "endstate.test/run:1"}
        """

    private static let taken = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: it, labels: {kept: new, added: new}}
        data: {kept: new, added: new}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: it}
        spec:
          selector: {app: other}
          ports: [{name: tcp, port: 53}, {name: more, port: 81}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: it}
        spec:
          replicas: 2
          selector: {matchLabels: {app: it}}
          template:
            metadata: {labels: {app: it}}
            spec:
              containers:
                - {name: second, image: "endstate.test/image-missing:2"}
                - {name: first, image: "endstate.test/run:2", env: [{name: B, value: new}]}
        """

    @Test(arguments: origins.indices)
    func `what was taken in has its values and its owners back`(origin: Int) async throws {
        let origin = Self.origins[origin]
        try await Cluster.withNamespace { namespace, _ in
            let workspace = try Workspace(["all.yaml": Self.others])
            try await kubectl(workspace, origin.kubectl + ["-n", namespace])
            try await kubectl(
                workspace, ["wait", "--for=condition=Available", "deployment/it", "-n", namespace, "--timeout=5m"],
                file: false)
            let before = try await Snapshot(workspace, namespace, [])
            try workspace.write(Self.taken, to: "all.yaml")
            let run = await workspace.run(
                ["apply", "--yes", "--name", "app", "-n", namespace] + origin.arguments, kubeconfig: Cluster.kubeconfig)
            #expect(run.status == .rolledBack, "\(origin.title): \(run.notes)\(run.output)")
            let after = try await Snapshot(workspace, namespace, [])
            #expect(before.essences.count == 3)
            for (name, essence) in before.essences {
                #expect(essence == after.essences[name], "\(origin.title): \(name)")
                #expect(before.owners[name] == after.owners[name], "\(origin.title): \(name)")
                #expect(before.uids[name] == after.uids[name])
            }
        }
    }

    @Test func `what stays by design is told by the plan and by the report`() async throws {
        try await Cluster.withNamespace { namespace, client in
            let home = "\(namespace)-home"
            let kept = "helm.sh/resource-policy: keep"
            let workspace = try Workspace([
                "all.yaml": """
                # All
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: \(home)}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: kept, annotations: {\(kept)}}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: gone}}
                ---
                \(RollbackRow.workload("Deployment", "web", image: "crash:1", annotations: RollbackRow.after(["kept", "gone"])))
                """.replacing("NS", with: home)
            ])
            let plan = await workspace.endstate("plan", "--name", "app", "-n", home)
            let told = [
                "    Namespace \(home) is created and stays: the application's records live in it\n",
                "    ConfigMap \(home)/kept is created and stays: its annotation \(kept) protects it\n",
            ]
            for text in told { #expect(plan.output.contains(text), "\(plan.output)\(plan.notes)") }
            let run = await workspace.endstate("apply", "--yes", "--name", "app", "-n", home)
            #expect(run.status == .rolledBack, "\(run.notes)")
            let reported = [
                "stays, as the plan has told:\n", "    Namespace \(home): the application's records live in it\n",
                "    ConfigMap \(home)/kept: its annotation \(kept) protects it\n",
            ]
            for text in reported { #expect(run.notes.contains(text), "\(run.notes)") }
            #expect(try await client.get(.configMaps, namespace: home, name: "kept") != nil)
            #expect(try await client.get(.configMaps, namespace: home, name: "gone") == nil)
            _ = try await client.delete(.namespaces, name: home)
        }
    }
}

/// The application of one row.
private struct Trial {
    let row: RollbackRow
    let namespace: String
    let workspace: Workspace

    init(row: RollbackRow, namespace: String) throws {
        self.row = row
        self.namespace = namespace
        workspace = try Workspace(row.files(of: 1, in: namespace))
    }

    func declare(revision: Int) throws {
        for (name, text) in row.files(of: revision, in: namespace) { try workspace.write(text, to: name) }
    }

    func run(_ arguments: String...) async -> Ending {
        await workspace.run(
            arguments + ["--name", "app", "-n", namespace], kubeconfig: Cluster.kubeconfig)
    }

    /// What can't be undone is told before anything is written, and nothing else.
    func checkPlan() async throws {
        let plan = await run("plan")
        #expect(plan.status == .changes, "\(plan.notes)")
        let told = row.told.map { "    \($0.replacing("NS", with: namespace))\n" }.joined()
        let expected = told.isEmpty ? "" : "can't be undone:\n\(told)"
        let start = plan.output.range(of: "can't be undone:")?.lowerBound ?? plan.output.endIndex
        let part = plan.output[start...].components(separatedBy: "\n\n")[0]
        #expect(part.isEmpty ? expected.isEmpty : part + "\n" == expected, "\(plan.output)")
    }

    /// Dependents are undone before what they depend on.
    func checkOrder(_ ending: Ending) throws {
        let events = try ending.output.split(separator: "\n").map { try Value(json: String($0)) }
        let start = try #require(events.firstIndex { $0["type"] == "rollingBack" }, "\(ending.output)\(ending.notes)")
        var first: [String: Int] = [:]
        var last: [String: Int] = [:]
        for (position, event) in events.enumerated() where position > start {
            guard let object = event["object"], let kind = object["kind"]?.string, let name = object["name"]?.string,
                let type = event["type"]?.string
            else { continue }
            if ["applying", "deleting"].contains(type) { first["\(kind)/\(name)"] = position }
            if ["restored", "deleted", "failed"].contains(type) { last["\(kind)/\(name)"] = position }
        }
        for (earlier, later) in row.order(in: namespace) {
            let done = try #require(last[earlier], "\(earlier) was not undone: \(ending.output)")
            let begun = try #require(first[later], "\(later) was not undone: \(ending.output)")
            #expect(done < begun, "\(earlier) depends on \(later): \(ending.output)")
        }
    }

    func compare(_ before: Snapshot, _ after: Snapshot) {
        let subject = row.subject(in: namespace)
        #expect(before.essences.keys == after.essences.keys)
        for (name, essence) in before.essences {
            #expect(essence == after.essences[name], "\(name)")
            let isSame = before.uids[name] == after.uids[name]
            #expect(isSame != (row.isRecreated && name == subject), "\(name) must \(isSame ? "not " : "")be the same")
        }
        // What came after the failure was never written.
        let untouched = "ConfigMap/after"
        #expect(before.versions[untouched] == after.versions[untouched])
    }

    func checkGone(_ client: KubeClient) async throws {
        for created in row.created {
            let name = String(created.split(separator: "/")[1])
            #expect(try await client.get(.configMaps, namespace: namespace, name: name) == nil, "\(created)")
        }
        if row.manifests[0].isEmpty {
            let kind = try #require(row.reference.split(separator: "/").dropLast().last)
            let found = try await kubectl(
                workspace, ["get", "\(kind)", "it", "--ignore-not-found", "-o", "name", "-n", namespace], file: false)
            #expect(found.isEmpty)
        }
        #expect(try await client.get(.namespaces, name: "\(namespace)-new") == nil)
    }

    func revisionState(_ number: Int, _ client: KubeClient) async throws -> String? {
        let secret = try await client.get(.secrets, namespace: namespace, name: "endstate-revision.app.\(number)")
        let record = try #require(secret?.annotations["endstate.dev/record"])
        return try Value(json: record)["state"]?.string
    }
}

/// The objects of a file as kubectl has them, each as `Kind/name`.
private struct Snapshot {
    /// What of an object a revision is about: its status and what a server or controllers fill in is left out.
    var essences: [String: Value] = [:]
    var uids: [String: String] = [:]
    var versions: [String: String] = [:]
    /// Who owns which fields, without when; controllers go on writing the status of workloads.
    var owners: [String: [String]] = [:]

    init(_ workspace: Workspace, _ namespace: String, _ volatile: [[String]]) async throws {
        let text = try await kubectl(workspace, ["get", "-o", "json", "-n", namespace])
        for item in try Value(json: text)["items"]?.array ?? [] {
            let object = KubernetesObject(item)
            let name = "\(object.kind)/\(object.name)"
            essences[name] = Self.essence(of: object, volatile)
            uids[name] = object.uid
            versions[name] = object.resourceVersion
            owners[name] = object.managedFields.filter { $0.manager != "kube-controller-manager" }
                .map { "\($0.manager) \($0.operation) \($0.apiVersion) \($0.fieldsV1.json)" }.sorted()
        }
    }

    private static let controllers = [
        "deployment.kubernetes.io/", "deprecated.daemonset.template.generation", "pv.kubernetes.io/",
        "volume.beta.kubernetes.io/", "autoscaling.alpha.kubernetes.io/",
    ]

    private static func essence(of object: KubernetesObject, _ volatile: [[String]]) -> Value {
        var value = object.value
        let annotations = object.annotations.filter { key, _ in !controllers.contains { key.hasPrefix($0) } }
        let labels = object.labels
        value["status"] = nil
        value["metadata"] = [
            "labels": .object(labels.mapValues(Value.string)),
            "annotations": .object(annotations.mapValues(Value.string)),
        ]
        for path in volatile { value = removing(path[...], from: value) }
        return value
    }

    private static func removing(_ path: ArraySlice<String>, from value: Value) -> Value {
        guard let name = path.first, let child = value[name] else { return value }
        var value = value
        value[name] = path.count == 1 ? Optional.none : removing(path.dropFirst(), from: child)
        return value
    }
}

/// Runs kubectl, by default about the objects of the workspace's file, and returns what it printed.
@discardableResult
private func kubectl(_ workspace: Workspace, _ arguments: [String], file: Bool = true) async throws -> String {
    let about = file ? ["-f", workspace.path + "/all.yaml"] : []
    let ending = try await Kubectl.run(arguments + about)
    try #require(ending.isSuccess, "kubectl \(arguments): \(ending)")
    return ending.output
}
