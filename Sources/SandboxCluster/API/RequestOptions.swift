internal import Resources

/// What a request's query and headers ask for besides its object.
struct RequestOptions: Sendable {
    private let query: [String: String]
    let fieldManager: String
    let force: Bool
    let isDryRun: Bool
    let fieldValidation: FieldValidation

    enum FieldValidation: String, Sendable {
        case ignore = "Ignore"
        case warn = "Warn"
        case strict = "Strict"
    }

    /// The verbs' options whose values are checked.
    enum Kind: String, Sendable {
        case create = "CreateOptions"
        case update = "UpdateOptions"
        case patch = "PatchOptions"
    }

    /// - Parameter agent: The `User-Agent`, which names the manager where nothing else does.
    init(
        _ target: RequestTarget, kind: Kind, agent: String, isApply: Bool = false, version: KubernetesVersion
    ) throws(APIStatus) {
        query = target.query
        var errors: [FieldError] = []
        let manager = query["fieldManager"] ?? ""
        let force = query["force"]
        if isApply, manager.isEmpty {
            errors.append(FieldError(.required, "fieldManager", "Required value: is required for apply patch"))
        } else if manager.utf8.count > 128 {
            errors.append(FieldError(.tooLong, "fieldManager", "Too long: must have at most 128 bytes"))
        }
        if let (index, character) = manager.unicodeScalars.enumerated().first(where: {
            !$0.element.properties.isPrintable
        }) {
            let code = String(character.value, radix: 16, uppercase: true)
            errors.append(
                FieldError(
                    .invalid, "fieldManager",
                    "Invalid value: \(Value.string(manager).json): invalid character "
                        + "U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) (at position \(index))"))
        }
        if kind == .patch, force != nil, !isApply {
            errors.append(FieldError(.forbidden, "force", "Forbidden: may not be specified for non-apply patch"))
        }
        isDryRun = Self.dryRun(target.dryRun, &errors)
        let validation = query["fieldValidation"] ?? ""
        if version.validatesFields, !validation.isEmpty, FieldValidation(rawValue: validation) == nil {
            errors.append(
                FieldError(
                    .notSupported, "fieldValidation",
                    "Unsupported value: \(Value.string(validation).json): supported values: \"Ignore\", \"Strict\", \"Warn\""
                ))
        }
        if !errors.isEmpty {
            throw .invalid(GroupVersionKind(apiVersion: "meta.k8s.io/v1", kind: kind.rawValue), "", errors)
        }
        fieldManager = manager.isEmpty ? Self.manager(agent: agent) : manager
        self.force = force == "true" || force == "1"
        fieldValidation = version.validatesFields ? FieldValidation(rawValue: validation) ?? .warn : .ignore
    }

    /// The part of the `User-Agent` before the first slash, as the server takes it
    /// (`prefixFromUserAgent` in k8s.io/apiserver/pkg/endpoints/handlers/create.go).
    static func manager(agent: String) -> String {
        let prefix = agent.prefix { $0 != "/" }.unicodeScalars.filter { $0.properties.isPrintable }
        return String(String.UnicodeScalarView(prefix).prefix(128))
    }

    static func dryRun(_ texts: [String], _ errors: inout [FieldError]) -> Bool {
        if texts.isEmpty { return false }
        if texts.allSatisfy({ $0 == "All" }) { return true }
        let list = texts.map { Value.string($0).json }.joined(separator: ", ")
        errors.append(
            FieldError(
                .notSupported, "dryRun", "Unsupported value: []string{\(list)}: supported values: \"All\""))
        return false
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
