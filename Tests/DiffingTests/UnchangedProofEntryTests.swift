import Diffing
import Resources
import Testing

/// What the proof asks of the object and of its entries, before it looks at fields.
struct UnchangedProofEntryTests {
    private let fields: Value = ["f:spec": ["f:a": [:]]]

    private func prove(
        _ entries: [Value], edit: (inout Value, inout Value) -> Void = { _, _ in }
    ) throws -> UnchangedProof {
        var live = try Fixtures.object(spec: #"{"a":1}"#, managedFields: entries)
        var desired = live.asManifest
        edit(&desired.value, &live.value)
        return UnchangedProof.prove(desired: desired, live: live, manager: Fixtures.manager)
    }

    @Test func `one entry of ours at the same version is enough`() throws {
        let update = Fixtures.entry(fields: ["f:status": ["f:x": [:]]], operation: "Update", subresource: "status")
        #expect(try prove([update, Fixtures.entry(fields: fields)]) == .unchanged)
    }

    @Test(
        arguments: [
            ("no entry", [Value](), "endstate has not applied it yet"),
            (
                "another manager", [Fixtures.entry(fields: ["f:spec": ["f:a": [:]]], manager: "kubectl")],
                "endstate has not applied it yet"
            ),
            (
                "an update of ours", [Fixtures.entry(fields: ["f:spec": ["f:a": [:]]], operation: "Update")],
                "endstate has not applied it yet"
            ),
            (
                "our status", [Fixtures.entry(fields: ["f:spec": ["f:a": [:]]], subresource: "status")],
                "endstate has not applied it yet"
            ),
            (
                "an older version", [Fixtures.entry(fields: ["f:spec": ["f:a": [:]]], apiVersion: "apps/v1beta1")],
                "endstate applied it last at apps/v1beta1"
            ),
            (
                "two versions",
                [
                    Fixtures.entry(fields: ["f:spec": ["f:a": [:]]]),
                    Fixtures.entry(fields: ["f:spec": ["f:a": [:]]], apiVersion: "apps/v1beta1"),
                ], "endstate has applied it at several versions"
            ),
        ] as [(String, [Value], String)])
    func `any other entry is a doubt`(name: String, entries: [Value], why: String) throws {
        #expect(try prove(entries) == .unknown(at: FieldPath(fields: "metadata", "managedFields"), why: why))
    }

    @Test func `an entry of another format is a doubt`() throws {
        var entry = Fixtures.entry(fields: fields)
        entry["fieldsType"] = "FieldsV2"
        #expect(try prove([entry]) != .unchanged)
    }

    @Test(arguments: ["apiVersion", "kind"])
    func `an object read as another type is a doubt`(field: String) throws {
        let proof = try prove([Fixtures.entry(fields: fields)]) { _, live in live[field] = "other/v1" }
        #expect(
            proof == .unknown(at: FieldPath(fields: field), why: "the cluster's object was read as another \(field)"))
    }

    @Test func `an object that is being deleted is a doubt`() throws {
        let proof = try prove([Fixtures.entry(fields: fields)]) { _, live in
            live["metadata"]?["deletionTimestamp"] = "2026-11-21T03:40:07Z"
        }
        #expect(proof != .unchanged)
    }

    @Test(arguments: ["creationTimestamp", "resourceVersion", "uid", "generation", "managedFields"])
    func `metadata that only the server writes is a doubt in a manifest`(field: String) throws {
        let proof = try prove([Fixtures.entry(fields: fields)]) { desired, _ in
            desired["metadata"]?[field] = .null
        }
        guard case .unknown(let path, _) = proof else {
            Issue.record("proved unchanged")
            return
        }
        #expect(path.description.hasPrefix("metadata"))
    }

    @Test func `a manifest's status is a doubt`() throws {
        let proof = try prove([Fixtures.entry(fields: fields)]) { desired, live in
            desired["status"] = ["x": 1]
            live["status"] = ["x": 1]
        }
        #expect(
            proof == .unknown(at: FieldPath(fields: "status"), why: "it is declared, but was not applied last time"))
    }

    @Test func `labels are compared like any field`() throws {
        let entry = Fixtures.entry(fields: ["f:metadata": ["f:labels": ["f:a": [:]]], "f:spec": ["f:a": [:]]])
        let same = try prove([entry]) { desired, live in
            desired["metadata"]?["labels"] = ["a": "1"]
            live["metadata"]?["labels"] = ["a": "1", "b": "2"]
        }
        #expect(same == .unchanged)
        let other = try prove([entry]) { desired, live in
            desired["metadata"]?["labels"] = ["a": "1"]
            live["metadata"]?["labels"] = ["a": "2"]
        }
        #expect(other != .unchanged)
    }

    @Test func `the deepest nesting ends in a doubt and not in a crash`() throws {
        var value: Value = 1
        var fields: Value = [:]
        for _ in 0..<5_000 {
            value = ["a": value]
            fields = ["f:a": fields]
        }
        let (deepValue, deepFields) = (value, fields)
        let proof = try prove([Fixtures.entry(fields: ["f:spec": deepFields])]) { desired, live in
            desired["spec"] = deepValue
            live["spec"] = deepValue
        }
        #expect(proof != .unchanged)
    }
}
