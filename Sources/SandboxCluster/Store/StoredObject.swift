internal import Resources

/// An object as the store keeps it: the tree that operations work on, and the bytes that go over the wire.
struct StoredObject: Sendable {
    let object: KubernetesObject
    /// Its `resourceVersion`.
    let version: UInt64
    /// JSON of all fields but `kind` and `apiVersion`, with the closing brace and without the opening one: those two come
    /// before it, or don't, as lists of Kubernetes' own kinds have it.
    let encodedRest: [UInt8]

    init(_ object: KubernetesObject, version: UInt64) {
        self.object = object
        self.version = version
        encodedRest = Self.encodedRest(of: object)
    }

    private static func encodedRest(of object: KubernetesObject) -> [UInt8] {
        var value = object.value
        value["kind"] = nil
        value["apiVersion"] = nil
        return Array(value.jsonBytes.dropFirst())
    }

    /// Appends the object as JSON, with the version of the API in which it was asked for.
    func write(as kind: GroupVersionKind?, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        if let kind {
            bytes.append(contentsOf: "\"kind\":\"\(kind.kind)\",\"apiVersion\":\"\(kind.apiVersion)\"".utf8)
            if encodedRest.count > 1 { bytes.append(UInt8(ascii: ",")) }
        }
        bytes.append(contentsOf: encodedRest)
    }

    func json(as kind: GroupVersionKind) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encodedRest.count + 64)
        write(as: kind, to: &bytes)
        return bytes
    }
}
