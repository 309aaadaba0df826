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
    func object(_ resource: ResourceDefinition) throws(APIStatus) -> SentObject {
        switch contentType {
        case "application/json": return SentObject(value: try json(resource), text: request.body)
        case "application/yaml":
            let value = try yaml()
            return SentObject(value: value, text: value.jsonBytes)
        default: throw .unsupportedMediaType(Self.types)
        }
    }

    private func json(_ resource: ResourceDefinition) throws(APIStatus) -> Value {
        do {
            return try Self.object(request.body)
        } catch {
            throw .badRequest(
                "the object provided is unrecognized (must be of type \(resource.kind.kind)): \(error.text) (\(summary))"
            )
        }
    }

    /// What is no object, as the server shows it: as it stands where it begins like one, else in hexadecimal digits
    /// (`summarizeData` in k8s.io/apiserver/pkg/endpoints/handlers/rest.go).
    private var summary: String {
        if request.body.isEmpty { return "<empty>" }
        let shown = request.body.prefix(1024)
        let rest = shown.count < request.body.count ? " ..." : ""
        if request.body.first == UInt8(ascii: "{") { return String(decoding: shown, as: UTF8.self) + rest }
        return shown.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + rest
    }

    /// JSON is YAML too, and most clients send it as such.
    func yaml() throws(APIStatus) -> Value {
        if request.body.first == UInt8(ascii: "{"), let value = try? Value(json: request.body) { return value }
        let (documents, errors) = YAMLReader.documents(in: request.body)
        if let error = errors.first { throw .badRequest("error decoding YAML: \(error.message)") }
        // What follows the first document is not looked at.
        let value = documents.first?.value ?? .null
        return value.isNull ? [:] : value
    }

    /// The options in a DELETE's body; nothing where there is none.
    func deletionOptions(_ registry: SchemaRegistry) throws(APIStatus) -> Value {
        if request.body.isEmpty { return [:] }
        if contentType == "application/yaml" { return try yaml() }
        let options: Value
        do {
            options = try Self.object(request.body)
        } catch {
            throw .undecodable(error.text)
        }
        let kind = options["kind"]?.string ?? "DeleteOptions"
        if kind != "DeleteOptions" {
            throw .undecodable(
                "no kind \"\(kind)\" is registered for version \"\(options["apiVersion"]?.string ?? "")\" in scheme "
                    + "\"k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27\"")
        }
        let type = SchemaType(.reference("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"))
        if let reason = DecodingReason(options, type, registry, isWhole: true, endsLine: false).text {
            throw .undecodable(reason)
        }
        return options
    }

    struct Unreadable: Error {
        let text: String
    }

    /// An object or null.
    static func object(_ bytes: [UInt8]) throws(Unreadable) -> Value {
        guard let value = try? Value(json: bytes) else {
            let reason = GoJSONSyntax.reason(against: bytes) ?? "unexpected end of JSON input"
            throw Unreadable(text: "couldn't get version/kind; json parse error: \(reason)")
        }
        if let reason = reason(against: value) { throw Unreadable(text: reason) }
        return value
    }

    /// Why a value is neither an object nor null.
    static func reason(against value: Value) -> String? {
        let type =
            "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
            + "Kind string \"json:\\\"kind,omitempty\\\"\" }"
        return GoJSONSyntax.reason(against: value, asObject: type)
            .map { "couldn't get version/kind; json parse error: \($0)" }
    }
}

/// An object as a client has sent it.
struct SentObject {
    let value: Value
    /// The same as JSON, as it came where it was JSON.
    let text: [UInt8]
}
