package import Resources

/// What the server made of a write.
package struct WriteResult: Sendable {
    /// The object as the server stores it (or would, in a dry run).
    package let object: KubernetesObject
    /// Whether the object did not exist before.
    package let created: Bool
    /// What the server warns of, such as a deprecated version.
    package let warnings: [String]
    /// How often it was sent: of several tries an earlier one may have created the object.
    package var attempts = 1
}

/// How an object is applied.
package struct ApplyOptions: Sendable {
    /// Validate and admit, but do not store.
    package var dryRun: Bool
    /// Take over the fields that other managers own.
    package var force: Bool
    package var fieldManager: String

    package init(dryRun: Bool = false, force: Bool = false, fieldManager: String = KubeClient.fieldManager) {
        self.dryRun = dryRun
        self.force = force
        self.fieldManager = fieldManager
    }
}

/// A patch by its media type.
package enum Patch: Sendable {
    /// RFC 7386.
    case merge(Value)
    /// RFC 6902: an array of operations.
    case json(Value)

    var contentType: String {
        switch self {
        case .merge: "application/merge-patch+json"
        case .json: "application/json-patch+json"
        }
    }

    var body: [UInt8] {
        switch self {
        case .merge(let value), .json(let value): value.jsonBytes
        }
    }
}

extension KubeClient {
    /// Returns the object; nil where there is none.
    package func get(_ resource: APIResource, namespace: String? = nil, name: String) async throws -> KubernetesObject?
    {
        let identity = resource.identity(namespace: namespace, name: name)
        var call = Call.get(resource.path(namespace: namespace, name: name), operation: "read \(identity)")
        call.groupKind = resource.groupKind
        do {
            return KubernetesObject(try await value(call).value)
        } catch let error as APIError where error.isNotFound {
            return nil
        }
    }

    /// Creates or changes the object by server-side apply; it owns what the object declares.
    ///
    /// The object is sent without `managedFields`.
    /// - Throws: Also `KubeClientError` where the object's apiVersion is not the resource's: the server compares them.
    package func apply(
        _ object: KubernetesObject,
        as resource: APIResource,
        options: ApplyOptions = ApplyOptions()
    ) async throws -> WriteResult {
        try requireMatch(object, resource)
        var query = [(name: "fieldManager", value: options.fieldManager), (name: "force", value: "\(options.force)")]
        query += Self.dryRun(options.dryRun) + fieldValidation
        let bare = Self.withoutManagedFields(object)
        var call = write(.patch, bare, resource, operation: "apply", query: query, dryRun: options.dryRun)
        call.contentType = "application/apply-patch+yaml"
        call.isIdempotent = true
        return try await result(of: call)
    }

    /// Creates the object.
    /// - Throws: `APIError` with `isAlreadyExists` where it exists.
    package func create(
        _ object: KubernetesObject,
        as resource: APIResource,
        dryRun: Bool = false,
        fieldManager: String = KubeClient.fieldManager
    ) async throws -> WriteResult {
        let query = [(name: "fieldManager", value: fieldManager)] + Self.dryRun(dryRun) + fieldValidation
        var call = write(.post, object, resource, operation: "create", query: query, dryRun: dryRun)
        call.path = resource.path(namespace: object.namespace)
        call.isIdempotent = dryRun
        return try await result(of: call)
    }

    /// Replaces the object, if it is still the one that was read: the object's resource version is a precondition.
    ///
    /// It is sent again after a lost connection, since it can take effect only once; a conflict may therefore mean that
    /// the first try had succeeded.
    /// - Throws: `APIError` with `isConflict` where the object has changed, with `isNotFound` where it is gone;
    ///   `KubeClientError` where the object has no resource version.
    package func update(
        _ object: KubernetesObject,
        as resource: APIResource,
        fieldManager: String = KubeClient.fieldManager
    ) async throws -> WriteResult {
        guard object.resourceVersion != nil else {
            throw KubeClientError(.invalidRequest, "cannot update \(object.identity): it has no resource version")
        }
        let query = [(name: "fieldManager", value: fieldManager)] + fieldValidation
        var call = write(.put, object, resource, operation: "update", query: query, dryRun: false)
        call.isIdempotent = true
        return try await result(of: call)
    }

    /// Changes the object by a patch.
    package func patch(
        _ resource: APIResource,
        namespace: String? = nil,
        name: String,
        subresource: String? = nil,
        _ patch: Patch,
        fieldManager: String = KubeClient.fieldManager
    ) async throws -> WriteResult {
        var call = Call(
            method: .patch,
            path: resource.path(namespace: namespace, name: name, subresource: subresource),
            query: [(name: "fieldManager", value: fieldManager)],
            operation: "patch \(resource.identity(namespace: namespace, name: name))"
        )
        call.contentType = patch.contentType
        call.body = patch.body
        call.groupKind = resource.groupKind
        if case .merge = patch { call.isIdempotent = true }
        return try await result(of: call)
    }

    private func write(
        _ method: HTTPMethod,
        _ object: KubernetesObject,
        _ resource: APIResource,
        operation: String,
        query: [(name: String, value: String)],
        dryRun: Bool
    ) -> Call {
        Call(
            method: method,
            path: resource.path(namespace: object.namespace, name: object.name),
            query: query,
            body: object.value.jsonBytes,
            operation: Self.operation(operation, object.identity, dryRun: dryRun),
            groupKind: resource.groupKind
        )
    }

    private func result(of call: Call) async throws -> WriteResult {
        let (value, response) = try await value(call)
        let warnings = WarningHeader.texts(in: response.headers)
        return WriteResult(
            object: KubernetesObject(value),
            created: response.status == 201,
            warnings: warnings.map { Redaction.serverMessage($0, about: call.groupKind) },
            attempts: response.attempts
        )
    }

    private func requireMatch(_ object: KubernetesObject, _ resource: APIResource) throws {
        guard object.groupVersionKind != resource.groupVersionKind else { return }
        throw KubeClientError(
            .invalidRequest,
            "cannot apply \(object.identity): it is \(object.groupVersionKind), but is sent as \(resource.groupVersionKind)",
            hint: "write \(resource.groupVersionKind.apiVersion) into the manifest"
        )
    }

    private static func withoutManagedFields(_ object: KubernetesObject) -> KubernetesObject {
        guard object.metadata["managedFields"] != nil else { return object }
        var bare = object
        bare.value["metadata"]?["managedFields"] = nil
        return bare
    }

    private var fieldValidation: [(name: String, value: String)] {
        serverVersion?.hasStrictFieldValidation ?? false ? [(name: "fieldValidation", value: "Strict")] : []
    }

    static func dryRun(_ dryRun: Bool) -> [(name: String, value: String)] {
        dryRun ? [(name: "dryRun", value: "All")] : []
    }

    static func operation(_ verb: String, _ identity: ObjectIdentity, dryRun: Bool) -> String {
        "\(verb) \(identity)" + (dryRun ? " (dry run)" : "")
    }
}
