import FoundationEssentials
import Resources

@testable import SandboxCluster

/// An API server that is asked as HTTP would.
struct Requests {
    var server: APIServer

    init(minor: Int = 20) {
        server = APIServer(version: KubernetesVersion(minor: minor), now: Date(timeIntervalSince1970: 1_600_000_000))
        server.load([KubernetesObject(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "ns"]])])
    }

    /// - Returns: the status and the object of the answer; null for what is no JSON.
    mutating func send(
        _ method: String, _ path: String, _ body: Value? = nil, as type: String = "application/json"
    ) -> (status: Int, value: Value) {
        let request = SandboxRequest(
            method: method, path: path, headers: [("Content-Type", type), ("User-Agent", "test")],
            body: body?.jsonBytes ?? [])
        guard case .response(let response) = server.answer(request), case .bytes(let bytes) = response.body else {
            return (0, .null)
        }
        return (response.status, (try? Value(json: bytes)) ?? .null)
    }

    static let strategic = "application/strategic-merge-patch+json"
    static let merge = "application/merge-patch+json"
}
