package import Resources

/// All that has to be kept of a sandbox to go on with it.
package struct SandboxContents: Sendable {
    /// The version of the latest change.
    package var version: UInt64
    package var objects: [KubernetesObject]

    package init(version: UInt64, objects: [KubernetesObject]) {
        self.version = version
        self.objects = objects
    }
}

/// Keeps the changes of a sandbox.
package protocol SandboxJournal: Sendable {
    /// Keeps one more record; called in the order of the changes, before the client hears of the change.
    func append(record: [UInt8])
}

extension SandboxJournal {
    func append(_ entry: ObjectStore.Entry) {
        append(record: SandboxContents.record(of: entry))
    }
}

extension SandboxContents {
    /// The contents as JSON.
    package var json: [UInt8] {
        let value: Value = ["version": .integer(Int64(version)), "objects": .array(objects.map(\.value))]
        return value.jsonBytes
    }

    /// What was kept: a cluster as it was once, and the changes since.
    /// - Throws: `JSONError` where a record is none.
    package init(snapshot: [UInt8]?, records: [[UInt8]]) throws(JSONError) {
        let value = try snapshot.map { bytes throws(JSONError) in try Value(json: bytes) } ?? [:]
        var version = value["version"]?.integer ?? 1
        var objects: [ObjectIdentity: KubernetesObject] = [:]
        for object in (value["objects"]?.array ?? []).map(KubernetesObject.init) { objects[object.identity] = object }
        for record in records {
            let record = try Value(json: record)
            guard let object = record["object"].map(KubernetesObject.init) else { continue }
            objects[object.identity] = record["change"] == "DELETED" ? nil : object
            version = max(version, object.resourceVersion.flatMap { Int($0) } ?? 0)
        }
        self.init(version: UInt64(max(1, version)), objects: objects.sorted { $0.key < $1.key }.map(\.value))
    }

    static func record(of entry: ObjectStore.Entry) -> [UInt8] {
        var bytes = Array("{\"change\":\"\(entry.change.rawValue)\",\"object\":".utf8)
        entry.object.write(as: entry.object.object.groupVersionKind, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
