import Resources
import Testing

@testable import SandboxCluster

@Suite struct ValidationTests {
    private static let uid: Value = "00000000-0000-0000-0000-000000000000"

    private func check(_ observed: ObservedCase) throws -> [String] {
        let text = try #require(ValidObjects.texts[observed.base])
        var valid = try Value(json: text)
        valid.change(at: ["metadata"]) { $0["uid"] = Self.uid }
        if observed.request != .creation { fillInWhatTheServerDoes(&valid) }
        let object = try observed.changed(valid)
        let kind = KubernetesObject(valid).groupVersionKind
        let resource = try #require(SchemaRegistry.builtIn.resources.first { $0.kind == kind })
        let errors = Validation.check(
            object, old: observed.request == .creation ? Optional.none : valid, of: resource,
            subresource: observed.request == .status ? "status" : "", registry: .builtIn)
        return errors.map(ObservedCase.comparable)
    }

    /// The state in which the server holds an object that was stored.
    private func fillInWhatTheServerDoes(_ object: inout Value) {
        switch object["kind"]?.string {
        case "Service":
            object.change(at: ["spec"]) {
                $0["clusterIP"] = "10.0.0.1"
                $0["clusterIPs"] = ["10.0.0.1"]
            }
        case "CustomResourceDefinition":
            object["status"] = [
                "conditions": [["type": "Established", "status": "True"]], "storedVersions": ["v1"],
            ]
        default: break
        }
    }

    @Test(arguments: ObservedCase.metadata + ObservedCase.labels)
    func `metadata is what the server takes`(_ observed: ObservedCase) throws {
        let found = try check(observed)
        #expect(found == observed.expected)
    }

    @Test(arguments: ObservedCase.containers + ObservedCase.pods)
    func `pods are what the server takes`(_ observed: ObservedCase) throws {
        let found = try check(observed)
        #expect(found == observed.expected)
    }

    @Test(arguments: ObservedCase.deployments + ObservedCase.statefulsets + ObservedCase.jobs)
    func `workloads are what the server takes`(_ observed: ObservedCase) throws {
        let found = try check(observed)
        #expect(found == observed.expected)
    }

    @Test(arguments: ObservedCase.services + ObservedCase.networking)
    func `networking is what the server takes`(_ observed: ObservedCase) throws {
        let found = try check(observed)
        #expect(found == observed.expected)
    }

    @Test(arguments: ObservedCase.data + ObservedCase.storage + ObservedCase.quotas)
    func `data and storage are what the server takes`(_ observed: ObservedCase) throws {
        let found = try check(observed)
        #expect(found == observed.expected)
    }

    @Test(arguments: ObservedCase.roles + ObservedCase.others)
    func `roles and the rest are what the server takes`(_ observed: ObservedCase) throws {
        let found = try check(observed)
        #expect(found == observed.expected)
    }

    @Test(arguments: ObservedCase.definitions)
    func `definitions of custom resources are what the server takes`(_ observed: ObservedCase) throws {
        let found = try check(observed)
        #expect(found == observed.expected)
    }

    @Test(arguments: ObservedCase.updates + ObservedCase.statuses)
    func `changes are what the server takes`(_ observed: ObservedCase) throws {
        let found = try check(observed)
        #expect(found == observed.expected)
    }

    @Test(arguments: ValidObjects.texts.keys.sorted())
    func `nothing is wrong with a valid object`(_ name: String) throws {
        let created = try check(ObservedCase(name, name, "{}", finds: []))
        let updated = try check(ObservedCase(update: name, name, "{}", finds: []))
        #expect(created == [] && updated == [])
    }

    @Test(arguments: [("ConfigMap", "[]: Too long: must have at most 1048576 bytes")])
    func `a megabyte is too much`(_ name: String, _ expected: String) throws {
        let text = #"{"data": {"a": "\#(String(repeating: "x", count: 1_048_577))"}}"#
        let found = try check(ObservedCase(name, name, text, finds: []))
        #expect(found == [expected])
    }
}
