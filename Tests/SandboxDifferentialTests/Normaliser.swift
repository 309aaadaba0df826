import FoundationEssentials
import Resources

/// Replaces what differs between two servers that behave alike: names that were made up, UIDs, versions, times, addresses
/// and ports. The same thing has the same placeholder throughout a scenario.
struct Normaliser {
    private let tags: Set<Scenario.Tag>
    /// Texts that are this run's own, with what stands for them; the longer ones first.
    private var names: [(text: String, placeholder: String)]
    private let earliestTime: Int64
    private let latestTime: Int64
    /// The seconds at which the scenario let the clock move on.
    private var ticks: [Int64] = []
    private var isOwnGroup = false
    private var numbers: [String: [String: Int]] = [:]

    init(namespace: String, group: String, tags: Set<Scenario.Tag>, now: Int64) {
        self.tags = tags
        names = [(group, "GROUP"), (namespace, "NS")]
        earliestTime = now - 30 * 86_400
        latestTime = now + 30 * 86_400
    }

    mutating func tick(at second: Int64) { ticks.append(second) }

    /// Takes the name that the server has made from `generateName` for one to be replaced from now on.
    mutating func noteGeneratedName(_ name: String, prefix: String) {
        // The longest prefix leaves room for five characters (k8s.io/apiserver/pkg/storage/names).
        guard name.hasPrefix(prefix.prefix(58)), name.utf8.count == min(prefix.utf8.count, 58) + 5,
            !names.contains(where: { $0.text == name })
        else { return }
        names.insert((name, "\(prefix)GENERATED"), at: 0)
    }

    mutating func normalised(_ value: Value) -> Value {
        switch value {
        case .object(let fields): object(fields)
        case .array(let elements): .array(elements.map { normalised($0) })
        case .string(let text): .string(normalised(text))
        default: value
        }
    }

    private mutating func object(_ fields: [String: Value]) -> Value {
        var fields = fields
        if fields["kind"] == "APIResourceList" {
            isOwnGroup = fields["groupVersion"]?.string?.contains(".example.com/") == true
            // The server lists custom resources in an order by chance.
            if isOwnGroup, let resources = fields["resources"]?.array {
                fields["resources"] = .array(
                    resources.sorted { $0["name"]?.string ?? "" < $1["name"]?.string ?? "" })
            }
        }
        var result: [String: Value] = [:]
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            result[normalised(key)] = field(key, value)
        }
        if let metadata = fields["metadata"] {
            result["metadata"] = self.metadata(metadata)
            if tags.contains(.workload), fields["kind"] != "Status" { result["status"] = nil }
        }
        return fields["kind"] == "Status"
            ? MessageNormaliser.withSortedCauses(.object(result)) : .object(result)
    }

    private mutating func field(_ key: String, _ value: Value) -> Value {
        switch (key, value) {
        case ("nodePort", .integer(let port)), ("healthCheckNodePort", .integer(let port)):
            .string(placeholder("port", String(port)))
        case ("clusterIP", .string(let text)), ("clusterIPs", .string(let text)):
            .string(address(text))
        case ("clusterIPs", .array(let texts)):
            .array(texts.map { $0.string.map { .string(address($0)) } ?? $0 })
        case ("cells", .array(let cells)): .array(cells.map { Self.isAge($0) ? "AGE" : normalised($0) })
        case ("continue", .string(let token)) where !token.isEmpty: "CONTINUE"
        // Of custom resources it is made from the group's name, which is the run's own.
        case ("storageVersionHash", _) where isOwnGroup: "HASH"
        default: normalised(value)
        }
    }

    /// Whether a table's cell tells how long something is ago, as `5s` or `2m30s`.
    private static func isAge(_ cell: Value) -> Bool {
        guard let text = cell.string, let last = text.last, "smhdy".contains(last), text.first?.isNumber == true else {
            return false
        }
        return text.allSatisfy { $0.isNumber || "smhdy".contains($0) }
    }

    private mutating func metadata(_ metadata: Value) -> Value {
        guard case .object(var fields) = metadata else { return normalised(metadata) }
        let version = fields.removeValue(forKey: "resourceVersion")
        let entries = fields.removeValue(forKey: "managedFields")
        // A list's continue token and the name's order of appearance come before what refers to them.
        var result = object(fields).object ?? [:]
        if let version { result["resourceVersion"] = self.version(version, of: fields["uid"]?.string) }
        if let entries { result["managedFields"] = managedFields(entries) }
        if tags.contains(.workload) {
            result["annotations"]?["deployment.kubernetes.io/revision"] = nil
            if result["annotations"] == [:] { result["annotations"] = nil }
        }
        return .object(result)
    }

    private mutating func version(_ version: Value, of uid: String?) -> Value {
        guard let uid else { return "LIST-VERSION" }
        if !tags.isDisjoint(with: [.workload, .unversioned]) { return "VERSION" }
        guard let text = version.string, !text.isEmpty else { return version }
        return .string("version \(number(of: text, among: "versions of \(uid)"))")
    }

    /// Sorted as the server does but for the times, which are in whole seconds and so depend on chance.
    private mutating func managedFields(_ entries: Value) -> Value {
        guard case .array(let entries) = entries else { return entries }
        var kept = entries
        if tags.contains(.workload) { kept.removeAll { $0["manager"] == "kube-controller-manager" } }
        return .array(
            kept.map { normalised($0) }.sorted { left, right in
                Self.sortKey(left).lexicographicallyPrecedes(Self.sortKey(right))
            })
    }

    private static func sortKey(_ entry: Value) -> [String] {
        ["operation", "manager", "apiVersion", "subresource", "time"].map { entry[$0]?.string ?? "" }
            + [entry["fieldsV1"]?.json ?? ""]
    }

    private mutating func address(_ text: String) -> String {
        guard text.hasPrefix("10.96."), text != "10.96.0.1" else { return normalised(text) }
        return placeholder("address", text)
    }

    private mutating func placeholder(_ kind: String, _ text: String) -> String {
        "\(kind) \(number(of: text, among: kind))"
    }

    /// Counts from 1 in the order of appearance.
    private mutating func number(of text: String, among kind: String) -> Int {
        let number = numbers[kind]?[text] ?? (numbers[kind]?.count ?? 0) + 1
        numbers[kind, default: [:]][text] = number
        return number
    }

    mutating func normalised(_ text: String) -> String {
        var text = text
        for name in names where text.utf8.count >= name.text.utf8.count && text.contains(name.text) {
            text = text.replacing(name.text, with: name.placeholder)
        }
        guard text.utf8.count >= 18 else { return text }
        text = MessageNormaliser.normalised(text)
        guard text.utf8.contains(UInt8(ascii: "-")) else { return text }
        text = replaceMatches(of: Self.uid, in: text) { $0.placeholder("uid", $1) }
        return replaceMatches(of: Self.time, in: text) { $0.time($1) }
    }

    /// Of a pattern, `h` is a hexadecimal digit and `d` a decimal one.
    private static let uid = Array("hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh".utf8)
    private static let time = Array("dddd-dd-ddTdd:dd:dd".utf8)

    /// The time's place between the ticks; one that is not about the present stays.
    private func time(_ text: String) -> String {
        guard let date = try? Date("\(text)Z", strategy: .iso8601) else { return text }
        let second = Int64(date.timeIntervalSince1970)
        guard (earliestTime...latestTime).contains(second) else { return text }
        return "TIME \(ticks.count { $0 <= second })"
    }

    private mutating func replaceMatches(
        of pattern: [UInt8], in text: String, with replacement: (inout Self, String) -> String
    ) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count >= pattern.count, let dash = pattern.firstIndex(of: UInt8(ascii: "-")) else {
            return text
        }
        var result: [UInt8] = []
        var copied = 0
        var start = 0
        while start + pattern.count <= bytes.count {
            // Most texts have no hyphen at the place, which is soon known.
            guard bytes[start + dash] == UInt8(ascii: "-"), Self.matches(bytes, at: start, pattern) else {
                start += 1
                continue
            }
            result += bytes[copied..<start]
            copied = start + pattern.count
            result += replacement(&self, String(decoding: bytes[start..<copied], as: UTF8.self)).utf8
            start = copied
        }
        return copied == 0 ? text : String(decoding: result + bytes[copied...], as: UTF8.self)
    }

    private static func matches(_ bytes: [UInt8], at start: Int, _ pattern: [UInt8]) -> Bool {
        for index in pattern.indices {
            let byte = bytes[start + index]
            let isDigit = byte >= 48 && byte <= 57
            switch pattern[index] {
            case UInt8(ascii: "h"): guard isDigit || (byte >= 97 && byte <= 102) else { return false }
            case UInt8(ascii: "d"): guard isDigit else { return false }
            default: guard byte == pattern[index] else { return false }
            }
        }
        return true
    }
}
