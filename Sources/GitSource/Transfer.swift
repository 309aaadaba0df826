import CLibGit2
import Dispatch
import Glibc
import Synchronization

/// One piece of blocking work: whether it may go on, and the means to stop it wherever it blocks.
final class Transfer: Sendable {
    /// Why the work has to stop.
    enum Stop: Sendable, Hashable {
        case cancelled
        /// Nothing was received for this long.
        case idle(Duration)
        case deadline(Duration)
    }

    private struct State {
        var stop: Stop?
        /// The more exact reason that a callback had for failing.
        var failure: GitSourceError?
        var socket: Int32?
        var start: ContinuousClock.Instant
        var lastActivity: ContinuousClock.Instant
    }

    private let state: Mutex<State>
    private let idleTimeout: Duration
    private let totalTimeout: Duration

    init(idleTimeout: Duration, totalTimeout: Duration) {
        state = Mutex(State(start: .now, lastActivity: .now))
        self.idleTimeout = idleTimeout
        self.totalTimeout = totalTimeout
    }

    /// Stops the work for the first reason given: a call that waits for the network returns at once.
    func stop(_ reason: Stop) {
        state.withLock { state in
            guard state.stop == nil else { return }
            state.stop = reason
            if let socket = state.socket { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Remembers why a callback fails; libgit2 itself only passes a number on.
    func fail(_ error: GitSourceError) {
        state.withLock { $0.failure = $0.failure ?? error }
    }

    var isStopped: Bool { state.withLock { $0.stop != nil } }
    var failure: GitSourceError? { state.withLock { $0.failure } }

    /// - Throws: `CancellationError`, or ``GitSourceError`` with code `timedOut`.
    func checkStop(_ doing: @autoclosure () -> String) throws {
        switch state.withLock({ $0.stop }) {
        case nil: return
        case .cancelled: throw CancellationError()
        case .idle(let limit):
            throw GitSourceError(.timedOut, doing(), cause: "nothing was received for \(limit.formattedSeconds)")
        case .deadline(let limit):
            throw GitSourceError(.timedOut, doing(), cause: "it took longer than \(limit.formattedSeconds)")
        }
    }

    /// As ``checkStop(_:)``, for work that waits for others and is not watched meanwhile.
    func checkWaiting(_ doing: @autoclosure () -> String) throws {
        if state.withLock({ ContinuousClock.now - $0.start }) >= totalTimeout {
            throw GitSourceError(
                .timedOut, doing(),
                cause: "others have used the git cache for more than \(totalTimeout.formattedSeconds)")
        }
        try checkStop(doing())
    }

    // MARK: The connection

    /// Takes note of the socket in use, so that stopping can shut it down.
    ///
    /// - Returns: false when the work was stopped meanwhile.
    func use(socket: Int32) -> Bool {
        state.withLock { state in
            state.socket = socket
            state.lastActivity = .now
            return state.stop == nil
        }
    }

    /// Closes the socket in use; nothing can shut down another one that gets its number.
    func close(socket: Int32) {
        state.withLock { state in
            if state.socket == socket { state.socket = nil }
            Glibc.close(socket)
        }
    }

    func noteActivity() {
        state.withLock { $0.lastActivity = .now }
    }

    // MARK: Time

    /// Runs the body and stops it when it is idle or takes too long, counted from here on.
    func watched<Result>(_ body: () throws -> Result) rethrows -> Result {
        state.withLock { state in
            state.start = .now
            state.lastActivity = .now
        }
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "endstate.git.watch"))
        let interval = min(idleTimeout / 4, totalTimeout / 4, .milliseconds(500))
        timer.schedule(deadline: .now(), repeating: .nanoseconds(Int(interval / .nanoseconds(1))))
        timer.setEventHandler { [self] in checkTime() }
        timer.activate()
        defer { timer.cancel() }
        return try body()
    }

    private func checkTime() {
        let now = ContinuousClock.now
        let (total, idle) = state.withLock { state in
            // A socket that was stopped just before it began to connect is stopped here.
            if state.stop != nil, let socket = state.socket { shutdown(socket, Int32(SHUT_RDWR)) }
            let sinceCall = now - state.lastActivity
            let idle = state.socket.flatMap(Self.sinceLastReceived).map { min($0, sinceCall) } ?? sinceCall
            return (now - state.start, idle)
        }
        if total >= totalTimeout { return stop(.deadline(totalTimeout)) }
        if idle >= idleTimeout { stop(.idle(idleTimeout)) }
    }

    /// How long ago the kernel received data on a connection: libssh2 reads its socket without telling anyone.
    private static func sinceLastReceived(_ socket: Int32) -> Duration? {
        var info = tcp_info()
        var size = socklen_t(MemoryLayout<tcp_info>.size)
        guard getsockopt(socket, Int32(IPPROTO_TCP), TCP_INFO, &info, &size) == 0 else { return nil }
        return .milliseconds(Int64(info.tcpi_last_data_recv))
    }
}

extension Duration {
    /// Seconds for people: `60 s`, `0.25 s`.
    var formattedSeconds: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        let whole = milliseconds / 1000
        let rest = milliseconds % 1000
        guard rest > 0 else { return "\(whole) s" }
        var digits = String(1000 + rest).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits) s"
    }
}
