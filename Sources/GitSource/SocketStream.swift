import CLibGit2
import Glibc

/// The sockets of libgit2's https and ssh transports, made here so that each can be stopped, never raises SIGPIPE, and
/// reaches no other host than the one that was asked for.
enum SocketStream {
    /// The transfer that a thread works for: libgit2 passes no context to the maker of a stream.
    private static let context: pthread_key_t? = {
        var key = pthread_key_t()
        return pthread_key_create(&key, nil) == 0 ? key : nil
    }()

    /// Makes libgit2 use these sockets in the whole process.
    static func register() -> Bool {
        guard context != nil else { return false }
        // libgit2 makes a TLS stream itself, on top of one of these.
        var registration = git_stream_registration(
            version: GIT_STREAM_VERSION,
            init: { out, host, port in SocketStream.make(out, host, port) },
            wrap: nil)
        return git_stream_register(GIT_STREAM_STANDARD, &registration) == 0
    }

    /// Where a transfer may connect to.
    final class Context: Sendable {
        let transfer: Transfer
        let host: String
        let port: Int

        init(transfer: Transfer, host: String, port: Int) {
            self.transfer = transfer
            self.host = host
            self.port = port
        }
    }

    /// Runs the body, whose connections belong to the context.
    static func with<Result>(_ context: Context, _ body: () throws -> Result) throws -> Result {
        guard let key = Self.context else { throw GitSourceError(.library, "libgit2 cannot be started") }
        pthread_setspecific(key, Unmanaged.passUnretained(context).toOpaque())
        defer { pthread_setspecific(key, nil) }
        return try withExtendedLifetime(context) { try body() }
    }

    private static var current: Context? {
        guard let key = context, let pointer = pthread_getspecific(key) else { return nil }
        return Unmanaged<Context>.fromOpaque(pointer).takeUnretainedValue()
    }

    // MARK: What libgit2 calls

    private typealias Stream = UnsafeMutablePointer<endstate_socket_stream>

    private static func make(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_stream>?>?, _ host: UnsafePointer<CChar>?,
        _ port: UnsafePointer<CChar>?
    ) -> Int32 {
        guard let out, let host, let port, let context = current else {
            return failed("a connection was asked for outside of a transfer")
        }
        let asked = String(cString: host).lowercased()
        guard asked == context.host, Int(String(cString: port)) == context.port else {
            context.transfer.fail(
                GitSourceError(
                    .network, "\(context.host):\(context.port) redirects to \(asked):\(String(cString: port))",
                    hint: "give the repository's address on that server"))
            return failed("redirect to another server")
        }
        let stream = Stream.allocate(capacity: 1)
        stream.initialize(to: endstate_socket_stream())
        stream.pointee.host = strdup(host)
        stream.pointee.port = strdup(port)
        stream.pointee.descriptor = -1
        stream.pointee.transfer = Unmanaged.passRetained(context.transfer).toOpaque()
        stream.pointee.parent.version = GIT_STREAM_VERSION
        stream.pointee.parent.connect = { SocketStream.connect(SocketStream.stream($0)) }
        stream.pointee.parent.read = { SocketStream.read(SocketStream.stream($0), $1, $2) }
        stream.pointee.parent.write = { stream, data, count, _ in
            SocketStream.write(SocketStream.stream(stream), data, count)
        }
        stream.pointee.parent.close = { SocketStream.close(SocketStream.stream($0)) }
        stream.pointee.parent.free = { SocketStream.free(SocketStream.stream($0)) }
        out.pointee = UnsafeMutableRawPointer(stream).assumingMemoryBound(to: git_stream.self)
        return 0
    }

    private static func stream(_ stream: UnsafeMutablePointer<git_stream>?) -> Stream? {
        UnsafeMutableRawPointer(stream)?.assumingMemoryBound(to: endstate_socket_stream.self)
    }

    private static func transfer(_ stream: Stream) -> Transfer? {
        stream.pointee.transfer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func connect(_ stream: Stream?) -> Int32 {
        guard let stream, let transfer = transfer(stream) else { return -1 }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_family = AF_UNSPEC
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(stream.pointee.host, stream.pointee.port, &hints, &list)
        guard code == 0 else { return failed(String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var reason = "the host has no address"
        var next = list
        while let address = next, !transfer.isStopped {
            if let error = connect(stream, to: address.pointee, transfer) { reason = error } else { return 0 }
            next = address.pointee.ai_next
        }
        return failed(transfer.isStopped ? "stopped" : reason)
    }

    /// - Returns: what went wrong, or nil.
    private static func connect(_ stream: Stream, to address: addrinfo, _ transfer: Transfer) -> String? {
        let flags = address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.ai_family, flags, address.ai_protocol)
        guard descriptor >= 0 else { return systemMessage(errno) }
        var isOn: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &isOn, socklen_t(MemoryLayout<Int32>.size))
        // Shutting down a socket that is still connecting makes `connect` return.
        guard transfer.use(socket: descriptor), Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0
        else {
            let reason = systemMessage(errno)
            transfer.close(socket: descriptor)
            return reason
        }
        stream.pointee.descriptor = descriptor
        return transfer.isStopped ? "stopped" : nil
    }

    private static func read(_ stream: Stream?, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        guard let stream else { return -1 }
        while true {
            let received = recv(stream.pointee.descriptor, buffer, count, 0)
            if received < 0, errno == EINTR { continue }
            if received < 0 { return Int(failed(systemMessage(errno))) }
            if received > 0 { transfer(stream)?.noteActivity() }
            return received
        }
    }

    private static func write(_ stream: Stream?, _ data: UnsafePointer<CChar>?, _ count: Int) -> Int {
        guard let stream else { return -1 }
        while true {
            let sent = send(stream.pointee.descriptor, data, count, Int32(MSG_NOSIGNAL))
            if sent < 0, errno == EINTR { continue }
            return sent < 0 ? Int(failed(systemMessage(errno))) : sent
        }
    }

    private static func close(_ stream: Stream?) -> Int32 {
        guard let stream, stream.pointee.descriptor >= 0 else { return 0 }
        transfer(stream)?.close(socket: stream.pointee.descriptor)
        stream.pointee.descriptor = -1
        return 0
    }

    private static func free(_ stream: Stream?) {
        guard let stream else { return }
        _ = close(stream)
        Glibc.free(stream.pointee.host)
        Glibc.free(stream.pointee.port)
        if let transfer = stream.pointee.transfer { Unmanaged<Transfer>.fromOpaque(transfer).release() }
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    private static func failed(_ message: String) -> Int32 {
        git_error_set_str(Int32(GIT_ERROR_NET.rawValue), message)
        return -1
    }
}
