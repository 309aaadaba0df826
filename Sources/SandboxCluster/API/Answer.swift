internal import Resources
internal import YAML

/// What becomes of a request: a response at once, or a watch to be set up.
enum Answer: Sendable {
    case response(SandboxResponse)
    case watch(WatchSettings)
}

/// Puts objects into the form that a client asked for.
struct Representation: Sendable {
    let media: MediaTypes
    let resource: ResourceDefinition
    /// `None`, `Metadata` or `Object`: what each row of a table has of its object.
    let includeObject: String

    func body(of stored: StoredObject, now: Now) -> [UInt8] {
        if media.shape == .object, !media.isYAML, stored.object.groupVersionKind == resource.kind || !converts {
            return stored.json(as: resource.kind)
        }
        return encode(value(of: converted(stored), now: now))
    }

    /// Whether versions of the kind may differ in more than their name.
    var converts: Bool { resource.isCustom || resource.kind.group == "autoscaling" }

    func converted(_ stored: StoredObject) -> KubernetesObject {
        Conversion.converted(stored.object, to: resource)
    }

    func value(of object: KubernetesObject, now: Now) -> Value {
        switch media.shape {
        case .object: object.value
        case .table:
            TableDocument.table(
                [object], of: resource, now: now.date, includeObject: includeObject,
                resourceVersion: object.resourceVersion ?? "", serving: now.version)
        case .metadata: metadata(of: object)
        }
    }

    func metadata(of object: KubernetesObject) -> Value {
        ["kind": "PartialObjectMetadata", "apiVersion": .string(media.apiVersion), "metadata": object.metadata]
    }

    func encode(_ value: Value) -> [UInt8] {
        media.isYAML ? Array(YAMLWriter.text(of: value).utf8) : value.jsonBytes
    }

    var contentType: String { media.isYAML ? "application/yaml" : "application/json" }
}
