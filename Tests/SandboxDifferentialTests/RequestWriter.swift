import FoundationEssentials
import Resources
import YAML

/// Turns steps into requests: knows the names that placeholders stand for, and completes short paths and bodies.
struct RequestWriter {
    /// The namespace, which is part of the names of cluster-wide objects too: `{ns}`.
    let namespace: String
    /// The group of the custom resources that all scenarios share: `{group}`.
    let group: String
    /// What steps have named: `{name.metadata.uid}`; `last` is the last object that was returned.
    var captured: [String: Value] = [:]

    func request(for step: Step) throws -> WireRequest {
        var path = completePath(try expanded(step.path))
        let target = Target(path: path)
        if step.verb == .create, target.name != nil { path = Self.collection(of: path) }
        var query = try step.query.map { try expanded($0) }
        if step.verb == .watch { query.append("watch=true") }
        if !query.isEmpty { path += (path.contains("?") ? "&" : "?") + query.joined(separator: "&") }
        var request = WireRequest(method: step.method, path: Self.encoded(path))
        request.headers.append(("Accept", step.accept ?? "application/json"))
        if let body = try body(of: step, target: target) {
            request.headers.append(("Content-Type", step.contentType ?? step.defaultContentType))
            request.body = body
        }
        return request
    }

    /// The text with the placeholders' values; `{x*300}` is 300 times `x`.
    func expanded(_ text: String) throws -> String {
        guard text.contains("{") else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let inner = rest[rest.index(after: open)...].prefix { $0 != "}" && $0 != "{" && $0 != "\n" }
            if inner.endIndex < rest.endIndex, rest[inner.endIndex] == "}",
                let value = try value(of: inner)
            {
                result += value
                rest = rest[rest.index(after: inner.endIndex)...]
            } else {
                result += "{"
                rest = rest[rest.index(after: open)...]
            }
        }
        return result + rest
    }

    private func value(of placeholder: Substring) throws -> String? {
        switch placeholder {
        case "ns": return namespace
        case "group": return group
        case "rv": return try value(of: "last.metadata.resourceVersion")
        case "uid": return try value(of: "last.metadata.uid")
        default: break
        }
        let factors = placeholder.split(separator: "*")
        if factors.count == 2, let count = Int(factors[1]) {
            return String(repeating: String(factors[0]), count: count)
        }
        let keys = placeholder.split(separator: ".").map(String.init)
        guard keys.count > 1, let value = captured[keys[0]] else { return nil }
        let found = keys.dropFirst().reduce(Optional(value)) { current, key in
            Int(key).flatMap { current?[$0] } ?? current?[key]
        }
        // What the server did not tell must not stop the scenario: the comparison shows it.
        return found.map { $0.string ?? $0.json } ?? "MISSING"
    }

    /// `v1/configmaps/a` and `apps/v1/deployments/a` are of the scenario's namespace; a path from the root stays.
    private func completePath(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        let parts = path.split(
            separator: "/", maxSplits: path.hasPrefix("v1/") ? 1 : 2, omittingEmptySubsequences: false)
        let base = path.hasPrefix("v1/") ? "/api" : "/apis/\(parts[0])"
        return ([base] + parts.dropFirst(path.hasPrefix("v1/") ? 0 : 1).dropLast().map(String.init))
            .joined(separator: "/") + "/namespaces/\(namespace)/\(parts[parts.count - 1])"
    }

    /// The path without the object's name, which comes last.
    private static func collection(of path: String) -> String {
        let query = path.drop { $0 != "?" }
        let names = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        return names.dropLast().joined(separator: "/") + query
    }

    private func body(of step: Step, target: Target) throws -> [UInt8]? {
        guard let text = try step.body.map({ try expanded($0) }) else {
            return step.fillsBody ? completed([:], target).jsonBytes : nil
        }
        guard !step.isRaw else { return Array(text.utf8) }
        let (documents, errors) = YAMLReader.documents(in: Array(text.utf8))
        guard errors.isEmpty, let value = documents.first?.value, documents.count == 1 else {
            throw ScenarioError(
                "the body is no YAML: \(errors.first.map { "\($0)" } ?? "not one document"): \(text)")
        }
        return (step.fillsBody ? completed(value, target) : value).jsonBytes
    }

    private func completed(_ body: Value, _ target: Target) -> Value {
        guard case .object(var fields) = body else { return body }
        fields["apiVersion"] = fields["apiVersion"] ?? .string(target.apiVersion)
        fields["kind"] = fields["kind"] ?? .string(target.kind)
        let metadata = fields["metadata"] ?? [:]
        if let name = target.name, metadata.object != nil, metadata["name"] == nil,
            metadata["generateName"] == nil
        {
            fields["metadata", default: [:]]["name"] = .string(name)
        }
        return .object(fields)
    }

    private static func encoded(_ path: String) -> String {
        let kept = Set("-._~/?&=%:,;@!$'()*+".utf8)
        return path.utf8.reduce(into: "") { text, byte in
            let isAlphanumeric =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isAlphanumeric || kept.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}

extension Step {
    var method: String {
        switch verb {
        case .apply, .merge, .json, .strategic: "PATCH"
        case .create: "POST"
        case .update: "PUT"
        case .delete: "DELETE"
        case .get, .watch, .wait, .tick: "GET"
        case .rawGet, .rawPost, .rawPut, .rawPatch, .rawDelete: verb.rawValue
        }
    }

    var isRaw: Bool {
        switch verb {
        case .rawGet, .rawPost, .rawPut, .rawPatch, .rawDelete: true
        default: false
        }
    }

    var fillsBody: Bool { verb == .apply || verb == .create || verb == .update }

    var defaultContentType: String {
        switch verb {
        case .apply: "application/apply-patch+yaml"
        case .merge: "application/merge-patch+json"
        case .json: "application/json-patch+json"
        case .strategic: "application/strategic-merge-patch+json"
        default: "application/json"
        }
    }
}
