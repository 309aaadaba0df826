internal import Dispatch
internal import Glibc
internal import Synchronization

/// Runs a piece of work so that SIGINT, SIGTERM and SIGHUP cancel it, which gives it the time to close cleanly; a second signal
/// ends the process at once.
enum Interruption {
    /// Returns the work's result and the signal that arrived meanwhile, if any.
    /// - Parameters:
    ///   - terminal: Where a person is told that the work is being closed; nil where the work itself tells.
    ///   - onHangup: What SIGHUP does instead of cancelling; must return at once.
    static func run<Success: Sendable>(
        _ terminal: Terminal?, onHangup: (@Sendable () -> Void)? = nil,
        _ work: @escaping @Sendable () async throws -> Success
    ) async -> (result: Result<Success, any Error>, signal: Int32?) {
        let received = Mutex<Int32?>(nil)
        let task = Task { try await work() }
        let queue = DispatchQueue(label: "endstate.signals")
        let sources = ([SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP])).map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if number == SIGHUP, let onHangup { return onHangup() }
                let isSecond = received.withLock { first in
                    defer { first = first ?? number }
                    return first != nil
                }
                if isSecond { _exit(128 + number) }
                terminal?.notes("\ninterrupted: closing cleanly; once more stops at once\n")
                task.cancel()
            }
            source.resume()
            return source
        }
        let result = await task.result
        for source in sources { source.cancel() }
        return (result, received.withLock { $0 })
    }

    /// Whether whoever started the process wants the signal ignored, as `nohup` does.
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        return handler == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
