import Foundation
import Synchronization

/// A smart-HTTP git server on a free loopback port, which runs `git http-backend`, or misbehaves as a test asks.
final class TestGitServer: Sendable {
    enum Behaviour: Sendable, Hashable {
        case serve
        /// Serves those who send this user and password.
        case demand(user: String, password: String)
        /// Accepts a request and never answers.
        case hang
        /// Answers so to every request.
        case answer(String)
        /// Serves the list of references, and hangs within the objects.
        case hangInObjects
    }

    private struct State {
        var behaviour = Behaviour.serve
        var requests: [String] = []
        var isClosed = false
        var open: [Int32] = []
    }

    let port: Int
    private let root: String
    private let listener: Int32
    private let state = Mutex(State())

    /// - Parameter root: the directory whose repositories are served.
    init(root: String) throws {
        self.root = root
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, size) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, generic, &size) == 0
            }
        }
        guard isBound else { throw ProgramFailure(description: "no loopback port: \(errno)") }
        port = Int(UInt16(bigEndian: address.sin_port))
        let thread = Thread { [listener, weak self] in
            // Here, so that its number is nobody else's while this thread may still use it.
            defer { Glibc.close(listener) }
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                guard let server = self, server.admit(connection) else {
                    Glibc.close(connection)
                    break
                }
                Thread { server.serve(connection) }.start()
            }
        }
        thread.start()
    }

    deinit { close() }

    func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            shutdown(listener, Int32(SHUT_RDWR))
            for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    var behaviour: Behaviour {
        get { state.withLock { $0.behaviour } }
        set { state.withLock { $0.behaviour = newValue } }
    }

    /// `METHOD path` of each request so far.
    var requests: [String] { state.withLock { $0.requests } }

    func address(_ name: String = "work", userInfo: String = "") -> String {
        "http://\(userInfo)127.0.0.1:\(port)/\(name)"
    }

    private func admit(_ connection: Int32) -> Bool {
        state.withLock { state in
            if !state.isClosed { state.open.append(connection) }
            return !state.isClosed
        }
    }

    private func serve(_ connection: Int32) {
        defer {
            state.withLock { state in
                state.open.removeAll { $0 == connection }
                Glibc.close(connection)
            }
        }
        guard let request = Request(connection) else { return }
        let behaviour = state.withLock { state in
            state.requests.append("\(request.method) \(request.target)")
            return state.behaviour
        }
        switch behaviour {
        case .serve: send(connection, backend(request))
        case .demand(let user, let password):
            let expected = "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
            guard request.headers["authorization"] == expected else {
                send(connection, Self.response("401 Unauthorized", ["WWW-Authenticate: Basic realm=\"git\""]))
                return
            }
            send(connection, backend(request))
        case .answer(let text): send(connection, Data(text.utf8))
        case .hang: wait(connection)
        case .hangInObjects:
            let response = backend(request)
            guard request.method == "POST" else { return send(connection, response) }
            send(connection, response.prefix(response.count / 2))
            wait(connection)
        }
    }

    /// Waits until the other side is gone.
    private func wait(_ connection: Int32) {
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) > 0 {}
    }

    private func send(_ connection: Int32, _ data: Data) {
        var rest = data
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    static func response(_ status: String, _ headers: [String] = [], _ body: Data = Data()) -> Data {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)", "Connection: close"] + headers
        return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    private func backend(_ request: Request) -> Data {
        let parts = request.target.split(separator: "?", maxSplits: 1).map(String.init)
        var environment = GitFixture.environment
        environment["GIT_PROJECT_ROOT"] = root
        environment["GIT_HTTP_EXPORT_ALL"] = "1"
        environment["PATH_INFO"] = parts[0]
        environment["QUERY_STRING"] = parts.count > 1 ? parts[1] : ""
        environment["REQUEST_METHOD"] = request.method
        environment["CONTENT_TYPE"] = request.headers["content-type"]
        environment["CONTENT_LENGTH"] = String(request.body.count)
        let output: Data
        do {
            output = try run("/usr/bin/git", ["http-backend"], environment: environment, input: request.body)
        } catch {
            return Self.response("500 Internal Server Error")
        }
        guard let end = output.firstRange(of: Data("\r\n\r\n".utf8)) else { return Self.response("502 Bad Gateway") }
        var headers = String(decoding: output[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let status = headers.firstIndex { $0.hasPrefix("Status: ") }.map { headers.remove(at: $0).dropFirst(8) }
        return Self.response(status.map(String.init) ?? "200 OK", headers, output[end.upperBound...])
    }
}

/// An HTTP/1.1 request with a body of a known length.
private struct Request {
    let method: String
    let target: String
    let headers: [String: String]
    let body: Data

    init?(_ connection: Int32) {
        var received = Data()
        var end: Range<Data.Index>?
        while end == nil {
            guard Self.receive(connection, &received) else { return nil }
            end = received.firstRange(of: Data("\r\n\r\n".utf8))
        }
        guard let end else { return nil }
        let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ").map(String.init)
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        var body = Data(received[end.upperBound...])
        while body.count < Int(headers["content-length"] ?? "0") ?? 0 {
            guard Self.receive(connection, &body) else { return nil }
        }
        self.method = words[0]
        self.target = words[1]
        self.headers = headers
        self.body = body
    }

    private static func receive(_ connection: Int32, _ data: inout Data) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        data.append(contentsOf: buffer[..<count])
        return true
    }
}
