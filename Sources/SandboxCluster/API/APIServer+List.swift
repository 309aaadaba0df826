internal import Resources

extension APIServer {
    mutating func list(_ call: ResourceCall) throws(APIStatus) -> SandboxResponse {
        let representation = try call.representation()
        let query = try ListQuery(call, current: store.version)
        let kind = call.resource.kind.groupKind
        let version = query.token?.version ?? query.exact ?? store.version
        let collection =
            version == store.version
            ? store.collection(kind) : snapshots[kind, version] ?? store.collection(kind, at: version)
        guard let collection else {
            throw .expired(
                "The provided continue parameter is too old to display a consistent list result. You can start a new "
                    + "list without the continue parameter.")
        }
        let chunk = query.chunk(of: collection)
        var metadata: Value = ["resourceVersion": .string(String(version))]
        if call.resource.isCustom { metadata["continue"] = "" }
        if let last = chunk.last {
            snapshots.keep(collection, of: kind, at: version)
            let relative = call.path.namespace.map { String(last.dropFirst($0.count + 1)) } ?? last
            metadata["continue"] = .string(ContinueToken(version: version, start: relative).text)
            if query.selector.isEmpty, chunk.remaining > 0 {
                metadata["remainingItemCount"] = .integer(Int64(chunk.remaining))
            }
        }
        let bytes = body(chunk.objects, metadata, representation)
        return SandboxResponse(
            status: 200, headers: [("Content-Type", representation.contentType)], body: .bytes(bytes))
    }

    /// The items as they are stored, where nothing has to be changed in them: their bytes are there already.
    private func body(_ objects: [StoredObject], _ metadata: Value, _ representation: Representation) -> [UInt8] {
        let resource = representation.resource
        switch representation.media.shape {
        case .object where !representation.media.isYAML && (!representation.converts || isStored(resource)):
            return encodedList(objects, metadata, resource)
        case .object:
            let items = objects.map { stored -> Value in
                var value = representation.converted(stored).value
                if !resource.isCustom { (value["kind"], value["apiVersion"]) = (nil, nil) }
                return value
            }
            return representation.encode([
                "kind": .string(resource.listKind), "apiVersion": .string(resource.kind.apiVersion),
                "metadata": metadata, "items": .array(items),
            ])
        case .metadata:
            return representation.encode([
                "kind": "PartialObjectMetadataList", "apiVersion": .string(representation.media.apiVersion),
                "metadata": metadata,
                "items": .array(objects.map { representation.metadata(of: $0.object) }),
            ])
        case .table:
            var table = TableDocument.table(
                objects.map(representation.converted), of: resource, now: now,
                includeObject: representation.includeObject,
                resourceVersion: metadata["resourceVersion"]?.string ?? "", serving: version)
            table["metadata"] = metadata
            return representation.encode(table)
        }
    }

    private func isStored(_ resource: ResourceDefinition) -> Bool {
        storedResource(resource.kind.groupKind)?.kind == resource.kind
    }

    private func encodedList(
        _ objects: [StoredObject], _ metadata: Value, _ resource: ResourceDefinition
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(objects.reduce(256) { $0 + $1.encodedRest.count + 64 })
        let (kind, version) = (resource.listKind, resource.kind.apiVersion)
        bytes.append(contentsOf: "{\"kind\":\"\(kind)\",\"apiVersion\":\"\(version)\",\"metadata\":".utf8)
        bytes.append(contentsOf: metadata.jsonBytes)
        bytes.append(contentsOf: ",\"items\":[".utf8)
        for (index, object) in objects.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            object.write(as: resource.isCustom ? resource.kind : nil, to: &bytes)
        }
        bytes.append(contentsOf: "]}".utf8)
        return bytes
    }
}

/// What a list asks for.
struct ListQuery {
    let selector: ObjectSelector
    let token: ContinueToken?
    /// The one version whose state is wanted.
    let exact: UInt64?
    private let limit: Int
    private let namespace: String?

    init(_ call: ResourceCall, current: UInt64) throws(APIStatus) {
        let query = call.query
        selector = try ObjectSelector(query, of: call.resource)
        namespace = call.path.namespace
        limit = max(0, Int(query["limit"] ?? "") ?? 0)
        let text = query["continue"] ?? ""
        let version = query["resourceVersion"] ?? ""
        if !text.isEmpty {
            guard version.isEmpty || version == "0" else {
                throw .badRequest("specifying resource version is not allowed when using continue")
            }
            token = try ContinueToken(text)
        } else {
            token = nil
            try Self.check(version, current: current)
            exact = try Self.exact(version, match: query["resourceVersionMatch"] ?? "")
            return
        }
        exact = nil
    }

    private static func exact(_ version: String, match: String) throws(APIStatus) -> UInt64? {
        guard match == "Exact" else { return nil }
        guard version != "0" else {
            let error = FieldError(
                .forbidden, "resourceVersionMatch",
                "Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")
            throw .invalid(GroupVersionKind(apiVersion: "meta.k8s.io/v1", kind: "ListOptions"), "", [error])
        }
        return UInt64(version)
    }

    /// - Throws: For what is no version, or one that is yet to come.
    static func check(_ version: String, current: UInt64) throws(APIStatus) {
        guard !version.isEmpty else { return }
        guard let number = UInt64(version) else {
            let text = Value.string(version).json
            throw APIStatus(
                code: 500, reason: "",
                message: "resourceVersion: Invalid value: \(text): strconv.ParseUint: parsing \(text): invalid syntax")
        }
        if number > current {
            throw APIStatus(
                code: 504, reason: "Timeout",
                message: "Timeout: Too large resource version: \(number), current: \(current)",
                details: [
                    "causes": [["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]],
                    "retryAfterSeconds": 1,
                ])
        }
    }

    struct Chunk {
        let objects: [StoredObject]
        /// The last key, where there is more behind it.
        let last: String?
        let remaining: Int
    }

    func chunk(of collection: ObjectCollection) -> Chunk {
        let start = token.map { token in namespace.map { "\($0)/\(token.start)" } ?? token.start }
        var found: [StoredObject] = []
        let keys = collection.keys(namespace: namespace, after: start)
        for (index, key) in zip(keys.indices, keys) {
            guard let object = collection[key], selector.matches(object.object) else { continue }
            found.append(object)
            if limit > 0, found.count == limit, index + 1 < keys.endIndex {
                return Chunk(objects: found, last: key, remaining: keys.endIndex - index - 1)
            }
        }
        return Chunk(objects: found, last: nil, remaining: 0)
    }
}
