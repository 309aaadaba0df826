internal import Resources

extension APIServer {
    mutating func delete(_ call: ResourceCall, _ name: String) throws(APIStatus) -> SandboxResponse {
        let settings = try deletionSettings(call)
        let current = try found(call, name)
        try Admission.checkDeletion(of: current.object, call.resource)
        return try respond(try delete(current, as: call.resource, settings), call, settings)
    }

    private func respond(
        _ deletion: Deletion, _ call: ResourceCall, _ settings: DeletionSettings
    ) throws(APIStatus) -> SandboxResponse {
        switch deletion {
        case .pending(let stored):
            // Only then, as clients know it (`DeleteResource` in k8s.io/apiserver/pkg/endpoints/handlers/delete.go).
            return try respond(settings.orphansDependents == false ? 202 : 200, stored, call)
        case .removed(let object) where DeletionRules.returnsObject(call.resource):
            return try respond(200, StoredObject(object, version: 0), call)
        case .removed(let object):
            var details = APIStatus.details(call.resource, object.name)
            details["uid"] = object.uid.map(Value.string)
            let status: Value = [
                "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": details,
            ]
            return .json(status)
        }
    }

    mutating func deleteCollection(_ call: ResourceCall) throws(APIStatus) -> SandboxResponse {
        let settings = try deletionSettings(call)
        let selector = try ObjectSelector(call.query, of: call.resource, in: version)
        let collection = store.collection(call.resource.kind.groupKind)
        let chosen = collection.keys(namespace: call.path.namespace).compactMap { collection[$0] }
            .filter { selector.matches($0.object) }
        for object in chosen { _ = try delete(object, as: call.resource, settings) }
        var metadata: Value = ["resourceVersion": .string(String(store.version))]
        if call.resource.isCustom { metadata["continue"] = "" }
        let items = chosen.map { stored -> Value in
            var value = Conversion.converted(stored.object, to: call.resource).value
            if !call.resource.isCustom { (value["kind"], value["apiVersion"]) = (nil, nil) }
            return value
        }
        let list: Value = [
            "kind": .string(call.resource.listKind), "apiVersion": .string(call.resource.kind.apiVersion),
            "metadata": metadata, "items": .array(items),
        ]
        return .json(list)
    }

    /// `DeleteOptions` from the body, else from the query.
    private func deletionSettings(_ call: ResourceCall) throws(APIStatus) -> DeletionSettings {
        let body = try BodyReader(request: call.request).deletionOptions(registry)
        let query = call.request.body.isEmpty ? call.query : [:]
        var errors: [FieldError] = []
        var settings = DeletionSettings()
        if let text = query["gracePeriodSeconds"], Int(text) == nil {
            throw .badRequest("strconv.ParseInt: parsing \(Value.string(text).json): invalid syntax")
        }
        settings.uid = body[path: "preconditions", "uid"]?.string
        settings.resourceVersion = body[path: "preconditions", "resourceVersion"]?.string
        settings.gracePeriod = body["gracePeriodSeconds"]?.integer ?? query["gracePeriodSeconds"].flatMap { Int($0) }
        settings.isDryRun = RequestOptions.dryRun(
            call.request.body.isEmpty ? call.target.dryRun : (body["dryRun"]?.array ?? []).compactMap(\.string), &errors
        )
        let orphans = body["orphanDependents"]?.bool ?? query["orphanDependents"].map { $0 == "true" }
        let propagation = body["propagationPolicy"]?.string ?? query["propagationPolicy"]
        if propagation != nil, orphans != nil {
            errors.append(
                FieldError(
                    .invalid, "propagationPolicy",
                    "Invalid value: \(Value.string(propagation ?? "").json): "
                        + "orphanDependents and deletionPropagation cannot be both set"))
        }
        if let propagation {
            settings.propagation = Propagation(rawValue: propagation)
            if settings.propagation == nil {
                errors.append(
                    FieldError(
                        .notSupported, "propagationPolicy",
                        "Unsupported value: \(Value.string(propagation).json): "
                            + "supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""))
            }
        } else if let orphans {
            settings.propagation = orphans ? .orphan : .background
            settings.orphansDependents = orphans
        }
        if !errors.isEmpty {
            throw .invalid(GroupVersionKind(apiVersion: "meta.k8s.io/v1", kind: "DeleteOptions"), "", errors)
        }
        return settings
    }
}

enum DeletionRules {
    /// The kinds whose deletion answers with the object (`ReturnDeletedObject` in pkg/registry).
    private static let returning: Set<String> = [
        "Pod", "PersistentVolume", "PersistentVolumeClaim", "PodTemplate", "ResourceQuota", "ServiceAccount",
        "PodSecurityPolicy", "Namespace", "CustomResourceDefinition",
    ]

    static func returnsObject(_ resource: ResourceDefinition) -> Bool {
        !resource.isCustom && returning.contains(resource.kind.kind)
    }
}
