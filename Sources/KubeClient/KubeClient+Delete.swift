import Resources

/// What becomes of the objects that a deleted one owns.
package enum PropagationPolicy: String, Hashable, Sendable {
    case foreground = "Foreground"
    case background = "Background"
}

/// What must be true of an object for it to be deleted.
package struct DeletePreconditions: Hashable, Sendable {
    package var uid: String?
    package var resourceVersion: String?

    package init(uid: String? = nil, resourceVersion: String? = nil) {
        self.uid = uid
        self.resourceVersion = resourceVersion
    }
}

/// What a deletion has led to so far.
package enum DeleteOutcome: Hashable, Sendable {
    /// The object is gone.
    case gone
    /// It was not there to begin with, or an earlier try whose answer was lost has removed it.
    case absent
    /// The object waits for its finalizers or for its grace period.
    case terminating
}

extension KubeClient {
    /// Deletes the object if the preconditions hold.
    /// - Throws: `APIError` with `isConflict` where a precondition does not hold.
    package func delete(
        _ resource: APIResource,
        namespace: String? = nil,
        name: String,
        preconditions: DeletePreconditions = DeletePreconditions(),
        propagation: PropagationPolicy = .background,
        gracePeriodSeconds: Int? = nil
    ) async throws -> DeleteOutcome {
        var options: Value = [
            "apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": .string(propagation.rawValue),
        ]
        if preconditions != DeletePreconditions() {
            options["preconditions"] = [:]
            options["preconditions"]?["uid"] = preconditions.uid.map(Value.string)
            options["preconditions"]?["resourceVersion"] = preconditions.resourceVersion.map(Value.string)
        }
        options["gracePeriodSeconds"] = gracePeriodSeconds.map { .integer(Int64($0)) }
        let identity = resource.identity(namespace: namespace, name: name)
        var call = Call(
            method: .delete,
            path: resource.path(namespace: namespace, name: name),
            body: options.jsonBytes,
            operation: "delete \(identity)",
            groupKind: resource.groupKind
        )
        // Without a UID, a second try could hit an object that was created in between.
        call.isIdempotent = preconditions.uid != nil
        do {
            let outcome = Self.outcome(try await value(call).value)
            // Up to Kubernetes 1.22 or so the answer about a Service is a `Status` whatever holds it.
            let isUncertain = propagation == .foreground && resource.groupKind == GroupKind(group: "", kind: "Service")
            return isUncertain ? .terminating : outcome
        } catch let error as APIError where error.isNotFound {
            return .absent
        }
    }

    /// A `Status` means that the object is gone; the object itself, that something still holds it.
    private static func outcome(_ answer: Value) -> DeleteOutcome {
        let object = KubernetesObject(answer)
        return object.isBeingDeleted && object.kind != "Status" ? .terminating : .gone
    }
}
