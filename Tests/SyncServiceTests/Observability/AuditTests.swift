import Planning
import Resources
import Testing

@testable import SyncService

struct AuditEntryTests {
    @Test func `an entry is one line that says who has done what, where and why`() {
        var entry = Fixture.entry()
        entry.before = ObjectDigest(KubernetesObject(["kind": "ConfigMap"]))
        #expect(
            text(entry.bytes) == """
                {"time":"2026-01-02T03:04:05.250Z","run":"01kdyak3c2000001","who":"robot@host","pid":42,\
                "application":"shop","cluster":"production","action":"update",\
                "object":{"group":"apps","kind":"Deployment","name":"web","namespace":"shop"},"why":"commit",\
                "revision":"0123456789abcdef0123456789abcdef01234567",\
                "before":"sha256:9f611dd1eda4df64199b2c282aa07c439782eee0894b3f28619680127d24a60d"}

                """)
    }

    @Test func `what is not there is left out`() {
        var entry = Fixture.entry(object: ObjectIdentity(group: "", kind: "Namespace", name: "shop"))
        entry.revision = nil
        let line = text(entry.bytes)
        #expect(line.contains(#""object":{"group":"","kind":"Namespace","name":"shop"},"why":"commit"}"#))
    }
}
