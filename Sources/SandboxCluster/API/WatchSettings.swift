internal import FoundationEssentials
internal import Resources

/// What a watch was asked to tell.
struct WatchSettings: Sendable {
    let representation: Representation
    let selector: ObjectSelector
    /// Nil for all namespaces.
    let namespace: String?
    /// What to begin with: lines that are there already.
    var beginning: [[UInt8]] = []
    let wantsBookmarks: Bool
    let start: Date
    let version: KubernetesVersion
    /// When it ends by itself.
    var end: Date

    var kind: GroupKind { representation.resource.kind.groupKind }
}

extension APIServer {
    /// The longest time that a watch lasts, in seconds, where its client doesn't say
    /// (`--min-request-timeout`, half an hour to an hour).
    private static let longestWatch = 1800

    /// - Throws: 410 for a version that is forgotten.
    func watch(_ call: ResourceCall) throws(APIStatus) -> WatchSettings {
        let query = call.query
        var selector = try ObjectSelector(query, of: call.resource, in: version)
        if let name = call.path.name {
            selector = try ObjectSelector(["fieldSelector": "metadata.name=\(name)"], of: call.resource, in: version)
        }
        if let text = query["timeoutSeconds"], Int(text) == nil {
            throw .badRequest("strconv.ParseInt: parsing \(Value.string(text).json): invalid syntax")
        }
        try VersionMatch.check(query, isWatch: true)
        let seconds = min(Int(query["timeoutSeconds"] ?? "") ?? Self.longestWatch, Self.longestWatch * 2)
        let wantsBookmarks = ["true", "1"].contains(query["allowWatchBookmarks"] ?? "")
        var watch = WatchSettings(
            representation: try call.representation(), selector: selector, namespace: call.path.namespace,
            wantsBookmarks: wantsBookmarks, start: now, version: version,
            end: now.addingTimeInterval(Double(max(1, seconds))))
        watch.beginning = try beginning(of: watch, query)
        return watch
    }

    private func beginning(of watch: WatchSettings, _ query: [String: String]) throws(APIStatus) -> [[UInt8]] {
        let text = query["resourceVersion"] ?? ""
        let wantsInitial = query["sendInitialEvents"] == "true"
        if wantsInitial || text.isEmpty || text == "0" {
            var lines = existing(watch)
            if wantsInitial, watch.wantsBookmarks {
                lines.append(watch.bookmark(store.version, endsInitial: true, now))
            }
            return lines
        }
        guard let version = UInt64(text) else { throw .unreadableVersion(text) }
        guard let entries = store.changes(after: version, kind: watch.kind) else {
            // The real server answers 200 and tells of the error in the stream.
            let status = APIStatus.expired("too old resource version: \(version) (\(store.compacted))")
            return [WatchSettings.line("ERROR", status.value.jsonBytes)]
        }
        return entries.compactMap { watch.line(for: $0, now) }
    }

    private func existing(_ watch: WatchSettings) -> [[UInt8]] {
        let collection = store.collection(watch.kind)
        return collection.keys(namespace: watch.namespace).compactMap { key in
            guard let stored = collection[key], watch.selector.matches(stored.object) else { return nil }
            return WatchSettings.line("ADDED", watch.body(of: stored, now))
        }
    }
}

extension WatchSettings {
    /// Whether the beginning says that the watch can't go on.
    var hasFailed: Bool { beginning.first?.starts(with: Array("{\"type\":\"ERROR\"".utf8)) == true }

    /// What a change is to this watch: an object that a selector no longer matches is deleted to it.
    func line(for entry: ObjectStore.Entry, _ now: Date) -> [UInt8]? {
        guard entry.kind == kind, namespace == nil || namespace == entry.object.object.namespace else { return nil }
        let matches = entry.change != .deleted && selector.matches(entry.object.object)
        let matched = entry.earlier.map { selector.matches($0.object) } ?? false
        return switch (matched, matches) {
        case (false, false): nil
        case (false, true): Self.line("ADDED", body(of: entry.object, now))
        case (true, true): Self.line("MODIFIED", body(of: entry.object, now))
        case (true, false): Self.line("DELETED", body(of: lastState(entry), now))
        }
    }

    /// Of an object that left the selection, what it was like when it was in it, with the version of its leaving.
    private func lastState(_ entry: ObjectStore.Entry) -> StoredObject {
        guard entry.change != .deleted, let earlier = entry.earlier else { return entry.object }
        var object = earlier.object
        object.value["metadata"]?["resourceVersion"] = .string(String(entry.object.version))
        return StoredObject(object, version: entry.object.version)
    }

    func body(of stored: StoredObject, _ now: Date) -> [UInt8] {
        representation.body(of: stored, now: Now(date: now, version: version))
    }

    func bookmark(_ version: UInt64, endsInitial: Bool = false, _ now: Date) -> [UInt8] {
        var metadata: Value = ["resourceVersion": .string(String(version)), "creationTimestamp": .null]
        if endsInitial { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
        let kind = representation.resource.kind
        let object: Value = [
            "kind": .string(kind.kind), "apiVersion": .string(kind.apiVersion), "metadata": metadata,
        ]
        return Self.line("BOOKMARK", object.jsonBytes)
    }

    static func line(_ type: String, _ object: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(object.count + 40)
        bytes.append(contentsOf: "{\"type\":\"\(type)\",\"object\":".utf8)
        bytes.append(contentsOf: object)
        bytes.append(contentsOf: "}\n".utf8)
        return bytes
    }
}
