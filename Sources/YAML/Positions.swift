package import Resources

/// The places of a document's nodes: where each value and each key stands in the file.
///
/// The places of all documents of a file share one table, so a `Positions` costs a few words.
package struct Positions: Sendable {
    private let table: PositionTable
    private let root: UInt32?
    private let value: Value

    init(table: PositionTable, root: UInt32, value: Value) {
        self.table = table
        self.root = root
        self.value = value
    }

    private init() {
        table = PositionTable()
        root = nil
        value = .null
    }

    /// No places, for values that no file holds.
    package static let none = Positions()

    /// The place where a value begins; that of the nearest enclosing value where the path leads nowhere.
    ///
    /// `.key` elements match a list's items by the fields that both have: servers fill in defaulted keys.
    /// - Returns: Line and column from 1; nil only for `Positions.none`.
    package func position(of path: FieldPath) -> (line: Int, column: Int)? {
        found(path).map { Self.lineAndColumn(table.nodes[Int($0.node)].place) }
    }

    /// The place of the key before a value; that of the value itself for list items and for the whole document, and
    /// that of the nearest enclosing value's key where the path leads nowhere.
    /// - Returns: Line and column from 1; nil only for `Positions.none`.
    package func keyPosition(of path: FieldPath) -> (line: Int, column: Int)? {
        found(path).map { Self.lineAndColumn($0.key ?? table.nodes[Int($0.node)].place) }
    }

    private static func lineAndColumn(_ place: Place) -> (line: Int, column: Int) {
        (Int(place.line), Int(place.column))
    }

    private func found(_ path: FieldPath) -> (node: UInt32, key: Place?)? {
        guard var node = root else { return nil }
        var key: Place?
        var value = self.value
        for element in path.elements {
            guard let (entry, next) = child(element, of: node, value) else { break }
            key = entry.place
            node = entry.node
            value = next
        }
        return (node, key)
    }

    private func child(_ element: FieldPath.Element, of node: UInt32, _ value: Value) -> (PositionTable.Entry, Value)? {
        let entries = table.entries(of: node)
        if case .field(let name) = element {
            guard let number = table.keyNumbers[name], let next = value[name],
                let entry = entries.last(where: { $0.key == number })
            else { return nil }
            return (entry, next)
        }
        guard let items = value.array, let index = Self.index(of: element, in: items), index < entries.count else {
            return nil
        }
        return (entries[entries.startIndex + index], items[index])
    }

    private static func index(of element: FieldPath.Element, in items: [Value]) -> Int? {
        switch element {
        case .field: nil
        case .index(let index): items.indices.contains(index) ? index : nil
        case .value(let value): items.firstIndex(of: value)
        case .key(let fields):
            items.firstIndex { item in fields.allSatisfy { item[$0.key] == $0.value } }
                ?? items.firstIndex { item in
                    let known = fields.filter { item[$0.key] != nil }
                    return !known.isEmpty && known.allSatisfy { item[$0.key] == $0.value }
                }
        }
    }
}

/// The places of all nodes of a file.
final class PositionTable: Sendable {
    /// A value: where it begins, and which entries are its children.
    struct Node: Sendable {
        var place: Place
        var first: UInt32
        var count: UInt32
    }

    /// A child of a list or map.
    struct Entry: Sendable {
        /// The key's number; `noKey` in lists.
        var key: UInt32
        /// The key's place; the value's in lists.
        var place: Place
        var node: UInt32

        static let noKey = UInt32.max
    }

    let nodes: [Node]
    private let entries: [Entry]
    let keyNumbers: [String: UInt32]

    init(nodes: [Node] = [], entries: [Entry] = [], keyNumbers: [String: UInt32] = [:]) {
        self.nodes = nodes
        self.entries = entries
        self.keyNumbers = keyNumbers
    }

    func entries(of node: UInt32) -> ArraySlice<Entry> {
        let first = Int(nodes[Int(node)].first)
        return entries[first..<first + Int(nodes[Int(node)].count)]
    }
}

extension PositionTable {
    /// Collects the nodes of a file as they are read.
    struct Builder {
        private(set) var nodes: [Node] = []
        private(set) var entries: [Entry] = []
        private var keyNumbers: [String: UInt32] = [:]

        /// Adds a node whose children are `children`, and returns its number.
        mutating func add(_ place: Place, children: ArraySlice<Entry> = []) -> UInt32 {
            nodes.append(Node(place: place, first: UInt32(entries.count), count: UInt32(children.count)))
            entries.append(contentsOf: children)
            return UInt32(nodes.count - 1)
        }

        /// Adds a second node with the children of another.
        mutating func add(_ place: Place, childrenOf node: UInt32) -> UInt32 {
            var copy = nodes[Int(node)]
            copy.place = place
            nodes.append(copy)
            return UInt32(nodes.count - 1)
        }

        func entries(of node: UInt32) -> ArraySlice<Entry> {
            let first = Int(nodes[Int(node)].first)
            return entries[first..<first + Int(nodes[Int(node)].count)]
        }

        mutating func number(of key: String) -> UInt32 {
            if let number = keyNumbers[key] { return number }
            let number = UInt32(keyNumbers.count)
            keyNumbers[key] = number
            return number
        }

        func build() -> PositionTable {
            PositionTable(nodes: nodes, entries: entries, keyNumbers: keyNumbers)
        }
    }
}
