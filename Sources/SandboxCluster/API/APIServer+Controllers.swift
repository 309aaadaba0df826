package import Resources

/// The API for the sandbox's own controllers: the same operations, without a network between.
extension APIServer: ControllerAccess {
    package mutating func create(
        _ object: KubernetesObject, by manager: String
    ) throws(APIStatus) -> KubernetesObject {
        let resource = try resource(of: object)
        var value = object.value
        codec.complete(&value, resource)
        return try insert(value, as: resource, WriteSettings(manager: manager)).object
    }

    package mutating func update(
        _ object: KubernetesObject, subresource: String, by manager: String
    ) throws(APIStatus) -> KubernetesObject {
        let resource = try resource(of: object)
        guard let current = store[object.identity] else { throw .notFound(resource, object.name) }
        let settings = WriteSettings(manager: manager, subresource: subresource)
        let codec = codec
        let result = try replace(current, as: resource, settings) { old throws(APIStatus) in
            var value = object.value
            codec.complete(&value, resource)
            return try codec.updated(value, from: old.value, resource, settings)
        }
        return result.object
    }

    package mutating func delete(
        _ identity: ObjectIdentity, uid: String?, propagation: Propagation?, gracePeriod: Int?
    ) throws(APIStatus) {
        guard let resource = storedResource(identity.groupKind) else { throw .unknownPath }
        guard let current = store[identity] else { throw .notFound(resource, identity.name) }
        _ = try delete(
            current, as: resource,
            DeletionSettings(uid: uid, propagation: propagation, gracePeriod: gracePeriod))
    }

    package mutating func bind(pod identity: ObjectIdentity, to node: String) throws(APIStatus) {
        guard let resource = storedResource(identity.groupKind) else { throw .unknownPath }
        guard let current = store[identity] else { throw .notFound(resource, identity.name) }
        var object = current.object
        let present = object.value[path: "spec", "nodeName"]?.string ?? ""
        guard present.isEmpty else {
            throw APIStatus(
                code: 409, reason: "Conflict",
                message: "Operation cannot be fulfilled on pods/binding \"\(identity.name)\": "
                    + "pod \(identity.name) is already assigned to node \"\(present)\"",
                details: ["name": .string(identity.name), "kind": "pods/binding"])
        }
        object.value["spec"]?["nodeName"] = .string(node)
        var conditions = object.value[path: "status", "conditions"]?.array ?? []
        conditions.removeAll { $0["type"] == "PodScheduled" }
        conditions.append([
            "type": "PodScheduled", "status": "True", "lastProbeTime": .null, "lastTransitionTime": .string(timestamp),
        ])
        object.value["status"]?["conditions"] = .array(conditions)
        _ = put(object, resource)
    }

    private func resource(of object: KubernetesObject) throws(APIStatus) -> ResourceDefinition {
        guard let resource = resource(object.groupVersionKind) else { throw .unknownPath }
        return resource
    }
}
