internal import Resources

/// The form in which a client wants its answer (`Accept`), as far as this server has it.
struct MediaTypes: Sendable {
    enum Shape: Sendable {
        case object
        case table
        case metadata
    }

    let shape: Shape
    /// Of the table or the metadata: `meta.k8s.io/v1`.
    let apiVersion: String
    let isYAML: Bool
    /// Whether the metadata is to be that of a list.
    private(set) var isListOfMetadata = false

    private static let offered = [
        "application/json", "application/yaml", "application/vnd.kubernetes.protobuf",
    ]

    /// The first of the client's choices that can be had.
    /// - Parameter isRouted: whether a router looks at the types first, as it does for Kubernetes' own kinds.
    /// - Throws: Where none of them can.
    init(accept: String?, isRouted: Bool = false) throws(APIStatus) {
        let choices = (accept ?? "").split(separator: ",").map(Self.parts)
        if choices.isEmpty {
            (shape, isYAML, apiVersion) = (.object, false, "meta.k8s.io/v1")
            return
        }
        for choice in choices {
            guard let isYAML = Self.isYAML(choice.type), let shape = Self.shape(choice.parameters) else { continue }
            (self.shape, self.isYAML) = (shape, isYAML)
            apiVersion = "meta.k8s.io/\(choice.parameters["v"] ?? "v1")"
            isListOfMetadata = choice.parameters["as"] == "PartialObjectMetadataList"
            return
        }
        if isRouted, !choices.contains(where: { Self.isYAML($0.type) != nil || Self.offered.contains($0.type) }) {
            throw .notAcceptable("406: Not Acceptable", details: [:])
        }
        throw .notAcceptable("only the following media types are accepted: \(Self.offered.joined(separator: ", "))")
    }

    private static func parts(_ choice: Substring) -> (type: String, parameters: [String: String]) {
        let parts = choice.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
        var parameters: [String: String] = [:]
        for parameter in parts.dropFirst() {
            let sides = parameter.split(separator: "=", maxSplits: 1)
            if sides.count == 2 { parameters[String(sides[0])] = String(sides[1]) }
        }
        return (parts.first ?? "", parameters)
    }

    private static func isYAML(_ type: String) -> Bool? {
        switch type {
        case "application/json", "*/*", "application/*": false
        case "application/yaml": true
        default: nil
        }
    }

    private static func shape(_ parameters: [String: String]) -> Shape? {
        guard let form = parameters["as"] else { return .object }
        guard parameters["g"] == "meta.k8s.io", ["v1", "v1beta1"].contains(parameters["v"] ?? "") else { return nil }
        return switch form {
        case "Table": .table
        case "PartialObjectMetadata", "PartialObjectMetadataList": .metadata
        default: nil
        }
    }
}
