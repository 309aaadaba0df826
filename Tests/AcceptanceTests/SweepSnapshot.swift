import KubeClient
import Resources

/// The application's objects, its neighbours and its records in one namespace, such that two namespaces can be compared.
struct SweepSnapshot: Sendable, Equatable {
    /// By `Kind name`.
    var objects: [String: Value]
    /// The state of each revision, by its number; of one that is pending, the phase too.
    let revisions: [Int: String]
    /// The parts of records that belong to no revision.
    let leftOver: [String]
    /// Who holds the lock; empty for nobody.
    let holder: String

    static func take(of namespace: String, _ client: KubeClient) async throws -> SweepSnapshot {
        var objects: [String: Value] = [:]
        var records: [KubernetesObject] = []
        for resource in [APIResource.configMaps, .secrets, .sweptServices, .sweptDeployments] {
            for object in try await client.list(resource, namespace: namespace).items where !isServers(object) {
                if object.labels["endstate.dev/application"] != nil {
                    records.append(object)
                } else {
                    objects["\(object.kind) \(object.name)"] = try normalised(object, namespace)
                }
            }
        }
        let lease = try await client.get(.sweptLeases, namespace: namespace, name: "endstate.shop")
        let holder = lease?.value[path: "spec", "holderIdentity"]?.string ?? ""
        let (mains, parts) = (records.filter { !isPart($0) }, records.filter(isPart))
        let numbers = Set(mains.map { $0.labels["endstate.dev/revision"] })
        let leftOver = parts.filter { !numbers.contains($0.labels["endstate.dev/revision"]) }.map(\.name)
        return SweepSnapshot(
            objects: objects, revisions: Dictionary(try mains.map(revision)) { $1 }, leftOver: leftOver, holder: holder)
    }

    private static func revision(_ secret: KubernetesObject) throws -> (Int, String) {
        let record = try Value(json: secret.annotations["endstate.dev/record"] ?? "{}")
        let state = record["state"]?.string ?? ""
        let phase = state == "pending" ? " " + (record["phase"]?.string ?? "") : ""
        return (record["number"]?.integer ?? 0, state + phase)
    }

    private static func isPart(_ secret: KubernetesObject) -> Bool { secret.labels["endstate.dev/part"] != nil }

    private static func isServers(_ object: KubernetesObject) -> Bool {
        object.name == "kube-root-ca.crt" || object.value["type"] == "kubernetes.io/service-account-token"
    }

    /// Without what the server and its controllers fill in; with placeholders for what names the namespace.
    private static func normalised(_ object: KubernetesObject, _ namespace: String) throws -> Value {
        var value = object.value
        value["status"] = nil
        value["spec"]?["clusterIP"] = nil
        value["spec"]?["clusterIPs"] = nil
        for field in ["uid", "resourceVersion", "generation", "creationTimestamp", "selfLink"] {
            value["metadata"]?[field] = nil
        }
        value["metadata"]?["annotations"]?["deployment.kubernetes.io/revision"] = nil
        if value[path: "metadata", "annotations"]?.object?.isEmpty ?? false { value["metadata"]?["annotations"] = nil }
        let entries = (object.metadata["managedFields"]?.array ?? [])
            .filter { $0["manager"] != "kube-controller-manager" }
            .map { entry in
                var entry = entry
                entry["time"] = nil
                return entry
            }
        value["metadata"]?["managedFields"] = .array(entries.sorted { $0.json < $1.json })
        var text = value.json.replacing(namespace, with: "NAMESPACE")
        for key in ["id", "part-of"] {
            guard let id = object.labels["applyset.kubernetes.io/\(key)"] else { continue }
            text = text.replacing(id, with: "APPLYSET")
        }
        return try Value(json: text)
    }
}

extension SweepSnapshot {
    /// What is not as in the other one; empty where all objects are the same.
    /// - Parameter withRecord: Whether the record of where members are counts as well.
    func differences(from wanted: SweepSnapshot, withRecord: Bool = true) -> [String] {
        let names = Set(objects.keys).union(wanted.objects.keys).sorted()
            .filter { withRecord || $0 != "Secret endstate.shop" }
        return names.flatMap { name -> [String] in
            switch (objects[name], wanted.objects[name]) {
            case (let found?, let expected?): Self.compare(found, expected, at: name)
            case (nil, _): ["\(name) is lost"]
            case (let found?, nil): ["\(name) should not be there: \(found.json)"]
            }
        }
    }

    private static func compare(_ found: Value, _ expected: Value, at path: String) -> [String] {
        if found == expected { return [] }
        guard let left = found.object, let right = expected.object else {
            return ["\(path) is \(found.json) and not \(expected.json)"]
        }
        return Set(left.keys).union(right.keys).sorted().flatMap { key in
            compare(left[key] ?? .null, right[key] ?? .null, at: "\(path).\(key)")
        }
    }

    /// What is wrong where a run has come to its end: exactly one revision is in force, and none is open.
    /// - Parameter hasLocked: Whether the run had anything to write; else the lock may still name a process that is dead,
    ///   and what was to be deleted from the history may still be there.
    func disorder(hasLocked: Bool = true) -> [String] {
        let states = revisions.values
        var problems = leftOver.map { "\($0) is left over" }
        if hasLocked, !holder.isEmpty { problems.append("the lock is held by \(holder)") }
        if states.contains(where: { $0.hasPrefix("pending") }) { problems.append("one is pending: \(revisions)") }
        if states.count(where: { $0 == "deployed" }) != 1 { problems.append("not one is deployed: \(revisions)") }
        if hasLocked, revisions.count > 4 { problems.append("too many revisions are kept: \(revisions)") }
        return problems
    }

    /// Whether a run that began when the namespace was like the other has applied all that it declares.
    func isCommitted(since other: SweepSnapshot) -> Bool {
        guard let newest = revisions.max(by: { $0.key < $1.key }), other.revisions[newest.key] == nil else {
            return false
        }
        return ["deployed", "pending pruning"].contains(newest.value)
    }

    func withoutForeigners() -> SweepSnapshot {
        var result = self
        for kind in ["ConfigMap", "Service", "Deployment"] { result.objects["\(kind) legacy"] = nil }
        return result
    }
}
