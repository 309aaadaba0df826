internal import Resources

extension ObjectMerge {
    /// Takes fields that a change touched away from who owned them (`Updater.update`).
    ///
    /// - Parameter current: the manager whose fields are as they should be already.
    func settle(_ owners: inout Owners, _ comparison: Comparison, except current: FieldManager?) {
        if comparison.isSame { return }
        let lost = comparison.changed.union(comparison.removed)
        for (manager, fields) in owners where manager != current {
            let rest = fields.set.subtracting(lost)
            owners[manager]?.set = rest
            if rest.isEmpty { owners[manager] = nil }
        }
    }

    /// Records a change as the manager's (`managedFieldsUpdater.Update`, `Updater.Update`, `capManagersManager.Update`).
    func record(
        from before: Value, to after: Value, in owners: inout Owners, as manager: FieldManager, time: String
    ) throws(APIStatus) {
        try check(after, "failed to convert new object")
        let former = owners[manager]
        owners = reconciled(owners, with: before)
        var comparison = schema.comparison(of: before, with: after, place)
        if let ignored = resetFields(manager.subresource) { comparison.exclude(ignored) }
        settle(&owners, comparison, except: nil)
        let own = comparison.changed.subtracting(.neverOwned)
        if !own.isEmpty {
            let set = owners[manager]?.set.union(own) ?? own
            var fields = owners[manager] ?? OwnedFields(set, apiVersion: apiVersion(of: after), time: former?.time)
            fields.set = set
            if version.timesValueChanges || former?.set != set { fields.time = time }
            owners[manager] = fields
        }
        owners.cap()
    }

    /// Whether the object was found to fit its type when its managers were written; the types of Kubernetes' own kinds
    /// stay as they are.
    func isChecked(_ object: Value) -> Bool {
        if case .reference = place.type.shape { !object.managedFieldsList.isEmpty } else { false }
    }

    func check(_ object: Value, _ what: String) throws(APIStatus) {
        let problems = schema.problems(of: object, place)
        if problems.isEmpty { return }
        let kind = GroupVersionKind(apiVersion: apiVersion(of: object), kind: object["kind"]?.string ?? "")
        throw .mergeFailure("\(what) (\(kind.goText)) to smd typed: \(TypedProblem.message(problems))")
    }

    /// The owners after changes of the type.
    func reconciled(_ owners: Owners, with object: Value) -> Owners {
        switch place.type.shape {
        case .untyped: return owners
        // The types of Kubernetes' own kinds stay as they are.
        case .reference where !version.dividesFieldSets: return owners
        default: break
        }
        var result = owners
        for (manager, fields) in owners {
            result[manager]?.set = schema.reconciled(fields.set, with: object, place)
        }
        return result
    }

    /// What a write can't change, because the resource's strategy resets it: nil before 1.22.
    func resetFields(_ subresource: String) -> FieldTree? {
        guard hasStatus, version.ignoresResetFields else { return nil }
        return subresource == "status" ? FieldTree(paths: [["spec"]]) : FieldTree(paths: [["status"]])
    }

    /// What an object is to Go before anything is set: fields that are always written have their zero values.
    func emptyObject(like object: Value) -> Value {
        let kind = object["kind"]?.string ?? ""
        var empty: Value = [:]
        if case .reference = place.type.shape { empty = schema.declared(EmptyObjects.value(of: kind), place) }
        empty["apiVersion"] = object["apiVersion"]
        empty["kind"] = object["kind"]
        return empty
    }
}

extension FieldTree {
    /// What has no owner: it tells which object it is, or is the server's (`stripmeta.go`).
    static let neverOwned = FieldTree(
        paths: [["apiVersion"], ["kind"], ["metadata"]]
            + [
                "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation",
                "managedFields", "resourceVersion",
            ].map { ["metadata", $0] })
}

extension Owners {
    private static let mostUpdaters = 10

    /// Puts the oldest updates together, so that no more than ten remain (`capmanagers.go`).
    mutating func cap() {
        var updaters = keys.filter { !$0.isApplier }
        if updaters.count <= Self.mostUpdaters { return }
        updaters.sort { left, right in
            let times = (self[left]?.time ?? "", self[right]?.time ?? "")
            return times.0 == times.1 ? left.identifier < right.identifier : times.0 < times.1
        }
        var count = updaters.count
        var first: [String: FieldManager] = [:]
        for updater in updaters where count > Self.mostUpdaters {
            guard let fields = self[updater] else { continue }
            guard let earliest = first[fields.apiVersion] else {
                first[fields.apiVersion] = updater
                continue
            }
            merge(updater, fields, with: earliest)
            count -= 1
        }
    }

    private mutating func merge(_ updater: FieldManager, _ fields: OwnedFields, with earliest: FieldManager) {
        let bucket = FieldManager("ancient-changes", isApplier: false, apiVersion: fields.apiVersion, subresource: "")
        if self[bucket] == nil { self[bucket] = removeValue(forKey: earliest) }
        self[updater] = nil
        let former = self[bucket]?.set ?? FieldTree()
        self[bucket]?.set = fields.set.union(former)
        self[bucket]?.time = fields.time
    }
}

extension GroupVersionKind {
    /// `apps/v1, Kind=Deployment`.
    var goText: String { "\(group)/\(version), Kind=\(kind)" }
}

extension APIStatus {
    /// What the server answers to errors that it has no status for.
    static func mergeFailure(_ message: String) -> APIStatus { APIStatus(code: 500, reason: "", message: message) }
}
