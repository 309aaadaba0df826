import Diffing
import KubeClient
import Manifests
import Resources
import TestSupport
import Testing

extension Acceptance {
    /// The server is the judge: where the proof says that an apply changes nothing, a dry run must say so, too.
    @Suite(.realServer("the truth is asked of a real API server")) struct UnchangedProofOracleTests {
        @Test func `no proof of "unchanged" disagrees with the server`() async throws {
            try await Cluster.withNamespace { namespace, client in
                var generator = SplitMix64(seed: 20_260)
                var proven = 0
                var unchanged = 0
                var pairs = 0
                let isLegacy = try await client.version() < ServerVersion(major: 1, minor: 21)
                for number in 0..<120 {
                    var cases = OracleCase(number: number, namespace: namespace, using: &generator)
                    try await cases.settle(client, using: &generator)
                    for desired in cases.candidates(using: &generator) {
                        let live = try #require(
                            try await client.get(cases.resource, namespace: namespace, name: desired.name))
                        let proof = UnchangedProof.prove(
                            desired: desired, live: live, manager: KubeClient.fieldManager, isLegacyServer: isLegacy)
                        let isUnchanged = try await Self.changesNothing(desired, live, cases.resource, client)
                        pairs += 1
                        unchanged += isUnchanged ? 1 : 0
                        guard proof == .unchanged else { continue }
                        proven += 1
                        #expect(isUnchanged, "\(desired.value.json)\nlive: \(live.value.json)")
                    }
                }
                print(
                    "oracle: \(pairs) pairs, \(unchanged) unchanged by dry run, \(proven) of them proven without a request"
                )
                #expect(pairs > 400)
                #expect(proven * 10 > unchanged * 8, "the proof gives up too often: \(proven) of \(unchanged)")
            }
        }

        private static func changesNothing(
            _ desired: KubernetesObject, _ live: KubernetesObject, _ resource: APIResource, _ client: KubeClient
        ) async throws -> Bool {
            do {
                let result = try await client.apply(desired, as: resource, options: ApplyOptions(dryRun: true)).object
                return withoutTimes(result) == withoutTimes(live)
            } catch let error as APIError where [400, 409, 422, 500].contains(error.status) {
                return false
            }
        }

        /// What a write of ours would change. The times in managedFields change with every apply of an old server, and the
        /// controllers are still at work on the object between the two requests.
        private static func withoutTimes(_ object: KubernetesObject) -> Value {
            var value = object.value
            value["status"] = nil
            value["metadata"]?["resourceVersion"] = nil
            value["metadata"]?["annotations"]?["deployment.kubernetes.io/revision"] = nil
            if value[path: "metadata", "annotations"] == [:] { value["metadata"]?["annotations"] = nil }
            let all = object.metadata["managedFields"]?.array ?? []
            let entries = all.filter { $0["manager"] != "kube-controller-manager" }.map { entry in
                var entry = entry
                entry["time"] = nil
                return entry.json
            }
            value["metadata"]?["managedFields"] = .array(entries.sorted().map(Value.string))
            return value
        }
    }
}

/// An object, how others meddled with it, and what may be declared next.
private struct OracleCase {
    let desired: KubernetesObject
    let resource: APIResource
    private let namespace: String

    init(number: Int, namespace: String, using generator: inout SplitMix64) {
        self.namespace = namespace
        let kind = Kind.allCases[number % Kind.allCases.count]
        resource = kind.resource
        var object = KubernetesObject(kind.value(using: &generator))
        object.value["apiVersion"] = .string(kind.resource.groupVersionKind.apiVersion)
        object.value["kind"] = .string(kind.resource.groupVersionKind.kind)
        object.value["metadata"] = ["name": .string("oracle-\(number)"), "namespace": .string(namespace)]
        if Bool.random(using: &generator) { object.labels = ["app": "oracle", "tier": "a"] }
        if Bool.random(using: &generator) { object.annotations = ["example.com/note": "x"] }
        desired = object.normalised()
    }

    /// Creates the object; then, mostly, somebody else writes to it.
    mutating func settle(_ client: KubeClient, using generator: inout SplitMix64) async throws {
        if Int.random(in: 0..<4, using: &generator) == 0 {
            _ = try await client.create(desired, as: resource, fieldManager: "someone")
        }
        _ = try await client.apply(desired, as: resource, options: ApplyOptions(force: true))
        let meddling: [Value] = [
            ["metadata": ["labels": ["extra": "1"]]], ["metadata": ["labels": ["app": "changed"]]],
            ["metadata": ["annotations": ["example.com/note": nil]]],
            ["metadata": ["annotations": ["example.com/other": "y"]]], ["metadata": ["finalizers": []]],
        ]
        guard let patch = meddling.randomElement(using: &generator), Bool.random(using: &generator) else { return }
        _ = try await client.patch(
            resource, namespace: namespace, name: desired.name, .merge(patch), fieldManager: "someone")
    }

    /// The object as it was declared, and with single differences.
    func candidates(using generator: inout SplitMix64) -> [KubernetesObject] {
        var paths: [[String]] = []
        Self.collect(desired.value, [], into: &paths)
        let mutated = (0..<3).compactMap { _ -> KubernetesObject? in
            guard let path = paths.randomElement(using: &generator) else { return nil }
            let replacement: [Value?] = [nil, .null, "changed", 7, .object([:]), .array([])]
            guard let value = replacement.randomElement(using: &generator) else { return nil }
            var object = desired
            object.value.set(value, at: path[...])
            return object.normalised()
        }
        return [desired] + mutated
    }

    private static func collect(_ value: Value, _ path: [String], into paths: inout [[String]]) {
        if path.count > 1 || path.first == "data" || path.first == "spec" { paths.append(path) }
        for (key, child) in value.object ?? [:] where !(path.isEmpty && (key == "apiVersion" || key == "kind")) {
            if path == ["metadata"], key == "name" || key == "namespace" { continue }
            collect(child, path + [key], into: &paths)
        }
        paths.sort { $0.joined(separator: "/") < $1.joined(separator: "/") }
    }

    private enum Kind: CaseIterable {
        case configMap
        case secret
        case service
        case deployment
        case role

        var resource: APIResource {
            switch self {
            case .configMap: .configMaps
            case .secret: .secrets
            case .service: APIResource(.init(apiVersion: "v1", kind: "Service"), plural: "services", isNamespaced: true)
            case .deployment:
                APIResource(.init(apiVersion: "apps/v1", kind: "Deployment"), plural: "deployments", isNamespaced: true)
            case .role:
                APIResource(
                    .init(apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role"), plural: "roles", isNamespaced: true
                )
            }
        }

        func value(using generator: inout SplitMix64) -> Value {
            switch self {
            case .configMap: return ["data": ["a": "1", "b": "two\nlines\n"], "immutable": false]
            case .secret: return ["data": ["key": "czNjcmV0"], "type": "Opaque"]
            case .service:
                var port: Value = ["port": 80, "targetPort": Bool.random(using: &generator) ? "http" : 8080]
                if Bool.random(using: &generator) { port["protocol"] = "TCP" }
                if Bool.random(using: &generator) { port["name"] = "http" }
                return ["spec": ["selector": ["app": "oracle"], "ports": [port]]]
            case .deployment: return Self.deployment(using: &generator)
            case .role:
                return [
                    "rules": [["apiGroups": [""], "resources": ["pods", "configmaps"], "verbs": ["get", "list"]]]
                ]
            }
        }

        private static func deployment(using generator: inout SplitMix64) -> Value {
            let cpu: Value =
                [.string("100m"), .string("0.1"), .string("1"), .string("1000m")].randomElement(using: &generator)
                ?? "1"
            var container: Value = [
                "name": "web", "image": "example.com/web:1", "args": ["--a", "--b"],
                "resources": ["requests": ["cpu": cpu, "memory": "64Mi"]],
                "env": [["name": "B", "value": "2"], ["name": "A", "value": "1"]],
                "volumeMounts": [["name": "tmp", "mountPath": "/tmp"]],
            ]
            if Bool.random(using: &generator) { container["ports"] = [["containerPort": 8080]] }
            if Bool.random(using: &generator) {
                container["ports"] = [["containerPort": 8080, "protocol": "TCP", "name": "http"]]
            }
            return [
                "spec": [
                    "replicas": 0, "selector": ["matchLabels": ["app": "oracle"]],
                    "template": [
                        "metadata": ["labels": ["app": "oracle"]],
                        "spec": ["containers": [container], "volumes": [["name": "tmp", "emptyDir": [:]]]],
                    ],
                ]
            ]
        }
    }
}

extension Value {
    /// Sets or, with nil, removes the value at a path of fields.
    fileprivate mutating func set(_ value: Value?, at path: ArraySlice<String>) {
        guard let key = path.first else { return }
        guard path.count > 1 else {
            self[key] = value
            return
        }
        var child = self[key] ?? .object([:])
        child.set(value, at: path.dropFirst())
        self[key] = child
    }
}
