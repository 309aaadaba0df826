internal import NIOHTTP1

/// Whose turn it is on a connection: the requests that wait for their responses, and what comes after them.
struct ConnectionTurns {
    /// What a request asks of the form of its response.
    struct Turn {
        var version: HTTPVersion
        var isHead: Bool
        /// Whether it is the connection's last one.
        var closes: Bool

        /// Of what can't be read as a request.
        static let last = Turn(version: .http1_1, isHead: false, closes: true)
    }

    enum Next {
        case wait
        case askForBody
        case close
    }

    private var waiting: [Turn] = []
    private var isDraining = false
    private var bodyIsAskedFor = false
    private var hasBody = true

    /// Whether no response is due.
    var isIdle: Bool { waiting.isEmpty }
    /// Whether the body of the response under way is to be sent.
    var sendsBody: Bool { hasBody }

    mutating func begin(_ turn: Turn) {
        waiting.append(turn)
    }

    /// - Returns: whether `100 Continue` can be sent at once; otherwise `end` says when.
    mutating func askForBody() -> Bool {
        bodyIsAskedFor = !waiting.isEmpty
        return waiting.isEmpty
    }

    /// The head as it is sent to the request whose turn it is.
    mutating func head(of response: ResponseHead, date: String) -> HTTPResponseHead {
        let turn = waiting.first ?? .last
        let status = HTTPResponseStatus(statusCode: response.status)
        hasBody = !turn.isHead && status.mayHaveResponseBody
        var headers = HTTPHeaders()
        headers.reserveCapacity(response.headers.count + 3)
        for (name, value) in response.headers { headers.add(name: name, value: value) }
        headers.add(name: "Date", value: date)
        if let length = response.length {
            headers.add(name: "Content-Length", value: "\(length)")
        } else if turn.version == .http1_0 {
            // Only the connection's end can tell the body's.
            if !waiting.isEmpty { waiting[0].closes = true }
        }
        if waiting.first?.closes ?? true || isDraining {
            headers.add(name: "Connection", value: "close")
            if !waiting.isEmpty { waiting[0].closes = true }
        } else if turn.version == .http1_0 {
            headers.add(name: "Connection", value: "keep-alive")
        }
        return HTTPResponseHead(version: turn.version, status: status, headers: headers)
    }

    mutating func end() -> Next {
        let turn = waiting.isEmpty ? .last : waiting.removeFirst()
        if turn.closes || (isDraining && waiting.isEmpty) { return .close }
        guard waiting.isEmpty, bodyIsAskedFor else { return .wait }
        bodyIsAskedFor = false
        return .askForBody
    }

    /// The connection shall end after the responses that are due.
    mutating func drain() -> Next {
        isDraining = true
        return waiting.isEmpty ? .close : .wait
    }
}

extension ConnectionTurns.Turn {
    init(_ head: HTTPRequestHead) {
        version = head.version == .http1_0 ? .http1_0 : .http1_1
        isHead = head.method == .HEAD
        // After a wish for another protocol, the decoder takes nothing for HTTP any more.
        let isUpgrade = head.method == .CONNECT || head.headers.contains(name: "Upgrade")
        closes = !head.isKeepAlive || isUpgrade
    }
}
