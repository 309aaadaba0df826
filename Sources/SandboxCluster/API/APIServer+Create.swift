internal import FoundationEssentials
internal import Resources

/// How a write is meant, whoever asks for it.
struct WriteSettings: Sendable {
    var manager: String
    var subresource = ""
    var isDryRun = false
    /// Whether all of the object is sent (PUT).
    var isUpdate = false
}

extension APIServer {
    /// Stores a new object that has been decoded and given its defaults.
    ///
    /// The order is that of `createHandler` and `rest.BeforeCreate` (k8s.io/apiserver): fields' owners, admission, then what
    /// the strategy does.
    mutating func insert(
        _ value: Value, as resource: ResourceDefinition, _ settings: WriteSettings, isApplied: Bool = false
    ) throws(APIStatus) -> StoredObject {
        var value = value
        if !isApplied {
            value = try codec.updated(value, from: nil, resource, settings)
        }
        try Admission.mutate(&value, old: nil, of: resource, in: self, version: version)
        let isVersioned = UInt64(value[path: "metadata", "resourceVersion"]?.string ?? "") ?? 0 > 0
        fillMetadata(&value, resource)
        Strategy.prepareForCreate(
            &value, of: resource, in: self, dryRun: settings.isDryRun, version: version)
        let object = KubernetesObject(value)
        let errors = Validation.check(
            value, old: nil, of: resource, subresource: "", registry: registry,
            checksServiceRanges: checksServiceRanges)
        if !errors.isEmpty { throw .invalid(resource.kindInErrors(version), object.name, errors) }
        try Admission.validate(
            value, old: nil, of: resource, in: self, version: version, checksServiceRanges: checksServiceRanges)
        if isVersioned, !isApplied, !settings.isUpdate, !settings.isDryRun {
            throw .undecodable("resourceVersion should not be set on objects to be created")
        }
        if let other = store[object.identity]?.object {
            throw .alreadyExists(resource, object.name, isBeingDeleted: other.isBeingDeleted)
        }
        if settings.isDryRun { return StoredObject(object, version: 0) }
        return put(object, resource)
    }

    private func fillMetadata(_ value: inout Value, _ resource: ResourceDefinition) {
        var metadata = value["metadata"] ?? [:]
        if metadata["name"]?.string ?? "" == "", let prefix = metadata["generateName"]?.string, !prefix.isEmpty {
            // Names are cut so that the whole has 63 characters (k8s.io/apiserver/pkg/storage/names/generate.go).
            metadata["name"] = .string(prefix.prefix(58) + Self.suffix())
        }
        metadata["uid"] = .string(UUID().uuidString.lowercased())
        metadata["creationTimestamp"] = .string(timestamp)
        metadata["resourceVersion"] = nil
        metadata["selfLink"] = nil
        metadata["deletionTimestamp"] = nil
        metadata["deletionGracePeriodSeconds"] = nil
        if !resource.isNamespaced { metadata["namespace"] = nil }
        value["metadata"] = metadata
    }

    /// Five letters and digits that spell no words (k8s.io/apimachinery/pkg/util/rand).
    private static func suffix() -> String {
        String((0..<5).map { _ in "bcdfghjklmnpqrstvwxz2456789".randomElement() ?? "x" })
    }

    /// Writes an object in the version in which its kind is stored.
    mutating func put(_ object: KubernetesObject, _ resource: ResourceDefinition) -> StoredObject {
        var object = object
        if let stored = storedResource(resource.kind.groupKind), stored.kind != resource.kind {
            object = Conversion.converted(object, to: stored)
            if stored.isCustom { codec.complete(&object.value, stored) }
        }
        let result = store.put(object)
        if resource.kind.groupKind == Kinds.definition { serveCustomResources() }
        return result
    }
}
