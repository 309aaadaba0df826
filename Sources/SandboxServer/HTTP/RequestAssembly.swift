internal import NIOCore
internal import NIOHTTP1
internal import SandboxCluster

/// Puts the parts of requests together, one request at a time.
struct RequestAssembly {
    enum Action {
        case none
        /// `100 Continue`, as soon as all earlier responses are sent.
        case askForBody
        case hand(Incoming, ConnectionTurns.Turn)
    }

    private enum State {
        case idle
        case collecting(SandboxRequest, ConnectionTurns.Turn)
        /// Reads what is left of a body, so that its sender comes to read the response.
        case discarding(SandboxResponse, ConnectionTurns.Turn, count: Int)
        /// What comes now is no request any more.
        case over
    }

    private let gate: RequestGate
    private var state = State.idle

    init(gate: RequestGate) {
        self.gate = gate
    }

    mutating func begin(_ head: HTTPRequestHead) -> Action {
        guard case .idle = state else { return .none }
        let turn = ConnectionTurns.Turn(head)
        let expectations = head.headers["Expect"].map { $0.lowercased() }
        if let refusal = gate.malformation(of: head, expectations: expectations) { return end(with: refusal, turn) }
        if let refusal = gate.refusal(of: head) {
            // A sender who asks first may send the body or not: there is no way to tell where the next request begins.
            guard expectations.isEmpty else { return end(with: refusal, turn) }
            state = .discarding(refusal, turn, count: 0)
            return .none
        }
        var request = SandboxRequest(method: head.method.rawValue, path: head.uri)
        request.headers = head.headers.map { (name: $0.name, value: Self.trimmed($0.value)) }
        if let length = gate.announcedLength(head) { request.body.reserveCapacity(length) }
        state = .collecting(request, turn)
        return expectations.isEmpty || turn.version == .http1_0 ? .none : .askForBody
    }

    mutating func add(_ part: ByteBuffer) -> Action {
        switch state {
        case .idle, .over: break
        case .collecting(var request, let turn):
            state = .idle  // gives up the second reference, so that the body grows in place
            guard request.body.count + part.readableBytes <= gate.maximumBodyLength else {
                state = .discarding(gate.tooLarge, turn, count: request.body.count + part.readableBytes)
                return .none
            }
            part.withUnsafeReadableBytes { request.body.append(contentsOf: $0) }
            state = .collecting(request, turn)
        case .discarding(let refusal, let turn, var count):
            count += part.readableBytes
            guard count <= gate.maximumDiscardedLength else { return end(with: refusal, turn) }
            state = .discarding(refusal, turn, count: count)
        }
        return .none
    }

    mutating func end() -> Action {
        defer { if case .over = state {} else { state = .idle } }
        switch state {
        case .idle, .over: return .none
        case .collecting(let request, let turn):
            if turn.closes { state = .over }
            return .hand(.request(request), turn)
        case .discarding(let refusal, let turn, _):
            if turn.closes { state = .over }
            return .hand(.refused(refusal), turn)
        }
    }

    /// The decoder leaves white space at the end.
    private static func trimmed(_ value: String) -> String {
        guard value.utf8.last == UInt8(ascii: " ") || value.utf8.last == UInt8(ascii: "\t") else { return value }
        return String(value.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    mutating func fail(_ error: HTTPParserError) -> Action {
        guard case .over = state else {
            return end(with: error == .headerOverflow ? RequestGate.headersTooLarge : RequestGate.malformed, .last)
        }
        return .none
    }

    private mutating func end(with refusal: SandboxResponse, _ turn: ConnectionTurns.Turn) -> Action {
        state = .over
        var turn = turn
        turn.closes = true
        return .hand(.refused(refusal), turn)
    }
}
