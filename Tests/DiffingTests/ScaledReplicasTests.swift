import Diffing
import Resources
import Testing

struct ScaledReplicasTests {
    private let web = ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: "web")

    private func result(
        _ entries: [Value], desired: String = #"{"replicas":1,"x":1}"#, targets: Set<ObjectIdentity> = []
    ) throws -> ScaledReplicas.Result {
        ScaledReplicas.withoutScaledReplicas(
            try Fixtures.object(spec: desired).asManifest,
            live: try Fixtures.object(spec: #"{"replicas":5,"x":1}"#, managedFields: entries),
            manager: Fixtures.manager, targets: targets)
    }

    private func ours() throws -> Value { try Fixtures.entry(spec: #"{"f:replicas":{}}"#) }
    private func theirs(_ manager: String, subresource: String? = nil) throws -> Value {
        try Fixtures.entry(
            spec: #"{"f:replicas":{}}"#, manager: manager, operation: "Update", subresource: subresource)
    }

    @Test func `an autoscaler's target is sent without replicas`() throws {
        let result = try result([ours(), theirs("kube-controller-manager")], targets: [web])
        #expect(result.desired.value["spec"] == ["x": 1])
        #expect(result.note == "spec.replicas is not applied: an autoscaler sets it")
    }

    @Test func `while only we own the field, the live number is sent, lest the server fall back to 1`() throws {
        let result = try result([ours()], targets: [web])
        #expect(result.desired.value["spec"] == ["replicas": 5, "x": 1])
        #expect(result.note != nil)
    }

    @Test func `a scaler that wrote through the scale subresource owns the replicas`() throws {
        let result = try result([theirs("keda", subresource: "scale")])
        #expect(result.desired.value["spec"] == ["x": 1])
        #expect(result.note == "spec.replicas is not applied: keda sets it")
    }

    @Test func `what a person scaled is drift`() throws {
        for entry in [try theirs("kubectl", subresource: "scale"), try theirs("kubectl-edit")] {
            let result = try result([ours(), entry])
            #expect(result.desired.value["spec"] == ["replicas": 1, "x": 1])
            #expect(result.note == nil)
        }
    }

    @Test func `a manifest without replicas stays as it is`() throws {
        let result = try result([ours()], desired: #"{"x":1}"#, targets: [web])
        #expect(result.desired.value["spec"] == ["x": 1])
        #expect(result.note == nil)
    }

    @Test func `a new object starts with its replicas`() throws {
        let desired = try Fixtures.object(spec: #"{"replicas":2}"#)
        let result = ScaledReplicas.withoutScaledReplicas(
            desired, live: nil, manager: Fixtures.manager, targets: [web])
        #expect(result == ScaledReplicas.withoutScaledReplicas(desired, live: nil, manager: "x", targets: []))
        #expect(result.desired == desired)
    }

    @Test func `the targets are read from autoscalers`() throws {
        let autoscaler = try Fixtures.object(
            spec: #"{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}"#,
            apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler")
        let broken = try Fixtures.object(spec: "{}", apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler")
        #expect(ScaledReplicas.targets(of: [autoscaler, broken]) == [web])
    }
}
