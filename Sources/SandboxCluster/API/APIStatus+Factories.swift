internal import Resources

/// The refusals of the API, worded as the real server's (k8s.io/apimachinery/pkg/api/errors/errors.go).
extension APIStatus {
    static func notFound(_ resource: ResourceDefinition, _ name: String, subresource: String? = nil) -> APIStatus {
        let plural = resource.plural + (subresource.map { "/\($0)" } ?? "")
        var details = details(resource, name)
        details["kind"] = .string(plural)
        let group = resource.kind.group
        return APIStatus(
            code: 404, reason: "NotFound",
            message: "\(group.isEmpty ? plural : "\(plural).\(group)") \"\(name)\" not found", details: details)
    }

    /// An update without a version, of a kind that needs one.
    static func unversioned(_ resource: ResourceDefinition, _ name: String) -> APIStatus {
        // The real server builds this one from the resource, where all others are built from the kind.
        let error = FieldError(
            .invalid, "metadata.resourceVersion", "Invalid value: 0x0: must be specified for an update")
        var status = invalid(resource.kind, name, [error])
        status.message = "\(resource.qualifiedName) \"\(name)\" is invalid: \(error.field): \(error.message)"
        status.details?["kind"] = .string(resource.plural)
        return status
    }

    /// For paths that lead nowhere.
    static let unknownPath = APIStatus(
        code: 404, reason: "NotFound", message: "the server could not find the requested resource", details: [:])

    static func alreadyExists(
        _ resource: ResourceDefinition, _ name: String, isBeingDeleted: Bool
    ) -> APIStatus {
        let state = isBeingDeleted ? "object is being deleted: " : ""
        return APIStatus(
            code: 409, reason: "AlreadyExists",
            message: "\(state)\(resource.qualifiedName) \"\(name)\" already exists",
            details: details(resource, name))
    }

    static func conflict(_ resource: ResourceDefinition, _ name: String, _ why: String) -> APIStatus {
        APIStatus(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(resource.qualifiedName) \"\(name)\": \(why)",
            details: details(resource, name))
    }

    /// A precondition of a deletion that does not hold; this one is built from the kind.
    static func unmet(_ object: KubernetesObject, _ why: String) -> APIStatus {
        let kind = object.groupVersionKind.groupKind
        var details: Value = ["name": .string(object.name), "kind": .string(kind.kind)]
        if !kind.group.isEmpty { details["group"] = .string(kind.group) }
        return APIStatus(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(kind) \"\(object.name)\": \(why)", details: details)
    }

    static func modified(_ resource: ResourceDefinition, _ name: String) -> APIStatus {
        conflict(
            resource, name,
            "the object has been modified; please apply your changes to the latest version and try again")
    }

    static func badRequest(_ message: String) -> APIStatus {
        APIStatus(code: 400, reason: "BadRequest", message: message)
    }

    static let otherNamespace = badRequest(
        "the namespace of the provided object does not match the namespace sent on the request")

    static func internalError(_ message: String) -> APIStatus {
        APIStatus(
            code: 500, reason: "InternalError", message: "Internal error occurred: \(message)",
            details: ["causes": [["message": .string(message)]]])
    }

    static func unreadableVersion(_ text: String) -> APIStatus {
        let text = Value.string(text).json
        return undecodable(
            "resourceVersion: Invalid value: \(text): strconv.ParseUint: parsing \(text): invalid syntax")
    }

    /// What can't be read, and isn't an object.
    static func undecodable(_ message: String) -> APIStatus { APIStatus(code: 500, reason: "", message: message) }

    static func forbidden(_ resource: ResourceDefinition, _ name: String, _ why: String) -> APIStatus {
        APIStatus(
            code: 403, reason: "Forbidden", message: "\(resource.qualifiedName) \"\(name)\" is forbidden: \(why)",
            details: details(resource, name))
    }

    static let methodNotAllowed = APIStatus(
        code: 405, reason: "MethodNotAllowed",
        message: "the server does not allow this method on the requested resource", details: [:])

    static func unsupportedMediaType(_ supported: [String]) -> APIStatus {
        let types = supported.joined(separator: ", ")
        return APIStatus(
            code: 415, reason: "UnsupportedMediaType",
            message: "the body of the request was in an unknown format - accepted media types include: \(types)")
    }

    static let unknownPatchType = APIStatus(
        code: 415, reason: "UnsupportedMediaType", message: "415: Unsupported Media Type", details: [:])

    static func notAcceptable(_ message: String, details: Value? = nil) -> APIStatus {
        APIStatus(code: 406, reason: "NotAcceptable", message: message, details: details)
    }

    /// A resource version that the log does not reach back to.
    static func expired(_ message: String) -> APIStatus {
        APIStatus(code: 410, reason: "Expired", message: message)
    }

    static func invalid(_ kind: GroupVersionKind, _ name: String, _ errors: [FieldError]) -> APIStatus {
        let causes = errors.map { error -> Value in
            [
                "reason": .string(error.kind.rawValue), "message": .string(error.message),
                "field": .string(error.field),
            ]
        }
        let lines = errors.map { "\($0.field): \($0.message)" }
        let messages = Self.unrepeated(lines)
        let list = messages.count == 1 ? messages[0] : "[\(messages.joined(separator: ", "))]"
        var details: Value = ["causes": .array(causes)]
        if !kind.kind.isEmpty { details["kind"] = .string(kind.kind) }
        if !name.isEmpty { details["name"] = .string(name) }
        if !kind.group.isEmpty { details["group"] = .string(kind.group) }
        return APIStatus(
            code: 422, reason: "Invalid", message: "\(kind.groupKind) \"\(name)\" is invalid: \(list)",
            details: details)
    }

    /// An aggregate of errors names each once (`NewAggregate` in k8s.io/apimachinery/pkg/util/errors).
    private static func unrepeated(_ lines: [String]) -> [String] {
        var seen: Set<String> = []
        return lines.filter { seen.insert($0).inserted }
    }

    static func details(_ resource: ResourceDefinition, _ name: String) -> Value {
        var details: Value = ["kind": .string(resource.plural)]
        if !name.isEmpty { details["name"] = .string(name) }
        if !resource.kind.group.isEmpty { details["group"] = .string(resource.kind.group) }
        return details
    }
}
