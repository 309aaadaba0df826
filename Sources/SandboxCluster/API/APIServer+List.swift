internal import Resources

extension APIServer {
    mutating func list(_ call: ResourceCall) throws(APIStatus) -> SandboxResponse {
        let representation = try call.representation(isList: true)
        let query = try ListQuery(call, current: store.version, self.version)
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
        if call.resource.isCustom, representation.media.shape == .object { metadata["continue"] = "" }
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

/// How a list's version is meant (`ValidateListOptions` in k8s.io/apimachinery/pkg/apis/meta/internalversion/validation).
enum VersionMatch {
    static func check(_ query: [String: String], isWatch: Bool) throws(APIStatus) {
        let match = query["resourceVersionMatch"] ?? ""
        let version = query["resourceVersion"] ?? ""
        if match.isEmpty { return }
        var reasons: [String] = []
        // A watch that begins with what is there names how new that must be.
        if isWatch, query["sendInitialEvents"] == nil { reasons.append("resourceVersionMatch is forbidden for watch") }
        if version.isEmpty, !isWatch {
            reasons.append("resourceVersionMatch is forbidden unless resourceVersion is provided")
        }
        if query["continue"]?.isEmpty == false {
            reasons.append("resourceVersionMatch is forbidden when continue is provided")
        }
        var errors = reasons.map { FieldError(.forbidden, "resourceVersionMatch", "Forbidden: \($0)") }
        if match != "Exact", match != "NotOlderThan" {
            let message =
                "Unsupported value: \(Value.string(match).json): "
                + "supported values: \"Exact\", \"NotOlderThan\", \"\""
            errors.append(FieldError(.notSupported, "resourceVersionMatch", message))
        }
        if match == "Exact", version == "0" {
            let message = "Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""
            errors.append(FieldError(.forbidden, "resourceVersionMatch", message))
        }
        if errors.isEmpty { return }
        throw .invalid(GroupVersionKind(apiVersion: "meta.k8s.io/v1", kind: "ListOptions"), "", errors)
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

    init(_ call: ResourceCall, current: UInt64, _ kubernetesVersion: KubernetesVersion) throws(APIStatus) {
        let query = call.query
        selector = try ObjectSelector(query, of: call.resource, in: kubernetesVersion)
        namespace = call.path.namespace
        let limit = query["limit"] ?? ""
        guard limit.isEmpty || Int(limit) != nil else {
            throw .badRequest("strconv.ParseInt: parsing \(Value.string(limit).json): invalid syntax")
        }
        self.limit = max(0, Int(limit) ?? 0)
        try VersionMatch.check(query, isWatch: false)
        let text = query["continue"] ?? ""
        let version = query["resourceVersion"] ?? ""
        if !text.isEmpty {
            token = try ContinueToken(text)
            exact = nil
            guard version.isEmpty || version == "0" else {
                throw .badRequest("specifying resource version is not allowed when using continue")
            }
            return
        }
        token = nil
        let match = query["resourceVersionMatch"] ?? ""
        // A chunk of the list at a version has always been of exactly that one.
        let isExact = match == "Exact" || (match.isEmpty && self.limit > 0 && version != "0")
        let number = UInt64(version)
        exact = isExact ? number : nil
        if isExact, let number, number > current {
            throw .undecodable("etcdserver: mvcc: required revision is a future revision")
        }
        try Self.check(version, current: current)
    }

    /// - Throws: For what is no version, or one that is yet to come.
    static func check(_ version: String, current: UInt64) throws(APIStatus) {
        guard !version.isEmpty else { return }
        guard let number = UInt64(version) else { throw .unreadableVersion(version) }
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
