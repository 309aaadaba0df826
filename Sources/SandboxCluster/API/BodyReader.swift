internal import Resources
internal import YAML

/// Reads what a request sends.
struct BodyReader {
    let request: SandboxRequest

    private static let types = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"]

    var contentType: String {
        let type = request.header("Content-Type")?.split(separator: ";").first.map(String.init) ?? ""
        return type.isEmpty ? "application/json" : type
    }

    /// An object, whatever it is of.
    func object(_ resource: ResourceDefinition) throws(APIStatus) -> Value {
        switch contentType {
        case "application/json": try json(resource)
        case "application/yaml": try yaml(resource)
        default: throw .unsupportedMediaType(Self.types)
        }
    }

    private func json(_ resource: ResourceDefinition) throws(APIStatus) -> Value {
        do {
            return try Value(json: request.body)
        } catch {
            let name = "\(resource.kind.kind) in version \"\(resource.kind.version)\""
            throw .badRequest("\(name) cannot be handled as a \(resource.kind.kind): \(error.reason)")
        }
    }

    /// JSON is YAML too, and most clients send it as such.
    func yaml(_ resource: ResourceDefinition) throws(APIStatus) -> Value {
        if request.body.first == UInt8(ascii: "{"), let value = try? Value(json: request.body) { return value }
        let (documents, errors) = YAMLReader.documents(in: request.body)
        guard errors.isEmpty, documents.count == 1 else {
            throw .badRequest("error decoding YAML: \(errors.first?.message ?? "no single document")")
        }
        return documents[0].value
    }

    /// The options in a DELETE's body; nothing where there is none.
    func deletionOptions() throws(APIStatus) -> Value {
        if request.body.isEmpty { return [:] }
        do {
            return try Value(json: request.body)
        } catch {
            throw .badRequest("couldn't get version/kind; json parse error: \(error.reason)")
        }
    }
}
