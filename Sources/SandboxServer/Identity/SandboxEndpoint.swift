/// Where a sandbox listens, and what its clients need.
package struct SandboxEndpoint: Sendable {
    package let port: Int
    package let identity: SandboxIdentity

    package var url: String { "https://127.0.0.1:\(port)" }
}
