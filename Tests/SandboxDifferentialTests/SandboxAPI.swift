import FoundationEssentials
import Resources
import SandboxCluster

/// The sandbox, in this process, with a time that the suite moves.
struct SandboxAPI: APIUnderTest {
    private let cluster: SandboxCluster
    private let time = SteppedSandboxClock(Date(timeIntervalSince1970: 1_700_000_000))

    init(minorVersion: Int) {
        var settings = SandboxSettings()
        settings.version = KubernetesVersion(minor: minorVersion)
        cluster = SandboxCluster(settings: settings, clock: time)
    }

    func send(_ request: WireRequest) async throws -> WireResponse {
        let response = await cluster.respond(
            to: SandboxRequest(
                method: request.method, path: request.path,
                headers: request.headers + [("User-Agent", "endstate/test")], body: request.body ?? []))
        var fields: [String: String] = [:]
        for header in response.headers {
            let name = header.name.lowercased()
            fields[name] = fields[name].map { "\($0), \(header.value)" } ?? header.value
        }
        let body = await body(of: response)
        // The controllers, whose first work is done within milliseconds.
        cluster.settle(time, until: time.now)
        return WireResponse(status: response.status, headers: fields, body: body)
    }

    private func body(of response: SandboxResponse) async -> [UInt8] {
        switch response.body {
        case .bytes(let bytes): return bytes
        case .chunks(let chunks), .brokenChunks(let chunks):
            // A watch ends by its timeout of three seconds, which pass at once here.
            cluster.settle(time, until: time.now.addingTimeInterval(4))
            var body: [UInt8] = []
            for await chunk in chunks { body += chunk }
            return body
        case .cut, .reset: return []
        }
    }

    func now() async -> Int64 { Int64(time.now.timeIntervalSince1970) }

    func nextSecond() async throws -> Int64 {
        cluster.settle(time, until: time.now.addingTimeInterval(1))
        return await now()
    }
}
