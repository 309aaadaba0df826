internal import FoundationEssentials
internal import Resources

/// Which pods go first when there are too many (`ActivePodsWithRanks` in pkg/controller/controller_utils.go).
enum PodRanking {
    static func firstToGo(_ pods: [KubernetesObject], count: Int) -> [KubernetesObject] {
        guard count > 0 else { return [] }
        if count >= pods.count { return pods }
        let crowds = Dictionary(grouping: pods, by: \.nodeName).mapValues(\.count)
        return pods.map { Rank($0, crowd: crowds[$0.nodeName] ?? 0) }.sorted { $0.isBefore($1) }
            .prefix(count).map(\.pod)
    }

    private struct Rank {
        let pod: KubernetesObject
        /// Smaller ones go first: no node, an early phase, not ready, a low cost, a crowded node.
        private let order: [Int]
        private let readySince: Date
        private let restarts: Int

        init(_ pod: KubernetesObject, crowd: Int) {
            self.pod = pod
            let phase = ["Pending": 0, "Unknown": 1][pod.phase] ?? 2
            let cost = pod.annotations["controller.kubernetes.io/pod-deletion-cost"].flatMap { Int($0) } ?? 0
            order = [pod.nodeName.isEmpty ? 0 : 1, phase, pod.isReadyPod ? 1 : 0, cost, -crowd]
            readySince =
                pod.isReadyPod ? pod.condition("Ready")?["lastTransitionTime"]?.instant ?? .distantPast : .distantPast
            restarts = pod.restarts
        }

        func isBefore(_ other: Rank) -> Bool {
            for (left, right) in zip(order, other.order) where left != right { return left < right }
            if readySince != other.readySince { return readySince > other.readySince }
            if restarts != other.restarts { return restarts > other.restarts }
            if pod.created != other.pod.created { return pod.created > other.pod.created }
            return pod.name < other.pod.name
        }
    }
}
