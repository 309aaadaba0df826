internal import NIOCore
internal import SandboxCluster

/// Answers the requests of one connection, one after the other.
struct ConnectionService: Sendable {
    typealias Writer = NIOAsyncChannelOutboundWriter<Outgoing>

    let responder: any SandboxResponder
    let drain: Drain

    /// What is sent at once; more of it waits until the peer has taken what came before.
    private static let partLength = 64 << 10

    /// Returns when the connection has ended; a request that is being answered then is cancelled.
    func serve(_ channel: any Channel) async {
        guard drain.add(channel) else { return channel.close(promise: nil) }
        defer { drain.remove(channel) }
        // A connection fails for its client alone, and nobody else can do anything about it.
        try? await connection(channel).executeThenClose { requests, writer in
            try await channel.setOption(.autoRead, value: true).get()
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    try? await answer(requests, writer, channel.eventLoop)
                    channel.close(promise: nil)
                }
                group.addTask { try? await channel.closeFuture.get() }
                await group.next()
                group.cancelAll()
            }
        }
    }

    /// One request waits at most while another is being answered; then nothing more is read.
    private func connection(_ channel: any Channel) async throws -> NIOAsyncChannel<Incoming, Outgoing> {
        try await channel.eventLoop.submit {
            try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 1)))
        }.get()
    }

    private func answer(
        _ requests: NIOAsyncChannelInboundStream<Incoming>, _ writer: Writer, _ loop: any EventLoop
    ) async throws {
        for try await incoming in requests {
            switch incoming {
            case .refused(let response): try await send(response, writer, loop)
            case .request(let request):
                var response = await responder.respond(to: request)
                // The head is all that is asked for: nobody would end the stream.
                if request.method == "HEAD", case .chunks = response.body { response.body = .bytes([]) }
                try await send(ResponseCompression.applied(to: response, for: request), writer, loop)
            }
        }
    }

    private func send(_ response: SandboxResponse, _ writer: Writer, _ loop: any EventLoop) async throws {
        var head = ResponseHead(status: response.status, headers: response.headers.map(Self.sanitised), length: nil)
        switch response.body {
        case .bytes(let bytes):
            head.length = bytes.count
            try await send(head, bytes, writer)
        case .chunks(let chunks):
            try await writer.write(.head(head))
            try await forward(chunks, writer, loop)
            try await writer.write(.end)
        case .brokenChunks(let chunks):
            try await writer.write(.head(head))
            try await forward(chunks, writer, loop)
            try await writer.write(.breakOff)
        case .cut(let bytes, let announced):
            head.length = announced
            try await writer.write(.head(head))
            try await writer.write(.body(ByteBuffer(bytes: bytes)))
            try await writer.write(.breakOff)
        case .reset: try await writer.write(.reset)
        }
    }

    private func send(_ head: ResponseHead, _ bytes: [UInt8], _ writer: Writer) async throws {
        guard bytes.count > Self.partLength else {
            return try await writer.write(.whole(head, ByteBuffer(bytes: bytes)))
        }
        try await writer.write(.head(head))
        for start in stride(from: 0, to: bytes.count, by: Self.partLength) {
            let end = min(start + Self.partLength, bytes.count)
            try await writer.write(.body(ByteBuffer(bytes: bytes[start..<end])))
        }
        try await writer.write(.end)
    }

    /// Sends chunk by chunk until the stream, the connection or the server ends.
    private func forward(
        _ chunks: AsyncStream<[UInt8]>, _ writer: Writer, _ loop: any EventLoop
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await chunk in chunks {
                    try await writer.write(.body(ByteBuffer(bytes: chunk)))
                    // The writer learns that the peer takes nothing from the loop; until the loop has had its turn, it
                    // would queue whatever comes.
                    try await loop.submit {}.get()
                }
            }
            group.addTask { await drain.begins() }
            try await group.next()
            group.cancelAll()
        }
    }

    /// A line break in a header would end it.
    private static func sanitised(_ header: (name: String, value: String)) -> (name: String, value: String) {
        guard header.value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else { return header }
        let value = header.value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : Character($0) }
        return (header.name, String(value))
    }
}
