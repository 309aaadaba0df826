import Resources
import Testing

@testable import SandboxCluster

/// An object as it was given to an API server of version 1.20, and what the server made of it.
struct ServerCase: Sendable, CustomTestStringConvertible {
    let given: String
    /// A line for each field that is another one afterwards: its path, and its value or `-` for none. A line that begins
    /// with a space goes on.
    let changes: String

    init(_ given: String, becomes changes: String) {
        self.given = given
        self.changes = changes
    }

    var testDescription: String { given }

    static let all = pods + core + workloads + others

    /// The kinds among the cases that have no namespace.
    static let clusterKinds: Set<String> = [
        "APIService", "CSIDriver", "CSINode", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition",
        "FlowSchema", "IngressClass", "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume",
        "PodSecurityPolicy", "PriorityClass", "PriorityLevelConfiguration", "RuntimeClass", "StorageClass",
        "ValidatingWebhookConfiguration", "VolumeAttachment",
    ]
}

extension Value {
    /// The value with the changes that a text's lines name.
    func changed(by text: String) throws -> Value {
        var result = self
        for line in Self.joined(text) {
            let parts = line.split(separator: " ", maxSplits: 1)
            let value: Value? = try parts[1] == "-" ? .none : .some(Value(json: String(parts[1])))
            result.set(Self.path(parts[0])[...], to: value)
        }
        return result
    }

    private static func joined(_ text: String) -> [String] {
        text.split(separator: "\n").reduce(into: []) { lines, line in
            if line.first == " ", let last = lines.popLast() {
                lines.append(last + line.drop { $0 == " " })
            } else {
                lines.append(String(line))
            }
        }
    }

    private enum Step {
        case field(String)
        case index(Int)
    }

    private static func path(_ text: Substring) -> [Step] {
        var steps: [Step] = []
        for part in text.split(separator: "[") {
            guard let end = part.firstIndex(of: "]") else {
                steps += part.split(separator: ".").map { .field(String($0)) }
                continue
            }
            let inner = part[..<end]
            steps.append(Int(inner).map(Step.index) ?? .field(inner.filter { $0 != "\"" }))
            steps += part[end...].dropFirst().split(separator: ".").map { .field(String($0)) }
        }
        return steps
    }

    private mutating func set(_ path: ArraySlice<Step>, to value: Value?) {
        switch path.first {
        case .field(let name):
            var child = self[name] ?? [:]
            child.set(path.dropFirst(), to: value)
            self[name] = path.count == 1 ? value : child
        case .index(let index):
            guard case .array(var elements) = self, elements.indices.contains(index) else { return }
            elements[index].set(path.dropFirst(), to: value)
            self = .array(elements)
        case nil: self = value ?? .null
        }
    }

    /// A line for each place where the values differ, for the messages of tests.
    func differences(from other: Value, at path: String = "") -> [String] {
        if self == other { return [] }
        if let mine = object, let theirs = other.object {
            return Set(mine.keys).union(theirs.keys).sorted().flatMap { key in
                switch (mine[key], theirs[key]) {
                case (let left?, let right?): left.differences(from: right, at: "\(path).\(key)")
                case (let left, let right): ["\(path).\(key): \(left?.json ?? "-") instead of \(right?.json ?? "-")"]
                }
            }
        }
        if let mine = array, let theirs = other.array, mine.count == theirs.count {
            return zip(mine, theirs).enumerated().flatMap { index, pair in
                pair.0.differences(from: pair.1, at: "\(path)[\(index)]")
            }
        }
        return ["\(path): \(json) instead of \(other.json)"]
    }
}
