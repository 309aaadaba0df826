internal import Resources

/// Every kind without a rule of its own: its `Ready` condition decides, else `Available`; what has neither is current.
///
/// `Synced=False`, by which Crossplane and others say that the latest change could not be carried out, comes first:
/// such an object may still be ready as it was before the change.
enum CustomResourceHealth {
    static func assess(_ object: KubernetesObject) -> ObjectHealth {
        if let synced = object.condition("Synced"), synced.isFalse {
            return .inProgress(synced.reason ?? "NotSynced", synced.text(or: "the latest change is not carried out"))
        }
        guard let condition = object.condition("Ready") ?? object.condition("Available") else {
            return .current("Exists", "the object exists")
        }
        let word = condition.type.lowercased()
        if let generation = object.generation, let observed = condition.observedGeneration, observed < generation {
            return .inProgress("LatestGenerationNotObserved", "the controller has not yet seen the latest change")
        }
        return condition.isTrue
            ? .current(condition.type, condition.text(or: "the object is \(word)"))
            : .inProgress(condition.reason ?? "Not\(condition.type)", condition.text(or: "the object is not \(word)"))
    }
}
