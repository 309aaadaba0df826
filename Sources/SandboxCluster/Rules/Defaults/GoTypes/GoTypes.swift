import Resources

/// What comes of JSON that is decoded into the Go types of Kubernetes' API and encoded again: which fields are written
/// although nobody set them, and which are left out although somebody did.
///
/// The tables name only the fields to which that matters, one struct a line, by the tags of k8s.io/api's `types.go`:
/// - `name?` is left out where it is empty, zero or false (`omitempty`)
/// - `name=null` is written in any case, with that value where it was not set
/// - `name*Type` is a pointer: it is there if it was given, even if it is empty
///
/// A type follows where the value has such fields itself or is written in a form of its own: `Type`, `[Type]` for a list,
/// `{Type}` for a map; `time`, `microTime`, `quantity`, `string` are scalars. `@` begins the types of some versions.
struct GoTypes: Sendable {
    struct Shape: Sendable {
        var fields: [Field] = []
        /// Whether the store keeps empty lists and maps: it encodes these types in JSON, all others in protobuf.
        var keepsEmptyCollections = false
        var rule: DefaultRule?
    }

    struct Field: Sendable {
        let name: String
        let absence: Absence
        let kind: Kind
    }

    enum Absence: Sendable {
        case leftOutWhenZero
        case kept
        case written(Value)
    }

    indirect enum Kind: Sendable {
        case plain
        case time
        case microTime
        case quantity
        /// A `ResourceList`.
        case quantities
        case strings
        case structure(Int)
        case list(Kind)
        case map(Kind)
    }

    private(set) var shapes: [Shape] = []
    private var places: [String: Int] = [:]

    static let builtIn = GoTypes(
        tables: [core, pods, volumes, workloads, networking, autoscaling, extensions, others], rules: DefaultRule.all)

    init(tables: [String], rules: [String: DefaultRule]) {
        let structs = tables.flatMap(Self.structs)
        for (index, entry) in structs.enumerated() {
            for version in entry.versions { places["\(version) \(entry.name)"] = index }
        }
        shapes = structs.map { entry in
            Shape(
                fields: entry.fields.compactMap { field(String($0), of: entry.versions[0]) },
                keepsEmptyCollections: entry.versions[0].hasPrefix("api"),
                rule: rules["\(entry.versions[0]) \(entry.name)"])
        }
    }

    /// The place of a kind's struct in `shapes`; nil where the tables don't know it.
    func place(of kind: GroupVersionKind) -> Int? {
        places["\(kind.apiVersion) \(kind.kind)"]
    }

    /// The place of the struct that a name stands for in a version's types.
    func place(of name: String, in version: String) -> Int? {
        places["\(version) \(name)"] ?? places["meta \(name)"] ?? places["v1 \(name)"]
    }
}

// Reading the tables.
extension GoTypes {
    private static func structs(of table: String) -> [(versions: [String], name: Substring, fields: [Substring])] {
        var entries: [[Substring]] = []
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.utf8.first == UInt8(ascii: " "), !entries.isEmpty {
                entries[entries.count - 1] += words
            } else {
                entries.append(words)
            }
        }
        var versions: [String] = []
        var structs: [(versions: [String], name: Substring, fields: [Substring])] = []
        for entry in entries {
            if entry[0] == "@" {
                versions = entry.dropFirst().map(String.init)
            } else {
                structs.append((versions, entry[0], Array(entry.dropFirst())))
            }
        }
        return structs
    }

    private func field(_ text: String, of version: String) -> Field? {
        guard let mark = text.firstIndex(where: { $0 == "?" || $0 == "*" || $0 == "=" }) else { return nil }
        let rest = text[text.index(after: mark)...]
        let name = String(text[..<mark])
        switch text[mark] {
        case "?": return Field(name: name, absence: .leftOutWhenZero, kind: kind(rest, of: version))
        case "*": return Field(name: name, absence: .kept, kind: kind(rest, of: version))
        default:
            let parts = rest.split(separator: ":", maxSplits: 1)
            let zero = (try? Value(json: String(parts[0]))) ?? .null
            return Field(
                name: name, absence: .written(zero), kind: parts.count == 2 ? kind(parts[1], of: version) : .plain)
        }
    }

    private func kind(_ text: Substring, of version: String) -> Kind {
        switch text {
        case "": .plain
        case "time": .time
        case "microTime": .microTime
        case "quantity": .quantity
        case "{quantity}": .quantities
        case "{string}": .strings
        default:
            switch text.first {
            case "[": .list(kind(text.dropFirst().dropLast(), of: version))
            case "{": .map(kind(text.dropFirst().dropLast(), of: version))
            default: place(of: String(text), in: version).map(Kind.structure) ?? .plain
            }
        }
    }
}
