internal import NIOCore
internal import Synchronization

/// Tells all connections that the server is about to end.
final class Drain: Sendable {
    private struct State {
        var hasBegun = false
        var channels: [ObjectIdentifier: any Channel] = [:]
        var waiting: [Int: AsyncStream<Never>.Continuation] = [:]
        var lastNumber = 0
    }

    private let state = Mutex(State())

    /// - Returns: false when it is too late for another connection.
    func add(_ channel: any Channel) -> Bool {
        state.withLock { state in
            if !state.hasBegun { state.channels[ObjectIdentifier(channel)] = channel }
            return !state.hasBegun
        }
    }

    func remove(_ channel: any Channel) {
        state.withLock { _ = $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    func begin() {
        let (channels, waiting) = state.withLock { state in
            defer { state.waiting = [:] }
            state.hasBegun = true
            return (Array(state.channels.values), Array(state.waiting.values))
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        for continuation in waiting { continuation.finish() }
    }

    /// Returns as soon as `begin` has been called, or the task is cancelled.
    func begins() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        let number = state.withLock { state -> Int? in
            guard !state.hasBegun else { return nil }
            state.lastNumber += 1
            state.waiting[state.lastNumber] = continuation
            return state.lastNumber
        }
        guard let number else { return }
        for await _ in stream {}
        state.withLock { _ = $0.waiting.removeValue(forKey: number) }
    }
}
