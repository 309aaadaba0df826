import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

@Suite struct `Custom resources` {
    private static func definition(_ plural: String, kind: String) -> Value {
        [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": .string("\(plural).example.com")],
            "spec": [
                "group": "example.com", "scope": "Namespaced",
                "names": ["plural": .string(plural), "kind": .string(kind)],
                "versions": [
                    ["name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": ["type": "object"]]]
                ],
            ],
        ]
    }

    private static let collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    private static let things = "/apis/example.com/v1/namespaces/default/things"

    private let time = SteppedSandboxClock(Date(timeIntervalSince1970: 1_700_000_000))
    private let cluster: SandboxCluster

    init() { cluster = SandboxCluster(settings: SandboxSettings(), clock: time) }

    /// Sends a request, and lets the controllers do what is due.
    private func send(_ method: String, _ path: String, _ body: Value? = nil) async -> (status: Int, value: Value) {
        let request = SandboxRequest(
            method: method, path: path, headers: [("Content-Type", "application/json")], body: body?.jsonBytes ?? [])
        let response = await cluster.respond(to: request)
        cluster.settle(time, until: time.now)
        guard case .bytes(let bytes) = response.body else { return (response.status, .null) }
        return (response.status, (try? Value(json: bytes)) ?? .null)
    }

    @Test func `a definition goes when the last of its objects has gone`() async {
        _ = await send("POST", Self.collection, Self.definition("things", kind: "Thing"))
        let thing: Value = [
            "apiVersion": "example.com/v1", "kind": "Thing",
            "metadata": ["name": "held", "finalizers": ["example.com/hold"]],
        ]
        #expect(await send("POST", Self.things, thing).status == 201)
        let deletion = await send("DELETE", "\(Self.collection)/things.example.com")
        #expect(deletion.value[path: "metadata", "finalizers"] == ["customresourcecleanup.apiextensions.k8s.io"])
        #expect(await send("GET", "\(Self.collection)/things.example.com").status == 200)
        #expect(await send("GET", "\(Self.things)/held").value[path: "metadata", "deletionTimestamp"] != nil)
        var freed = await send("GET", "\(Self.things)/held").value
        freed["metadata"]?["finalizers"] = Optional.none
        #expect(await send("PUT", "\(Self.things)/held", freed).status == 200)
        cluster.settle(time, until: time.now.addingTimeInterval(10))
        #expect(await send("GET", "\(Self.collection)/things.example.com").status == 404)
        #expect(await send("GET", Self.things).status == 404)
    }

    @Test func `a name that is taken is not accepted before it is free`() async {
        _ = await send("POST", Self.collection, Self.definition("things", kind: "Thing"))
        _ = await send("POST", Self.collection, Self.definition("others", kind: "Thing"))
        let others = "\(Self.collection)/others.example.com"
        let refused = await send("GET", others).value
        #expect(refused[path: "status", "acceptedNames"] == ["plural": "others", "kind": ""])
        #expect(Conditions(KubernetesObject(refused)).isTrue("Established") == false)
        #expect(await send("GET", "/apis/example.com/v1/namespaces/default/others").status == 404)
        _ = await send("DELETE", "\(Self.collection)/things.example.com")
        #expect(Conditions(KubernetesObject(await send("GET", others).value)).isTrue("Established"))
        #expect(await send("GET", "/apis/example.com/v1/namespaces/default/others").status == 200)
    }
}
