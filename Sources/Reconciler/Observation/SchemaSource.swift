internal import KubeClient
internal import Manifests
internal import Resources

/// The schemas that objects are checked against where the server can't try them out; read once, when first needed.
actor SchemaSource {
    private let client: KubeClient
    private var reading: Task<SchemaDocument, any Error>?

    init(client: KubeClient) {
        self.client = client
    }

    /// What is wrong with the object by its kind's schema, and whether there is one.
    func problems(of desired: DesiredObject) async throws -> (problems: [Diagnostic], isKnown: Bool) {
        let document: SchemaDocument
        if let definition = desired.definition {
            var own = SchemaDocument()
            own.add(definitionsAmong: [definition])
            document = own
        } else {
            document = try await serverDocument()
        }
        return switch document.validate(desired.manifest) {
        case .unknownKind: ([], false)
        case .checked(let problems): (problems.filter { $0.severity == .error }, true)
        }
    }

    private func serverDocument() async throws -> SchemaDocument {
        let client = client
        let task = reading ?? Shield.task { try SchemaDocument(openAPI: await client.openAPISchema()) }
        reading = task
        return try await task.value
    }
}
