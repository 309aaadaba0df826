import Commands
import Foundation
import Resources
import Testing

/// `plan --nodes`, which asks no cluster.
@Suite struct OfflinePlanTests {
    private static let example = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../examples/placement").standardizedFileURL.path

    private static func plan(_ bench: Bench, _ arguments: String...) async -> Bench.Ending {
        await bench.run(["plan", "--nodes", "\(example)/nodes.yaml", "--name", "platform"] + arguments)
    }

    private static func manifests(_ edit: (String) -> String = { $0 }) throws -> Bench {
        let names = ["namespaces.yaml", "gateway.yaml", "ledger.yaml", "training.yaml", "policies.yaml"]
        return try Bench(
            Dictionary(
                uniqueKeysWithValues: try names.map { name in
                    (name, edit(try String(contentsOfFile: "\(example)/manifests/\(name)", encoding: .utf8)))
                }))
    }

    @Test func `the example is refused, with the taint that is in the way`() async throws {
        let ending = await Self.plan(try Self.manifests())
        #expect(ending.status == .refused)
        #expect(!ending.connected)
        let pods = try #require(ending.output.split(separator: "its pods:\n").last?.split(separator: "\n\n").first)
        #expect(
            pods == """
                    Deployment payments/gateway: 2 pods fit (guaranteed), gateway-1 1, gateway-2 1
                    Deployment payments/ledger: 3 pods fit (guaranteed), general-1 1, general-2 1, general-3 1
                    Deployment research/training: 2 pods don't fit (impossible)
                        0/7 nodes are available: 2 node(s) had untolerated taint {gateway: true}, 2 node(s) had untolerated \
                taint {gpu: true}, 3 node(s) didn't match Pod's node affinity/selector.
                        taints that it doesn't tolerate: tolerate gpu=true:NoSchedule
                """)
        #expect(
            ending.output.contains("hint: tolerate gpu=true:NoSchedule; or pass --allow-unschedulable\n"),
            "\(ending.output)")
    }

    @Test func `the example tells what its policies added, and that they are kept`() async throws {
        let output = await Self.plan(try Self.manifests()).output
        #expect(
            output.contains(
                """
                  4. + Deployment payments/ledger  (not checked: no cluster was asked)
                        with pod anti-affinity by the policy departments
                        with topology spread by the policy critical-services

                """), "\(output)")
        #expect(
            output.contains(
                """
                its policies:
                    departments (isolate, enforced): kept
                    gateway-nodes (exclusive, enforced): kept
                    critical-services (spread, enforced): kept
                    headroom (headroom): kept

                """), "\(output)")
    }

    @Test func `a plan that breaks a policy is refused, unless that is allowed`() async throws {
        let edit = { (text: String) in text.replacing("percent: 20", with: "percent: 70") }
        let ending = await Self.plan(try Self.manifests(edit), "--allow-unschedulable")
        #expect(ending.status == .refused)
        #expect(
            ending.output.contains(
                """
                    headroom (headroom): broken in a trial run
                        pool=general: 66 % of cpu stays free, 70 % is wanted

                """), "\(ending.output)")
        #expect(
            ending.output.contains(
                """
                error[broken-policy]: the plan breaks the policy headroom: pool=general: 66 % of cpu stays free, 70 % is wanted
                  --> policies.yaml:36:1
                hint: change the manifests or the policy, or pass --allow-broken-policies

                """), "\(ending.output)")
        let allowed = await Self.plan(
            try Self.manifests(edit), "--allow-unschedulable", "--allow-broken-policies")
        #expect(allowed.status == .changes)
    }

    @Test func `what a policy forbids is said to be the policy's doing`() async throws {
        let edit = { (text: String) in
            text.replacing("pool: gpu", with: "kubernetes.io/hostname: general-1")
                .replacing("cpu: \"4\"", with: "cpu: \"1\"").replacing("16Gi", with: "1Gi")
                .replacing("nvidia.com/gpu: 1", with: "example.com/none: 0")
        }
        let ending = await Self.plan(try Self.manifests(edit))
        #expect(ending.status == .refused)
        #expect(
            ending.output.contains(
                """
                        the policy departments: 0 of 2 pods would fit; add nodes, or set its mode to check

                """), "\(ending.output)")
    }

    @Test func `the example with the toleration is a plan`() async throws {
        let bench = try Self.manifests { text in
            text.replacing("# tolerations", with: "tolerations").replacing("#   - key: gpu", with: "  - key: gpu")
                .replacing("#     operator", with: "    operator").replacing("#     effect", with: "    effect")
        }
        let ending = await Self.plan(bench)
        #expect(ending.status == .changes, "\(ending.notes)")
        #expect(ending.output.contains("Deployment research/training: 2 pods fit (guaranteed), gpu-1 1, gpu-2 1\n"))
    }

    @Test func `what is refused is let through where that is asked for`() async throws {
        let ending = await Self.plan(try Self.manifests(), "--allow-unschedulable")
        #expect(ending.status == .changes)
        #expect(ending.output.contains("2 pods don't fit (impossible)"))
    }

    @Test func `machines get the verdicts as JSON`() async throws {
        let ending = await Self.plan(try Self.manifests(), "-o", "json")
        let verdicts = try #require(try Value(json: ending.output)["placement"]?.array)
        #expect(verdicts.compactMap { $0["certainty"]?.string } == ["guaranteed", "guaranteed", "impossible"])
        #expect(verdicts.first?["nodes"] == [["name": "gateway-1", "pods": 1], ["name": "gateway-2", "pods": 1]])
    }

    @Test(arguments: [("kind: Pod\n", "has no Node"), ("a: [", "--> nodes.txt:2:1")])
    func `a file without nodes is an error`(text: String, message: String) async throws {
        let bench = try Bench(["m.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n", "nodes.txt": text])
        let ending = await bench.run(["plan", "--nodes", "nodes.txt"])
        #expect(ending.status == .failure)
        #expect(ending.notes.contains(message), "\(ending.notes)")
        #expect(ending.output.isEmpty)
    }

    @Test func `nodes may be done without, and what would not survive that is refused`() async throws {
        let bench = try Self.manifests {
            $0.replacing("pool: gpu", with: "pool: general").replacing("nvidia.com/gpu: 1", with: "example.com/none: 0")
        }
        let ending = await Self.plan(bench, "--without-node", "gateway-1", "--allow-unschedulable")
        #expect(ending.status == .refused)
        #expect(
            ending.output.contains(
                """
                without gateway-1, with new pods where a trial run put them:
                    Deployment payments/gateway: 1 pod doesn't fit (impossible)
                        0/7 nodes are available: 1 node(s) didn't match pod anti-affinity rules, 1 node(s) were unschedulable, \
                2 node(s) had untolerated taint {gpu: true}, 3 node(s) didn't match Pod's node affinity/selector.
                        the policy gateway-nodes: 0 of 1 pods would fit; add nodes, or set its mode to check

                """), "\(ending.output)")
        #expect(ending.output.contains("error[not-survived]: without gateway-1 1 workload would find no place\n"))
        let zone = await Self.plan(bench, "--without-zone", "north", "--allow-unschedulable")
        #expect(zone.status == .refused, "\(zone.output)")
        #expect(zone.output.contains("\nwithout zone north (general-3), with new pods"), "\(zone.output)")
        #expect(zone.output.contains("        the policy critical-services: 0 of 1 pods would fit"), "\(zone.output)")
        let spare = await Self.plan(bench, "--without-node", "gpu-1, gpu-2", "--allow-unschedulable")
        #expect(spare.status == .changes)
        #expect(
            spare.output.contains(
                "\nwithout gpu-1, gpu-2, with new pods where a trial run put them:\n    no pod has to move\n"),
            "\(spare.output)")
    }

    @Test(arguments: [
        (
            ["--without-node", "gatway-1"], Commands.ExitStatus.failure,
            "the cluster has no node gatway-1\nhint: did you mean gateway-1?"
        ),
        (["--without-zone", "up"], .failure, "the cluster has no zone up\nhint: known are: east, north, west"),
        (["--without-node", "*,gpu-1"], .usage, "'*' stands for each node"),
        (["--without-node", "gpu-1", "--out", "p"], .usage, "save the plan in a run of its own"),
        (["--without-node", ","], .usage, "Name nodes or zones."),
    ])
    func `nodes that don't exist can't be done without`(
        arguments: [String], status: Commands.ExitStatus, message: String
    ) async throws {
        let bench = try Self.manifests()
        let ending = await bench.run(
            ["plan", "--nodes", "\(Self.example)/nodes.yaml", "--name", "platform"] + arguments)
        #expect(ending.status == status)
        #expect(ending.notes.contains(message), "\(ending.notes)")
        #expect(ending.output.isEmpty)
    }

    /// A node that is nearly full of the pods of what is declared anew.
    private static func running(_ kind: String, _ owner: String, count: Int) -> String {
        var text = "kind: Node\nmetadata: {name: a, labels: {kubernetes.io/hostname: a}}\n"
        text += "status: {allocatable: {cpu: 4, pods: 10}}\n"
        for index in 0..<count {
            let owners =
                kind == "Pod"
                ? ""
                : ", ownerReferences: [{apiVersion: apps/v1, kind: \(kind), name: \(owner), uid: u, controller: true}]"
            let name = kind == "Pod" ? "db" : "db-\(index)"
            text +=
                "---\nkind: Pod\nmetadata: {name: \(name), namespace: default, labels: {app: db, pod-template-hash: abc}\(owners)}\n"
            text += "spec: {nodeName: a, containers: [{resources: {requests: {cpu: 3}}}]}\n"
            text += "status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}\n"
        }
        return text
    }

    @Test(arguments: [
        ("StatefulSet", "db", "apps/v1", 2), ("DaemonSet", "db", "apps/v1", 2), ("Pod", "", "v1", 0),
        ("ReplicaSet", "db-abc", "apps/v1", 5),
    ])
    func `pods of the file that belong to what is declared are its earlier ones`(
        kind: String, owner: String, apiVersion: String, status: Int32
    ) async throws {
        let isPod = kind == "Pod"
        let declared = kind == "ReplicaSet" ? "Deployment" : kind
        let pod = "{containers: [{name: a, image: b, resources: {requests: {cpu: 3}}}]}"
        let template = "{selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: \(pod)}}"
        let bench = try Bench([
            "m.yaml":
                "apiVersion: \(apiVersion)\nkind: \(declared)\nmetadata: {name: db}\nspec: \(isPod ? pod : template)\n",
            "nodes.txt": Self.running(kind, owner, count: 1),
        ])
        let ending = await bench.run(["plan", "--nodes", "nodes.txt", "--name", "app"])
        #expect(ending.status.rawValue == (status == 0 ? 2 : status), "\(ending.output)")
        #expect(ending.output.contains("its pods:") == !isPod)
        // The new pod would have to fit beside the earlier one, which may not leave first.
        #expect(ending.output.contains("no pod may leave before a new one is ready") == (declared == "Deployment"))
        let loss = await bench.run(["plan", "--nodes", "nodes.txt", "--name", "app", "--without-node", "a"])
        let expected =
            isPod ? "Pod default/db is lost" : declared == "DaemonSet" ? "no pod has to move" : "1 pod doesn't fit"
        #expect(loss.output.contains(expected), "\(loss.output)")
    }

    @Test func `such a plan is not saved`() async throws {
        let ending = await Self.plan(try Self.manifests(), "--out", "x.plan")
        #expect(ending.status == .usage)
        #expect(ending.notes.contains("--nodes and --out exclude each other."))
    }
}
