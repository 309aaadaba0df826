import Resources
import YAML

/// The entries of one or several kubeconfig files.
struct Kubeconfig: Sendable {
    struct Entry: Sendable {
        let name: String
        let value: Value
        /// Where the entry is from.
        let file: String
    }

    private(set) var clusters: [String: Entry] = [:]
    private(set) var users: [String: Entry] = [:]
    private(set) var contexts: [String: Entry] = [:]
    private(set) var currentContext = ""
    private(set) var files: [String] = []

    var isEmpty: Bool { clusters.isEmpty && users.isEmpty && contexts.isEmpty }

    /// Reads and merges the files: of equal names the first file's whole entry wins.
    /// - Parameter mustExist: Whether a missing file is an error.
    static func load(_ paths: [String], mustExist: Bool, files: FileReader) throws -> Kubeconfig {
        var merged = Kubeconfig()
        for path in paths {
            guard let bytes = try read(path, files) else {
                if mustExist { throw KubeClientError(.invalidKubeconfig, "there is no kubeconfig \(path)") }
                continue
            }
            try merged.add(try KubeconfigText.value(of: bytes, file: path), file: path)
        }
        return merged
    }

    /// The context to use: the given one, else the current one.
    /// - Throws: Where there is none, with the names of all.
    func contextName(_ given: String?) throws -> String {
        let name = given ?? currentContext
        if contexts[name] != nil { return name }
        let known = contexts.keys.sorted().map(Printable.escaped).joined(separator: ", ")
        let place = files.map(Printable.escaped).joined(separator: ", ")
        let message =
            name.isEmpty
            ? "no current context is set in \(place)"
            : "there is no context \"\(Printable.escaped(name))\" in \(place)"
        throw KubeClientError(
            .unknownContext,
            message,
            hint: known.isEmpty ? "the kubeconfig has no contexts" : "choose one with --context: \(known)"
        )
    }

    private mutating func add(_ value: Value, file: String) throws {
        files.append(file)
        if value.isNull { return }
        guard value.object != nil else {
            throw KubeClientError(
                .invalidKubeconfig, "\(file) is no kubeconfig: it holds \(value.typeName) instead of an object")
        }
        try Self.add(value, "clusters", "cluster", file, to: &clusters)
        try Self.add(value, "users", "user", file, to: &users)
        try Self.add(value, "contexts", "context", file, to: &contexts)
        if currentContext.isEmpty { currentContext = value["current-context"]?.string ?? "" }
    }

    private static func add(
        _ document: Value,
        _ list: String,
        _ field: String,
        _ file: String,
        to entries: inout [String: Entry]
    ) throws {
        var own: Set<String> = []
        for item in try items(document[list] ?? .null, list, file) {
            guard let name = item["name"]?.string, !name.isEmpty else {
                throw KubeClientError(.invalidKubeconfig, "\(file): an entry of \(list) has no name")
            }
            guard own.insert(name).inserted else {
                throw KubeClientError(
                    .invalidKubeconfig, "\(file): \(list) has two entries named \"\(Printable.escaped(name))\"")
            }
            if entries[name] == nil { entries[name] = Entry(name: name, value: item[field] ?? .null, file: file) }
        }
    }

    private static func items(_ value: Value, _ list: String, _ file: String) throws -> [Value] {
        guard let items = value.isNull ? [] : value.array else {
            throw KubeClientError(
                .invalidKubeconfig, "\(file) has a field \(list) that is \(value.typeName) instead of array")
        }
        return items
    }

    private static func read(_ path: String, _ files: FileReader) throws -> [UInt8]? {
        do {
            return try files.read(path)
        } catch {
            throw KubeClientError(.invalidKubeconfig, "cannot read the kubeconfig \(path)", causes: ["\(error)"])
        }
    }
}

/// A kubeconfig file's text.
enum KubeconfigText {
    /// The one document of the file; null where it is empty.
    /// - Throws: `KubeClientError` with file, line and column; the text itself is not shown, since it may hold credentials.
    static func value(of bytes: [UInt8], file: String) throws -> Value {
        let (documents, errors) = YAMLReader.documents(in: bytes)
        if let error = errors.first {
            throw KubeClientError(
                .invalidKubeconfig, "\(file):\(error.line):\(error.column): the kubeconfig is no valid YAML")
        }
        return documents.first?.value ?? .null
    }
}
