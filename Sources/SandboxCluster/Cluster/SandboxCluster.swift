package import FoundationEssentials
package import Resources
internal import Synchronization

/// A Kubernetes cluster in this process: an API server, and the controllers, the scheduler and the kubelets behind it.
///
/// Requests are answered without `run()` too, but nothing happens by itself then.
package final class SandboxCluster: SandboxResponder {
    private struct State {
        var api: APIServer
        var controllers: ControllerManager
        var watches = WatchRegister()
        /// By how many seconds the time that the cluster tells is ahead of the clock. All other times here are told ones.
        var offset: TimeInterval = 0
        /// When `run()` comes back by itself.
        var comeback = Date.distantPast

        /// When something happens next by itself.
        var nextDeadline: Date? {
            [controllers.nextDeadline, watches.nextDeadline].compactMap(\.self).min()
        }

        /// The same by the clock; after a jump a millisecond later, since sums are rounded and nothing may come early.
        var clockDeadline: Date? {
            offset == 0 ? nextDeadline : nextDeadline?.addingTimeInterval(0.001 - offset)
        }

        /// Whether there is something to do before `run()` comes back by itself.
        var isWorkDue: Bool { nextDeadline.map { $0 < comeback } ?? false }
    }

    private let state: Mutex<State>
    private let clock: any SandboxClock
    private let journal: (any SandboxJournal)?
    /// Tells `run()` that there may be work.
    private let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// - Parameters:
    ///   - contents: What was kept of an earlier cluster; nil for one with nothing but its namespaces.
    ///   - journal: Where changes are kept; nil where they are not. What the cluster begins with is no change.
    package init(
        settings: SandboxSettings = SandboxSettings(), clock: any SandboxClock = WallClock(),
        contents: SandboxContents? = nil, journal: (any SandboxJournal)? = nil
    ) {
        self.clock = clock
        self.journal = journal
        var api = APIServer(
            version: settings.version, now: clock.now,
            store: contents.map { ObjectStore(version: $0.version, objects: $0.objects) } ?? ObjectStore())
        api.checksServiceRanges = settings.checksServiceRanges
        var controllers = ControllerManager(settings: settings.controllers)
        for object in api.store.allObjects { controllers.note(ObjectChange(.added, object)) }
        if contents == nil { settings.populate(&api) }
        state = Mutex(State(api: api, controllers: controllers))
        state.withLock { Self.distribute(&$0, to: nil, clock.now) }
    }

    package func respond(to request: SandboxRequest) async -> SandboxResponse {
        let (response, isWorkDue) = state.withLock { state in
            let now = clock.now.addingTimeInterval(state.offset)
            state.api.now = now
            let response =
                switch state.api.answer(request) {
                case .response(let response): response
                case .watch(let settings): state.watches.open(settings)
                }
            Self.distribute(&state, to: journal, now)
            return (response, state.isWorkDue)
        }
        if isWorkDue { wake.yield() }
        return response
    }

    /// The cluster as it is, to be kept or looked at.
    package var contents: SandboxContents {
        state.withLock { SandboxContents(version: $0.api.store.version, objects: $0.api.store.allObjects) }
    }

    /// Puts objects in as if they had always been there, without defaults, validation or admission.
    package func load(_ objects: [KubernetesObject]) {
        state.withLock { state in
            state.api.load(objects)
            Self.distribute(&state, to: journal, clock.now.addingTimeInterval(state.offset))
        }
        wake.yield()
    }

    /// Forgets the changes so far: watches that begin before now get 410.
    package func forgetChanges() {
        state.withLock { state in
            state.api.store.compact()
            state.watches.closeAll()
        }
    }

    /// Hands changes to everyone who wants to hear of them.
    private static func distribute(_ state: inout State, to journal: (any SandboxJournal)?, _ now: Date) {
        for entry in state.api.store.takeChanges() {
            journal?.append(entry)
            state.watches.tell(entry, now)
            state.controllers.note(
                ObjectChange(entry.change, entry.object.object, earlier: entry.earlier?.object))
        }
    }
}

// MARK: time
extension SandboxCluster {
    /// How many items of work are done before requests get their turn.
    private static let stepsInARow = 4

    /// Runs the controllers until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            if work() {
                await Task.yield()
            } else {
                await pause()
            }
        }
    }

    /// Returns when there may be work.
    private func pause() async {
        // A group for each pause: one that was cancelled starts no further sleep.
        await withTaskGroup(of: Void.self) { group in
            let deadline = state.withLock { state in
                state.comeback = state.nextDeadline ?? .distantFuture
                return state.clockDeadline
            }
            if let deadline {
                let (clock, wake) = (clock, wake)
                group.addTask {
                    do { try await clock.sleep(until: deadline) } catch { return }
                    wake.yield()
                }
            }
            for await _ in wakes { break }
            group.cancelAll()
        }
    }

    /// Does all that is due, and moves the time on whenever nothing is, until the limit.
    package func settle(_ clock: SteppedSandboxClock, until limit: Date) {
        while true {
            if work() { continue }
            guard let next = nextDeadline, next <= limit else { break }
            clock.move(to: next)
        }
        clock.move(to: limit)
        _ = work()
    }

    /// Does some of what the controllers have to do now.
    /// - Returns: Whether there was anything to do.
    package func work() -> Bool {
        state.withLock { state in
            let now = clock.now.addingTimeInterval(state.offset)
            state.api.now = now
            for done in 0..<Self.stepsInARow {
                guard state.controllers.step(&state.api) else {
                    state.watches.keepAlive(state.api.store.version, now)
                    return done > 0
                }
                Self.distribute(&state, to: journal, now)
            }
            return true
        }
    }

    /// When something happens next by itself, by the clock.
    package var nextDeadline: Date? { state.withLock { $0.clockDeadline } }

    /// No time that the cluster tells is further than that from the clock's: years keep four digits.
    private static let farthestJump: TimeInterval = 100 * 366 * 86_400

    /// Sets the time that the cluster tells, forward or back. What is waited for comes after the same time as without
    /// the jump, but for what controllers reckon from the times of objects.
    package func jump(by duration: Duration) {
        state.withLock { state in
            let former = state.offset
            state.offset = min(max(former + duration.seconds, -Self.farthestJump), Self.farthestJump)
            let seconds = state.offset - former
            state.comeback.addTimeInterval(seconds)
            state.controllers.shift(by: seconds)
            state.watches.shift(by: seconds)
        }
    }
}
