import Resources

extension Value {
    /// The paths of all scalars, with positions for the elements of lists.
    var leafPaths: [FieldPath] {
        switch self {
        case .object(let fields):
            fields.sorted { $0.key < $1.key }.flatMap { name, value in
                value.leafPaths.map { FieldPath([.field(name)] + $0.elements) }
            }
        case .array(let elements):
            elements.enumerated().flatMap { index, value in
                value.leafPaths.map { FieldPath([.index(index)] + $0.elements) }
            }
        default: [FieldPath()]
        }
    }

    /// Changes the value at a path of fields and positions.
    mutating func edit(at path: ArraySlice<FieldPath.Element>, _ change: (inout Value) -> Void) {
        guard let first = path.first else { return change(&self) }
        switch (first, self) {
        case (.field(let name), .object(var fields)):
            guard var inner = fields[name] else { return }
            inner.edit(at: path.dropFirst(), change)
            fields[name] = inner
            self = .object(fields)
        case (.index(let index), .array(var elements)) where elements.indices.contains(index):
            elements[index].edit(at: path.dropFirst(), change)
            self = .array(elements)
        default: return
        }
    }
}
