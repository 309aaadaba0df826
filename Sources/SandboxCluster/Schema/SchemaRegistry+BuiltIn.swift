internal import CSandboxSchema
internal import Resources

extension SchemaRegistry {
    /// Kubernetes' own types and resources. The resources are in the order of discovery: of a group, the preferred
    /// version first.
    package static let builtIn: SchemaRegistry = {
        var text = SchemaText()
        withBuiltInText { text.read($0) }
        return SchemaRegistry(types: text.types, resources: DiscoveryOrder.sorted(text.resources))
    }()

    /// Calls the body with each of the texts that the program carries.
    static func withBuiltInText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        for text in [endstate_schema_kubernetes(), endstate_schema_additions()] {
            body(UnsafeBufferPointer(start: text.bytes, count: text.length))
        }
    }
}
