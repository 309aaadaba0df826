package import FoundationEssentials
internal import Resources

/// The control plane's loops, the scheduler and the kubelets of a sandbox: a value that does one item of work at a
/// time.
///
/// It reads no clock and starts nothing: everything goes by `ControllerAccess.now`, and equal changes in equal order
/// make equal work. Who holds it tells it of every change, lets it step until nothing is due, and comes back at
/// `nextDeadline`.
package struct ControllerManager: Sendable {
    private var controllers: [any Controller]
    private let watchers: [GroupKind: [Int]]
    private let allWatchers: [Int]
    private var queue: WorkQueue
    private var events = EventRecorder()

    package init(settings: ControllerSettings = ControllerSettings()) {
        let all = Self.all(settings)
        var watchers: [GroupKind: [Int]] = [:]
        for (index, controller) in all.enumerated() {
            for kind in controller.watched ?? [] { watchers[kind, default: []].append(index) }
        }
        controllers = all
        self.watchers = watchers
        allWatchers = all.indices.filter { all[$0].watched == nil }
        queue = WorkQueue(levels: controllers.map(\.level))
    }

    /// Takes note of a change. The objects of a cluster that was kept come as additions, in any order.
    package mutating func note(_ change: ObjectChange) {
        let change = NotedChange(change)
        if change.identity.groupKind == Kinds.event { return events.note(change) }
        for index in (watchers[change.identity.groupKind] ?? []) + allWatchers {
            for key in controllers[index].keys(for: change) { queue.add(WorkItem(controller: index, key: key)) }
        }
    }

    /// Does one item of work that is due.
    /// - Returns: Whether there was one.
    package mutating func step(_ api: inout some ControllerAccess) -> Bool {
        guard let item = queue.next(at: api.now) else { return false }
        do throws(APIStatus) {
            let again = try controllers[item.controller].reconcile(item.key, &api, &events)
            queue.finish(item, again: again, now: api.now)
        } catch {
            queue.retry(item, now: api.now)
        }
        return true
    }

    /// Moves all times that are waited for, because `ControllerAccess.now` has jumped by so much.
    mutating func shift(by seconds: TimeInterval) {
        queue.shift(by: seconds)
        for index in controllers.indices { controllers[index].shift(by: seconds) }
    }

    /// When there is work next, if nothing changes meanwhile: in the distant past where it is due now, nil where only
    /// changes are waited for.
    package var nextDeadline: Date? { queue.nextDeadline }

    private static func all(_ settings: ControllerSettings) -> [any Controller] {
        [
            CustomResourceDefinitionController(), NamespaceDefaultsController(certificate: settings.certificate),
            NodeLifecycleController(), VolumeBindingController(provisioners: settings.provisioners),
            EphemeralVolumeController(), SchedulerController(), KubeletController(settings: settings),
            ReplicaSetController(), ReplicaSetController(Kinds.replicationController), StatefulSetController(),
            DaemonSetController(), JobController(), DeploymentController(), CronJobController(),
            VolumeProtectionController(), LoadBalancerController(), EndpointsController(), EndpointSliceController(),
            DisruptionController(), AutoscalerController(), QuotaController(), GarbageCollector(),
            NamespaceController(), APIServiceController(),
        ]
    }
}
