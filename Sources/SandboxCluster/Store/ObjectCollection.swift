internal import Resources

/// The objects of one kind, in the order in which lists tell them: by `namespace/name`, byte by byte, as etcd does.
struct ObjectCollection: Sendable {
    private(set) var keys: [String] = []
    private(set) var objects: [String: StoredObject] = [:]

    static func key(namespace: String, name: String) -> String {
        namespace.isEmpty ? name : "\(namespace)/\(name)"
    }

    subscript(key: String) -> StoredObject? { objects[key] }

    mutating func put(_ object: StoredObject, at key: String) {
        if objects.updateValue(object, forKey: key) == nil { keys.insert(key, at: position(of: key)) }
    }

    mutating func remove(_ key: String) {
        guard objects.removeValue(forKey: key) != nil else { return }
        keys.remove(at: position(of: key))
    }

    /// The keys of one namespace, or of all where none is named, that come after a key.
    func keys(namespace: String?, after start: String? = nil) -> ArraySlice<String> {
        let prefix = namespace.map { $0 + "/" } ?? ""
        var first = position(of: prefix)
        if let start {
            first = max(first, position(of: start))
            if first < keys.count, keys[first] == start { first += 1 }
        }
        // "0" follows "/": the first key that no longer has the prefix.
        let end = namespace.map { position(of: $0 + "0") } ?? keys.count
        return keys[min(first, end)..<end]
    }

    /// Where the key is, or would be.
    private func position(of key: String) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
