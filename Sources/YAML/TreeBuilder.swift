import Resources

/// Builds values and their places from the events of a reader, with a stack of its own: deep nesting can't exhaust
/// the thread's.
///
/// One builder serves all documents of a file.
struct TreeBuilder {
    /// A value that is complete.
    private struct Node {
        var value: Value
        /// What the value was before it became JSON; nil for lists and maps.
        var scalar: Scalar?
        /// The number in the table of places.
        var number: UInt32
        /// The values in it and itself, with aliases expanded.
        var size = 1
        /// The levels of lists and maps.
        var height = 0
        var isAlias = false
    }

    /// What an anchor's name stands for: the last value that began with it.
    private enum Anchor {
        /// The value is not complete: it is the frame of this number.
        case open(frame: Int)
        case complete(Node)
    }

    /// What the next node of a map is.
    private enum Expected {
        case key
        case value(key: String, Place)
        case merge(Place)
        /// The value of a key that was an error.
        case ignored
    }

    /// A list or map that is not complete.
    private struct Frame {
        var isMap: Bool
        var place: Place
        var anchor: String?
        var items: [Value] = []
        var fields: [String: Value] = [:]
        var expected = Expected.key
        /// The numbers and places of the keys written in the map itself; nil as long as nothing is merged into it.
        var ownKeys: [UInt32: Place]?
        /// Where this frame's children begin among the pending ones.
        var firstChild: Int
        var size = 1
        var height = 1
    }

    private let limits: YAMLLimits
    private var table = PositionTable.Builder()
    private var frames: [Frame] = []
    private var children: [PositionTable.Entry] = []
    private var anchors: [String: Anchor] = [:]
    private var root: Node?
    private var errors: [YAMLError] = []
    private var size = 0
    private var aliasedSize = 0

    init(limits: YAMLLimits) {
        self.limits = limits
    }

    /// Ends a document and makes the builder ready for the next.
    /// - Returns: The document's value and the number of its place, if it was complete; and its errors.
    mutating func finishDocument() -> (root: (value: Value, node: UInt32)?, errors: [YAMLError]) {
        defer {
            frames.removeAll(keepingCapacity: true)
            children.removeAll(keepingCapacity: true)
            anchors.removeAll(keepingCapacity: true)
            root = nil
            errors = []
            size = 0
            aliasedSize = 0
        }
        return (root.map { ($0.value, $0.number) }, errors)
    }

    func finishFile() -> PositionTable {
        table.build()
    }

    /// Notes an error after which reading can go on.
    /// - Throws: The error where there have been so many that the rest would only be noise.
    mutating func report(_ error: YAMLError) throws(YAMLError) {
        guard errors.count < 20 else { throw error }
        errors.append(error)
    }

    mutating func scalar(_ scalar: Scalar, anchor: String? = nil, isMergeKey: Bool = false, at place: Place)
        throws(YAMLError)
    {
        if anchor == nil, expectsKey {
            size += 1
            try key(scalar, isMerge: isMergeKey, at: place)
            return
        }
        if scalar.value == nil {
            try report(
                YAMLError(
                    "invalid-number", "infinity and NaN are no JSON values; use a number or quote the text", at: place))
        }
        let node = Node(value: scalar.value ?? .null, scalar: scalar, number: table.add(place))
        if let anchor { anchors[anchor] = .complete(node) }
        size += 1
        try add(node, isMergeKey: isMergeKey, at: place)
    }

    mutating func begin(isMap: Bool, anchor: String? = nil, at place: Place) throws(YAMLError) {
        guard frames.count < limits.maximumDepth else { throw tooDeep(at: place) }
        size += 1
        if let anchor { anchors[anchor] = .open(frame: frames.count) }
        frames.append(Frame(isMap: isMap, place: place, anchor: anchor, firstChild: children.count))
    }

    mutating func end() throws(YAMLError) {
        guard let frame = frames.popLast() else { return }
        let number = table.add(frame.place, children: children[frame.firstChild...])
        children.removeSubrange(frame.firstChild...)
        let value = frame.isMap ? Value.object(frame.fields) : .array(frame.items)
        let node = Node(value: value, number: number, size: frame.size, height: frame.height)
        if let anchor = frame.anchor, case .open(frames.count) = anchors[anchor] { anchors[anchor] = .complete(node) }
        try add(node, at: frame.place)
    }

    mutating func alias(_ name: String, at place: Place) throws(YAMLError) {
        size += 1
        guard let known = anchors[name] else {
            try report(YAMLError("unknown-anchor", "no anchor &\(name) stands before the alias *\(name)", at: place))
            return try add(Node(value: .null, number: table.add(place), isAlias: true), at: place)
        }
        guard case .complete(var node) = known else {
            throw YAMLError("recursive-alias", "the alias *\(name) stands inside of its own anchor &\(name)", at: place)
        }
        size += node.size
        aliasedSize += node.size
        try checkBudget(at: place)
        guard frames.count + node.height <= limits.maximumDepth else { throw tooDeep(at: place) }
        node.isAlias = true
        node.number = table.add(place, childrenOf: node.number)
        try add(node, at: place)
    }

    /// The bound of go-yaml (`decode.go`): up to 400,000 values 99 of 100 may come from aliases, above that one of 10.
    private func checkBudget(at place: Place) throws(YAMLError) {
        guard aliasedSize > 100, size > 1_000 else { return }
        if aliasedSize > min(size - size / 100, max(400_000, size / 10)) {
            throw YAMLError(
                "excessive-aliases", "the aliases expand to too many values (\(aliasedSize) so far)", at: place)
        }
    }

    private func tooDeep(at place: Place) -> YAMLError {
        YAMLError("too-deep", "nesting deeper than \(Self.grouped(limits.maximumDepth))", at: place)
    }

    /// The beginning of a key in quotes, for messages.
    private static func quoted(_ key: String) -> String {
        let shown = key.prefix(60)
        return "\"\(Printable.escaped(String(shown)))\(shown.endIndex < key.endIndex ? "…" : "")\""
    }

    private static func grouped(_ number: Int) -> String {
        number < 1_000 ? String(number) : "\(number / 1_000)," + String(String(number % 1_000 + 1_000).dropFirst())
    }
}

// Adding a complete node to the list or map around it.
extension TreeBuilder {
    private var expectsKey: Bool {
        let last = frames.count - 1
        return if last >= 0, frames[last].isMap, case .key = frames[last].expected { true } else { false }
    }

    // The innermost frame is only ever used in place: a copy of it would have its list copied at the next change.
    private mutating func add(_ node: Node, isMergeKey: Bool = false, at place: Place) throws(YAMLError) {
        let last = frames.count - 1
        guard last >= 0 else {
            root = node
            return
        }
        frames[last].size += node.size
        frames[last].height = max(frames[last].height, node.height + 1)
        guard frames[last].isMap else {
            frames[last].items.append(node.value)
            children.append(PositionTable.Entry(key: PositionTable.Entry.noKey, place: place, node: node.number))
            return
        }
        switch frames[last].expected {
        case .key:
            guard let scalar = node.scalar else { return try refuseKey(node, at: place) }
            try key(scalar, isMerge: isMergeKey && !node.isAlias, at: place)
        case .value(let key, let keyPlace):
            frames[last].expected = .key
            try set(key, at: keyPlace, to: node)
        case .merge(let keyPlace):
            frames[last].expected = .key
            try merge(node, at: keyPlace)
        case .ignored:
            frames[last].expected = .key
        }
    }

    private mutating func refuseKey(_ node: Node, at place: Place) throws(YAMLError) {
        frames[frames.count - 1].expected = .ignored
        if node.value.isNull { return }  // an alias of nothing, already told
        let kind = node.value.array == nil ? "map" : "list"
        let hint = "render or quote text such as {{ .Values.name }}"
        try report(YAMLError("invalid-key", "a key must be text, not a \(kind); \(hint)", at: place))
    }

    private mutating func key(_ scalar: Scalar, isMerge: Bool, at place: Place) throws(YAMLError) {
        let last = frames.count - 1
        if isMerge {
            frames[last].expected = .merge(place)
        } else if let key = scalar.key {
            frames[last].expected = .value(key: key, place)
        } else {
            frames[last].expected = .ignored
            let kind = scalar == .null ? "null (empty, ~ or null)" : "an integer above 9223372036854775807"
            try report(YAMLError("invalid-key", "a key can't be \(kind); quote it if it is meant as text", at: place))
        }
    }

    private mutating func set(_ key: String, at place: Place, to node: Node) throws(YAMLError) {
        let last = frames.count - 1
        let isOverridden = frames[last].fields.updateValue(node.value, forKey: key) != nil
        let number = table.number(of: key)
        if isOverridden, let first = ownPlace(of: number) {
            let places = "first on line \(first.line), again on line \(place.line)"
            try report(YAMLError("duplicate-key", "the key \(Self.quoted(key)) is here twice: \(places)", at: place))
        }
        frames[last].ownKeys?[number] = place
        children.append(PositionTable.Entry(key: number, place: place, node: node.number))
    }

    /// Where a key was written in the innermost map itself.
    private func ownPlace(of key: UInt32) -> Place? {
        let frame = frames.count - 1
        if let ownKeys = frames[frame].ownKeys { return ownKeys[key] }
        return children[frames[frame].firstChild...].first { $0.key == key }?.place
    }

    /// Merges maps into the innermost map: what is merged wins over the keys before it and loses to those after it.
    private mutating func merge(_ node: Node, at place: Place) throws(YAMLError) {
        let last = frames.count - 1
        if frames[last].ownKeys == nil {
            let own = children[frames[last].firstChild...].map { ($0.key, $0.place) }
            frames[last].ownKeys = Dictionary(own) { first, _ in first }
        }
        var sources = [(node.value, node.number)]
        if let items = node.value.array, !node.isAlias {
            sources = zip(items, table.entries(of: node.number)).map { ($0, $1.node) }.reversed()
        }
        for (value, number) in sources {
            guard let fields = value.object else {
                let message = "<< merges a map, an alias of a map, or a list of these"
                return try report(YAMLError("invalid-merge", message, at: place))
            }
            frames[last].fields.merge(fields) { _, merged in merged }
            children.append(contentsOf: table.entries(of: number))
        }
    }
}
