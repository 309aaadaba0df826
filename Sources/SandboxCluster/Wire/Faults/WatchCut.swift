internal import Resources
internal import Synchronization

/// Ends a watch after some of its events.
struct WatchCut {
    let fault: FaultRule.Fault
    let events: Int

    /// The event that tells a watcher to list anew.
    static let expiry: [UInt8] = {
        let status = APIStatus(code: 410, reason: "Expired", message: "too old resource version: 1 (2)")
        return (["type": "ERROR", "object": status.value] as Value).jsonBytes + [UInt8(ascii: "\n")]
    }()

    /// The response with its stream cut short; one that is no watch stays as it is.
    func applied(to response: SandboxResponse) -> SandboxResponse {
        guard case .chunks(let chunks) = response.body else { return response }
        var last: [UInt8]?
        if case .watchExpired = fault { last = Self.expiry }
        let cut = Self.cut(chunks, after: events, last: last)
        var response = response
        if case .watchBroken = fault { response.body = .brokenChunks(cut) } else { response.body = .chunks(cut) }
        return response
    }

    /// As many lines as there shall be events, whatever the chunks they come in, and then `last`.
    private static func cut(_ chunks: AsyncStream<[UInt8]>, after events: Int, last: [UInt8]?) -> AsyncStream<[UInt8]> {
        let progress = Mutex(Progress(missing: events, last: last))
        return AsyncStream(unfolding: {
            // An iterator can't be kept between the calls, but all iterators of a stream take from the same buffer.
            var iterator = chunks.makeAsyncIterator()
            while true {
                switch progress.withLock({ $0.end() }) {
                case .notYet: break
                case .last(let chunk): return chunk
                case .over: return nil
                }
                guard let chunk = await iterator.next() else { return nil }
                let part = progress.withLock { $0.take(chunk) }
                if !part.isEmpty { return part }
            }
        })
    }

    private struct Progress {
        var missing: Int
        var last: [UInt8]?

        enum End {
            case notYet
            case last([UInt8])
            case over
        }

        mutating func end() -> End {
            guard missing == 0 else { return .notYet }
            guard let last else { return .over }
            self.last = nil
            return .last(last)
        }

        /// The part of the chunk up to the end of the last event.
        mutating func take(_ chunk: [UInt8]) -> [UInt8] {
            for (index, byte) in chunk.enumerated() where byte == UInt8(ascii: "\n") {
                missing -= 1
                if missing == 0 { return Array(chunk[...index]) }
            }
            return chunk
        }
    }
}
