import Foundation
import Testing

@testable import GitSource

@Suite struct `Known hosts` {
    private static let first = "AAAAC3NzaC1lZDI1NTE5AAAAIIAeIsxO1N98vFyqtmu+HXTV6qfgjYQMtfrkSfGyd2qr"
    private static let second = "AAAAC3NzaC1lZDI1NTE5AAAAIKVWZ8aJiRFyBZofqTwl5qTlArD+0Uken/r2TVoEKalO"
    private static let curve =
        "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBBEmtuIK5Q3kpzmu9XleYMFnntUE0RX6//7laKpFvRxRhfd+"
        + "rntfX4obd5TiRfz0Q6S719Ycn9JzOKMrK0qNA9w="
    // Hashed by OpenSSH's ssh-keygen -H: git.example.com, and [git.example.com]:2222.
    private static let hashed = """
        |1|sXLGwAEj7QvGuSmahi24Vk5eSEw=|gCqRnqYE2mMnQ0JoP2CRSFP+Bxo= ssh-ed25519 \(first)
        |1|Ss14W61iTbyfY5ukLm0OCFfnrHo=|2id37fk7WqaY6J11d/TJ1yX9i40= ssh-ed25519 \(second)
        """

    private static func bytes(_ key: String) throws -> [UInt8] { Array(try #require(Data(base64Encoded: key))) }

    struct Case: Sendable {
        var line: String
        var host = "git.example.com"
        var port = 22
        var verdict: KnownHosts.Verdict
    }

    @Test(arguments: [
        Case(line: "git.example.com ssh-ed25519 KEY", verdict: .known),
        Case(line: "git.example.com,10.0.0.1 ssh-ed25519 KEY a comment", host: "10.0.0.1", verdict: .known),
        Case(line: "Git.Example.COM\tssh-ed25519\tKEY", verdict: .known),
        Case(line: "*.example.com ssh-ed25519 KEY", verdict: .known),
        Case(line: "git.example.??? ssh-ed25519 KEY", verdict: .known),
        Case(line: "*.example.com,!git.example.com ssh-ed25519 KEY", verdict: .unknown(otherKinds: [])),
        Case(line: "git.example.co ssh-ed25519 KEY", verdict: .unknown(otherKinds: [])),
        Case(line: "git.example.com.evil.org ssh-ed25519 KEY", verdict: .unknown(otherKinds: [])),
        Case(line: "# git.example.com ssh-ed25519 KEY", verdict: .unknown(otherKinds: [])),
        Case(line: "git.example.com ssh-ed25519", verdict: .unknown(otherKinds: [])),
        Case(line: "git.example.com ssh-ed25519 !!!", verdict: .unknown(otherKinds: [])),
        Case(line: "", verdict: .unknown(otherKinds: [])),
        Case(line: "[git.example.com]:2222 ssh-ed25519 KEY", port: 2222, verdict: .known),
        Case(line: "git.example.com ssh-ed25519 KEY", port: 2222, verdict: .unknown(otherKinds: [])),
        Case(line: "[git.example.com]:2222 ssh-ed25519 KEY", verdict: .unknown(otherKinds: [])),
        Case(line: "git.example.com ssh-ed25519 OTHER", verdict: .changed),
        Case(line: "git.example.com ssh-ed25519 OTHER\ngit.example.com ssh-ed25519 KEY", verdict: .known),
        Case(
            line: "git.example.com ecdsa-sha2-nistp256 CURVE", verdict: .unknown(otherKinds: ["ecdsa-sha2-nistp256"])),
        Case(line: "@revoked git.example.com ssh-ed25519 KEY", verdict: .revoked),
        Case(line: "git.example.com ssh-ed25519 KEY\n@revoked * ssh-ed25519 KEY", verdict: .revoked),
        Case(line: "@revoked * ssh-ed25519 OTHER\ngit.example.com ssh-ed25519 KEY", verdict: .known),
        Case(line: "@cert-authority *.example.com ssh-ed25519 KEY", verdict: .unknown(otherKinds: [])),
        Case(line: hashed, verdict: .known),
        Case(line: hashed, port: 2222, verdict: .changed),
        Case(line: hashed, host: "git.example.org", verdict: .unknown(otherKinds: [])),
        Case(line: "|1|short ssh-ed25519 KEY", verdict: .unknown(otherKinds: [])),
    ])
    func `are matched as ssh matches them`(example: Case) throws {
        let text = example.line
            .replacingOccurrences(of: "KEY", with: Self.first)
            .replacingOccurrences(of: "OTHER", with: Self.second)
            .replacingOccurrences(of: "CURVE", with: Self.curve)
        let verdict = KnownHosts([text]).verdict(
            host: example.host, port: example.port, key: try Self.bytes(Self.first))
        #expect(verdict == example.verdict)
    }

    @Test func `are gathered from several files`() throws {
        let hosts = KnownHosts(["a ssh-ed25519 \(Self.first)\r\n", "b ssh-ed25519 \(Self.second)"])
        #expect(hosts.verdict(host: "b", port: 22, key: try Self.bytes(Self.second)) == .known)
        #expect(hosts.verdict(host: "a", port: 22, key: try Self.bytes(Self.first)) == .known)
    }

    @Test func `that are missing tell how to add one`() throws {
        let check = HostKeyCheck(
            host: "git.example.com", port: 2222, key: try Self.bytes(Self.first), files: ["/nonexistent/known_hosts"])
        #expect(
            check.problem()?.description == """
                the host key of git.example.com:2222 is not in /nonexistent/known_hosts: it shows ssh-ed25519 \
                SHA256:mdb7yV3ao2zb8Rxny+PU9BJQv2g81loAgCeNgKC5vyg
                hint: compare the fingerprint with the one that the host's owner publishes, then add it with: \
                ssh-keyscan -p 2222 git.example.com >> /nonexistent/known_hosts
                """)
    }

    @Test(arguments: [[], [0, 0, 0], [255, 255, 255, 255, 1], [0, 0, 0, 9, 65]])
    func `are never matched by a malformed key`(key: [UInt8]) {
        #expect(KnownHosts(["* ssh-ed25519 \(Self.first)"]).verdict(host: "a", port: 22, key: key) != .known)
        #expect(KnownHosts.kind(of: key) == nil)
    }
}
