import Reconciler
import Resources
import Testing

@Suite struct RunEventTests {
    @Test func `an event of an object names it`() {
        let object = ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: "web")
        let event = RunEvent(.waiting, object, "1 of 2 replicas updated", elapsed: .milliseconds(1250))
        #expect(
            event.json == [
                "type": "waiting", "elapsedSeconds": .double(1.25), "message": "1 of 2 replicas updated",
                "object": ["group": "apps", "kind": "Deployment", "namespace": "shop", "name": "web"],
            ])
    }

    @Test func `an event of the run has no object`() {
        #expect(
            RunEvent(.finished, nil, "succeeded", elapsed: .seconds(2)).json
                == ["type": "finished", "elapsedSeconds": 2, "message": "succeeded"])
    }
}
