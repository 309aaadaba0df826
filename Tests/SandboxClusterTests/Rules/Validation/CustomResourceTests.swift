import Resources
import Testing

@testable import SandboxCluster

@Suite struct CustomResourceTests {
    private let registry: SchemaRegistry
    private let resource: ResourceDefinition

    init() throws {
        let definition = KubernetesObject(try Value(json: ObservedCustomResources.definition))
        let resources = SchemaRegistry.resources(of: definition)
        resource = try #require(resources.first)
        registry = SchemaRegistry(
            types: SchemaRegistry.builtIn.types, resources: SchemaRegistry.builtIn.resources + resources)
    }

    private func outcome(of object: Value) -> [String] {
        do throws(APIStatus) {
            let decoded = try Validation.decode(
                object, type: resource.type, registry: registry, kind: resource.kind)
            let errors = Validation.check(decoded, old: nil, of: resource, subresource: "", registry: registry)
            if !errors.isEmpty { return errors.map(ObservedCase.comparable) }
            var stored = decoded
            stored["apiVersion"] = nil
            stored["kind"] = nil
            return ["OK \(stored.json)"]
        } catch {
            return ["\(error.code) \(error.reason): \(error.message)"]
        }
    }

    @Test(arguments: ObservedCustomResources.cases)
    func `custom resources are what their schema takes`(_ observed: ObservedCase) throws {
        let object = try observed.changed(try Value(json: ObservedCustomResources.valid))
        let expected = observed.expected.map { line in
            line.hasPrefix("OK ") ? ("OK " + ((try? Value(json: String(line.dropFirst(3))))?.json ?? "")) : line
        }
        // Go looks at fields in an order of its own.
        #expect(outcome(of: object).sorted() == expected.sorted())
    }
}
