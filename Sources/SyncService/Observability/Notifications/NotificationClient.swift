internal import AsyncHTTPClient
internal import FoundationEssentials
package import KubeClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Sends notifications over HTTP; to be closed when it is no longer needed.
package final class NotificationClient: Sendable {
    private let client: HTTPClient
    private let timeout: TimeAmount

    /// - Parameter timeout: from the call to the head of the answer.
    package init(timeout: Duration = .seconds(10)) {
        var settings = HTTPClient.Configuration()
        // A redirection would carry the notification to where nobody has sent it.
        settings.redirectConfiguration = .disallow
        // The queue tries again by its own rules.
        settings.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton.any()), configuration: settings)
        self.timeout = .nanoseconds(
            timeout.components.seconds * 1_000_000_000 + timeout.components.attoseconds / 1_000_000_000)
    }

    /// Posts the body; the answer's own is not read.
    ///
    /// - Throws: `NotificationFailure` where there is no answer.
    package func send(_ url: Confidential<String>, _ body: [UInt8]) async throws -> NotificationAnswer {
        let scheme = url.revealed.prefix { $0 != ":" }.lowercased()
        guard ["http", "https"].contains(scheme) else { throw NotificationFailure(Self.unusableURL) }
        var request = HTTPClientRequest(url: url.revealed)
        request.method = .POST
        request.headers = ["Content-Type": "application/json", "User-Agent": "endstate"]
        request.body = .bytes(body)
        do {
            let response = try await client.execute(request, timeout: timeout)
            // A date, which HTTP allows too, is left out: no target is known to send one.
            let wait = response.headers.first(name: "Retry-After").flatMap(Int.init)
            return NotificationAnswer(
                status: Int(response.status.code), retryAfter: wait.map { .seconds(max(0, $0)) })
        } catch {
            throw NotificationFailure(Self.reason(error))
        }
    }

    /// Does not wait for requests under way; they fail.
    package func close() {
        // It fails only where it is done already.
        client.shutdown { _ in }
    }

    deinit { close() }

    /// The errors' own texts may name the URL.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where late.contains(error): "the target did not answer in time"
        case let error as HTTPClientError where unusable.contains(error): unusableURL
        case is NIOConnectionError, is IOError: "the target can't be reached"
        default: "the request failed"
        }
    }

    private static let late: [HTTPClientError] = [.deadlineExceeded, .connectTimeout, .readTimeout]
    private static let unusable: [HTTPClientError] = [.invalidURL, .emptyHost, .emptyScheme]
    private static let unusableURL = "the target's URL is none of http or https"
}
