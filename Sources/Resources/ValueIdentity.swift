extension Value {
    /// Whether both values are the same to the byte.
    ///
    /// `==` takes canonically equivalent strings (`é` as one scalar or as two) for equal; a server does not.
    package func isIdentical(to other: Value) -> Bool {
        switch (self, other) {
        case (.string(let left), .string(let right)): left.isIdentical(to: right)
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { key, value in right.value(forIdenticalKey: key)?.isIdentical(to: value) ?? false }
        default: self == other
        }
    }
}

extension String {
    /// Whether both strings have the same UTF-8 bytes.
    package func isIdentical(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in left.elementsEqual(right) }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

extension [String: Value] {
    /// The value whose key has the same bytes, not only canonically equivalent ones.
    package func value(forIdenticalKey key: String) -> Value? {
        guard let index = index(forKey: key), self[index].key.isIdentical(to: key) else { return nil }
        return self[index].value
    }
}
