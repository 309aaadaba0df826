internal import Planning
internal import Resources
internal import SandboxCluster

/// On a twin, only Kubernetes' own controllers are played: what others would have to do is taken out of the objects, and
/// named where the plan depends on it.
extension TwinContents {
    mutating func adapt(to plan: Plan) {
        forgetUnknownOwners()
        dropFinalizers(plan)
        forgetAddresses(plan)
        forgetVerdicts(plan)
    }

    /// An owner that was not read is not gone: its dependents must not be collected as garbage.
    private mutating func forgetUnknownOwners() {
        let known = Set(objects.compactMap(\.uid))
        for index in objects.indices {
            guard let references = objects[index].metadata["ownerReferences"]?.array else { continue }
            let kept = references.filter { known.contains($0["uid"]?.string ?? "") }
            if kept.count == references.count { continue }
            objects[index].value["metadata"]?["ownerReferences"] = kept.isEmpty ? nil : .array(kept)
        }
    }

    /// What only such a finalizer still holds is as good as gone.
    private mutating func dropFinalizers(_ plan: Plan) {
        let leaving = Set(plan.changes.filter { [.delete, .replace].contains($0.action) }.map(\.identity))
        for index in objects.indices {
            let object = objects[index]
            let finalizers = (object.metadata["finalizers"]?.array ?? []).compactMap(\.string)
            let kept = finalizers.filter(SandboxFinalizers.served.contains)
            if kept.count == finalizers.count { continue }
            objects[index].value["metadata"]?["finalizers"] = kept.isEmpty ? nil : .array(kept.map(Value.string))
            guard leaving.contains(object.identity) else { continue }
            let dropped = finalizers.filter { !kept.contains($0) }.abbreviated()
            doubts.append("nobody plays who removes finalizers of \(object.identity): it goes without \(dropped)")
        }
        objects.removeAll(where: Self.isGone)
    }

    private static func isGone(_ object: KubernetesObject) -> Bool {
        object.isBeingDeleted && object.kind != "Namespace" && object.metadata["finalizers"] == nil
            && object.metadata["deletionGracePeriodSeconds"]?.integer ?? 0 == 0
    }

    /// Who sees an Ingress with an address waits for one of each Ingress of its class.
    private mutating func forgetAddresses(_ plan: Plan) {
        var hadAddress = false
        for index in objects.indices where objects[index].kind == "Ingress" {
            let balancer = objects[index].value[path: "status", "loadBalancer"]
            guard balancer?["ingress"]?.array?.isEmpty == false else { continue }
            hadAddress = true
            objects[index].value["status"]?["loadBalancer"] = [:]
        }
        let isWritten = plan.changes.contains { $0.action.isWrite && $0.identity.groupKind.kind == "Ingress" }
        guard hadAddress, isWritten else { return }
        doubts.append("nobody plays the controllers of Ingresses: that they get an address is taken for granted")
    }

    /// What was said of a custom resource before it changed says nothing of it later.
    private mutating func forgetVerdicts(_ plan: Plan) {
        let kinds = Self.definedKinds(in: objects + plan.changes.compactMap(\.desired))
        for index in objects.indices where kinds.contains(objects[index].identity.groupKind) {
            for field in ["observedGeneration", "conditions"] { objects[index].value["status"]?[field] = nil }
        }
        let waitedFor = plan.graph.nodes.compactMap(\.identity).filter { kinds.contains($0.groupKind) }
        if waitedFor.isEmpty { return }
        doubts.append(
            "nobody plays the controllers of custom resources: the health of "
                + "\(waitedFor.sorted().map(\.description).abbreviated()) is taken for granted")
    }

    private static func definedKinds(in objects: [KubernetesObject]) -> Set<GroupKind> {
        Set(
            objects.filter { $0.identity.groupKind == TwinReader.definition }.map { definition in
                let spec = definition.value["spec"]
                return GroupKind(
                    group: spec?["group"]?.string ?? "", kind: spec?[path: "names", "kind"]?.string ?? "")
            })
    }
}
