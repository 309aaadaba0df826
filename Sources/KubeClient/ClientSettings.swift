import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// The settings of the HTTP client.
enum ClientSettings {
    static func make(
        _ configuration: ClusterConfiguration,
        _ options: HTTPTransportOptions,
        _ tls: TLSConfiguration?
    ) -> HTTPClient.Configuration {
        var pool = HTTPClient.Configuration.ConnectionPool(
            idleTimeout: .seconds(90),
            concurrentHTTP1ConnectionsPerHostSoftLimit: 16
        )
        // Whoever calls decides what a failed connection means.
        pool.retryConnectionEstablishment = false
        var settings = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .of(options.connectTimeout)),
            connectionPool: pool,
            proxy: configuration.proxy.map(proxy),
            // What is too large is found by the limit on the body.
            decompression: .enabled(limit: .none)
        )
        let prepare = preparation(
            tls?.certificateVerification == .fullVerification ? configuration.trust.serverName : nil)
        settings.http1_1ConnectionDebugInitializer = prepare
        settings.http2ConnectionDebugInitializer = prepare
        return settings
    }

    /// What is done with a new connection before anything is sent over it.
    private static func preparation(_ name: String?) -> @Sendable (any Channel) -> EventLoopFuture<Void> {
        { channel in
            let check = name.map(ServerNameCheck.init)?.check(channel)
            return (check ?? channel.eventLoop.makeSucceededVoidFuture()).flatMap { detectDeadPeer(channel) }
        }
    }

    private static func proxy(_ settings: ProxySettings) -> HTTPClient.Configuration.Proxy {
        switch settings.kind {
        case .socks5: return .socksServer(host: settings.host, port: settings.port)
        case .http:
            let authorization = settings.user.map { user in
                HTTPClient.Authorization.basic(username: user, password: settings.password?.revealed ?? "")
            }
            return .server(host: settings.host, port: settings.port, authorization: authorization)
        }
    }

    /// Ends a connection whose peer has vanished without a word, so that the next request opens another.
    @Sendable
    private static func detectDeadPeer(_ channel: any Channel) -> EventLoopFuture<Void> {
        let options: [(NIOBSDSocket.OptionLevel, CInt, Int)] = [
            (.socket, SO_KEEPALIVE, 1), (.tcp, TCP_KEEPIDLE, 30), (.tcp, TCP_KEEPINTVL, 10), (.tcp, TCP_KEEPCNT, 3),
            (.tcp, tcpUserTimeout, 30_000),
        ]
        let settings = options.map { level, name, value in
            channel.setOption(
                ChannelOptions.Types.SocketOption(level: level, name: .init(rawValue: name)), value: value)
        }
        // A system without one of them is no reason not to connect.
        return EventLoopFuture.andAllComplete(settings, on: channel.eventLoop)
    }

    /// `TCP_USER_TIMEOUT` (tcp(7)), which the C library's Swift module leaves out; in milliseconds.
    private static let tcpUserTimeout: CInt = 18
}
