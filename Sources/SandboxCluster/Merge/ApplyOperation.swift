internal import Resources

/// One server-side apply.
struct ApplyOperation {
    let merge: ObjectMerge
    let applied: Value
    let manager: String
    let force: Bool
    let subresource: String
    let time: String

    private var schema: MergeSchema { merge.schema }
    private var place: MergeType { merge.place }
    private var current: FieldManager {
        FieldManager(manager, isApplier: true, apiVersion: "", subresource: subresource)
    }
    private var apiVersion: String { merge.apiVersion(of: applied) }

    func result(live: Value?) throws(APIStatus) -> Value {
        try checkVersion()
        let stored = try storedOwners(live)
        let owners = merge.reconciled(stored, with: live ?? [:])
        let before = (live ?? merge.emptyObject(like: applied)).withManagedFields([])
        let problems = schema.problems(of: applied, place)
        if !problems.isEmpty { throw failure("failed to create typed patch object", applied, problems) }
        let liveProblems = live.map(merge.isChecked) == true ? [] : schema.problems(of: before, place)
        if !liveProblems.isEmpty { throw failure("failed to create typed live object", before, liveProblems) }
        var (object, after, comparison) = merged(into: before, owners)
        let conflicts = force ? [] : try self.conflicts(comparison, owners, before)
        if !conflicts.isEmpty { throw .applyConflict(conflicts) }
        merge.settle(&after, comparison, except: current)
        stripAndTime(&after, stored, isSame: comparison.isSame)
        if comparison.isSame { object = before }
        if comparison.isSame, after == stored, let live, live.managedFieldsList.count == stored.count { return live }
        return LastApplied.refreshed(in: object, by: manager, applied).withManagedFields(after.managedFields)
    }

    private func checkVersion() throws(APIStatus) {
        if let expected = merge.kind?.apiVersion, let found = applied["apiVersion"]?.string, found != expected {
            throw APIStatus(
                code: 400, reason: "BadRequest",
                message: "Incorrect version specified in apply patch. Specified patch version: \(found), "
                    + "expected: \(expected)")
        }
        if applied["metadata"]?["managedFields"]?.array != nil {
            throw APIStatus(code: 400, reason: "BadRequest", message: "metadata.managedFields must be nil")
        }
    }

    /// Who owns what before; of objects that nobody has been recorded for, all belongs to one updater of that name.
    private func storedOwners(_ live: Value?) throws(APIStatus) -> Owners {
        guard let live else { return [:] }
        guard var owners = Owners(managedFields: live.managedFieldsList, isOwn: true) else {
            throw .mergeFailure("failed to decode managed fields: failed to convert managed fields from API")
        }
        owners = merge.served(owners)
        if !live.managedFieldsList.isEmpty { return owners }
        let updater = FieldManager(
            "before-first-apply", isApplier: false, apiVersion: apiVersion, subresource: subresource)
        do throws(APIStatus) {
            try merge.record(
                from: merge.emptyObject(like: applied), to: live, in: &owners, as: updater, time: time)
        } catch {
            throw .mergeFailure("failed to create manager for existing fields: \(error.message)")
        }
        return owners
    }

    /// The object with what is applied and without what isn't any more; the owners with the new set of the current one.
    private func merged(into before: Value, _ owners: Owners) -> (object: Value, owners: Owners, Comparison) {
        var set = schema.fieldSet(of: applied, place)
        let ignored = merge.resetFields(subresource)
        if let ignored { set = set.subtractingTrees(ignored) }
        var after = owners
        after[current] = OwnedFields(set, apiVersion: apiVersion, time: owners[current]?.time)
        let result = schema.merging(applied, into: before, place)
        var object = result.value
        var comparison = Comparison(result.difference)
        if let last = owners[current], last.apiVersion != apiVersion || !last.set.isSubset(of: set) {
            object = pruned(object, last, after)
            comparison = schema.comparison(of: before, with: object, place)
        }
        if let ignored { comparison.exclude(ignored) }
        return (object, after, comparison)
    }

    /// Removes what the current manager applied before, doesn't apply any more and nobody else owns (`Updater.prune`).
    private func pruned(_ object: Value, _ last: OwnedFields, _ owners: Owners) -> Value {
        let lastSet = schema.withNamedFields(last.set, place)
        let all = schema.fieldSet(of: object, place, isNamed: true)
        let owned = schema.withNamedFields(owners.values.reduce(FieldTree()) { $0.union($1.set) }, place)
        var rest = schema.removing(lastSet, from: object, place)
        // What others own comes back, and with it what it is in.
        let kept = schema.fieldSet(of: rest, place, isNamed: true).union(owned)
        rest = schema.removing(all.subtracting(kept), from: object, place)
        // So does what nobody owned.
        let remaining = schema.fieldSet(of: rest, place, isNamed: true)
        return schema.removing(all.subtracting(remaining).intersection(lastSet), from: object, place)
    }

    /// The conflicts with other managers, in their order; those that an annotation of `kubectl apply` explains don't count.
    private func conflicts(_ comparison: Comparison, _ owners: Owners, _ live: Value) throws(APIStatus)
        -> [ApplyConflict]
    {
        let changed = comparison.changed
        if changed.isEmpty { return [] }
        var found: [ApplyConflict] = []
        for manager in owners.keys.sorted(by: { $0.identifier < $1.identifier }) where manager != current {
            let common = owners[manager]?.set.intersection(changed) ?? FieldTree()
            found += ServerPaths(of: common, schema.version).paths.map { ApplyConflict(manager: manager, path: $0) }
        }
        if found.isEmpty || manager != LastApplied.manager { return found }
        let allowed = LastApplied.fields(of: live, schema, place, apiVersion: apiVersion)
        return found.filter { !(allowed?.contains($0.path) ?? false) }
    }

    /// Leaves out what is nobody's, and sets the time where anything changed.
    private func stripAndTime(_ after: inout Owners, _ before: Owners, isSame: Bool) {
        guard var own = after[current] else { return }
        own.set = own.set.subtracting(.neverOwned)
        after[current] = own.set.isEmpty ? nil : own
        guard !own.set.isEmpty else { return }
        if let earlier = before[current], earlier.set == own.set, earlier.apiVersion == own.apiVersion {
            // The entry as it stands, text and all.
            after[current] = earlier
        }
        if !isSame || after != before { after[current]?.time = time }
    }

    private func failure(_ what: String, _ object: Value, _ problems: [TypedProblem]) -> APIStatus {
        var what = what
        if schema.version.namesObjectsInMergeErrors {
            let name = object["metadata"]?["name"]?.string ?? ""
            let namespace = object["metadata"]?["namespace"]?.string ?? ""
            let kind = GroupVersionKind(apiVersion: apiVersion, kind: applied["kind"]?.string ?? "")
            what += " (\(namespace)/\(name); \(kind.goText))"
        }
        return .mergeFailure("\(what): \(TypedProblem.message(problems))")
    }
}
