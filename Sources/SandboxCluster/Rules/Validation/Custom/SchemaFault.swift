internal import Resources

/// What is wrong with a value by its schema, in the words of k8s.io/kube-openapi/pkg/validation/errors.
struct SchemaFault {
    enum Kind {
        case required
        case invalid
        case enumeration([String])
    }

    let kind: Kind
    /// `spec.replicas`; nil where the fault is told of the object as a whole.
    let path: String?
    let message: String
    /// What the error shows; nil where it shows an empty text.
    let shown: Value?

    /// - Parameter found: the type found instead, quoted.
    static func type(_ path: String, _ expected: String, _ found: String, shown: Value) -> SchemaFault {
        SchemaFault(
            kind: .invalid, path: path, message: "\(path) in body must be of type \(expected): \(found)",
            shown: shown)
    }

    static func value(_ path: String, _ shown: Value?, _ words: String) -> SchemaFault {
        SchemaFault(kind: .invalid, path: path, message: "\(path) in body \(words)", shown: shown)
    }

    static func required(_ path: String) -> SchemaFault {
        SchemaFault(kind: .required, path: path, message: "\(path) in body is required", shown: nil)
    }

    static func enumeration(_ path: String, _ value: Value, _ allowed: [Value]) -> SchemaFault {
        SchemaFault(
            kind: .enumeration(allowed.map { $0.string ?? $0.json }), path: path,
            message: "\(path) in body should be one of \(Value.array(allowed).json)", shown: value)
    }

    static func whole(_ path: String, _ words: String) -> SchemaFault {
        SchemaFault(kind: .invalid, path: nil, message: "\(GoSyntax.quoted(path)) \(words)", shown: nil)
    }
}

extension Findings {
    /// - Parameter base: the place of the value that was validated.
    mutating func add(_ fault: SchemaFault, at base: Place) {
        let name = fault.path.map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 } ?? ""
        let field = Field(nil, at: name.isEmpty ? base : base[name])
        switch fault.kind {
        case .required: required(field)
        case .enumeration(let allowed):
            unsupported(field, shown: GoSyntax.value(fault.shown), supported: allowed)
        case .invalid: invalid(field, shown: GoSyntax.value(fault.shown), fault.message)
        }
    }
}
