import Resources
import Testing

@testable import SandboxCluster

/// A change of a valid object, and what the real server finds wrong with it.
struct ObservedCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// The name of the object in `ValidObjects`.
    let base: String
    /// Values by the path at which they are put, as JSON; null takes away what is there.
    let changes: String
    let request: Request
    let finds: [String]

    enum Request {
        case creation
        /// The object is stored before it is changed.
        case update
        /// The change is sent to the subresource `status`.
        case status
    }

    init(_ name: String, _ base: String, _ changes: String, finds: [String]) {
        (self.name, self.base, self.changes, self.finds) = (name, base, changes, finds)
        request = .creation
    }

    init(update name: String, _ base: String, _ changes: String, finds: [String]) {
        (self.name, self.base, self.changes, self.finds) = (name, base, changes, finds)
        request = .update
    }

    init(status name: String, _ base: String, _ changes: String, finds: [String]) {
        (self.name, self.base, self.changes, self.finds) = (name, base, changes, finds)
        request = .status
    }

    var testDescription: String { "\(base): \(name)" }

    /// The object with the changes made.
    func changed(_ object: Value) throws -> Value {
        let changes = try #require(try Value(json: changes).object)
        return changes.sorted { $0.key < $1.key }.reduce(object) { object, change in
            change.key.isEmpty ? object : Self.setting(Self.keys(change.key)[...], of: object, to: change.value)
        }
    }

    /// The parts of a path, whose dots may be escaped.
    private static func keys(_ path: String) -> [String] {
        path.replacing("\\.", with: "\u{0}").split(separator: ".").map { String($0).replacing("\u{0}", with: ".") }
    }

    private static func setting(_ keys: ArraySlice<String>, of value: Value, to new: Value) -> Value {
        guard let key = keys.first else { return new["$null"] == nil ? new : .null }
        let rest = keys.dropFirst()
        if case .array(var elements) = value, let index = Int(key) {
            if index == elements.count {
                elements.append(setting(rest, of: .null, to: new))
            } else {
                elements[index] = setting(rest, of: elements[index], to: new)
            }
            return .array(elements)
        }
        var object = value.object == nil ? [:] : value
        let changed = setting(rest, of: object[key] ?? .null, to: new)
        object[key] = rest.isEmpty && new.isNull ? nil : changed
        return object
    }

    /// The lines that were observed, with what is said often written out.
    var expected: [String] {
        finds.map { line in
            Self.phrases.reduce(line) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
    }

    private static let phrases = [
        "subdomain": #"""
        a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
        """#,
        "label": #"""
        a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
        """#,
        "service": #"""
        a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')
        """#,
        "qualified": #"""
        must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
        """#,
        "value": #"""
        a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
        """#,
        "variable": #"""
        a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')
        """#,
        "key": #"""
        a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
        """#,
        "wildcard": #"""
        a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
        """#,
    ]

    /// A line without what differs from one run of the server to the next: the details of changes, and of pods.
    static func comparable(_ error: FieldError) -> String {
        let line = String("\(error.field): \(error.message)".prefix { $0 != "\n" })
        guard let start = line.firstRange(of: "core.PodSpec{"), let end = line.lastIndex(of: ":") else { return line }
        return line.replacingCharacters(start.upperBound..<end, with: "...}}")
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
