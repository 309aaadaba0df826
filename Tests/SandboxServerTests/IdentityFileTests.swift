import FoundationEssentials
import Glibc
import Resources
import Testing

@testable import SandboxServer

/// The files that outlast a sandbox so that its clients find it again.
struct IdentityFileTests {
    @Test func `the identity stays the same until its authority is about to expire`() async throws {
        try await withDirectory { path in
            let state = try StateDirectory(path: path)
            let now = Date.now
            let first = try state.identity(now: now)
            #expect(try state.identity(now: now + 8 * 365 * 86400).token == first.token)
            let later = try state.identity(now: now + 9.5 * 365 * 86400)
            #expect(later.token != first.token)
            #expect(later.authority.certificate != first.authority.certificate)
        }
    }

    @Test func `an identity that can't be read is told, and kept`() async throws {
        try await withDirectory { path in
            let state = try StateDirectory(path: path)
            try Data("{}".utf8).write(to: URL(filePath: path + "/identity"))
            let error = #expect(throws: Diagnostic.self) { try state.identity() }
            #expect(error?.code == "sandbox-identity")
            #expect(try Data(contentsOf: URL(filePath: path + "/identity")) == Data("{}".utf8))
        }
    }

    @Test func `the port of last time is known`() async throws {
        try await withDirectory { path in
            let state = try StateDirectory(path: path)
            #expect(state.lastPort == nil)
            try state.rememberPort(4711)
            #expect(state.lastPort == 4711)
            try Data("99999".utf8).write(to: URL(filePath: path + "/port"))
            #expect(state.lastPort == nil)
        }
    }

    @Test func `a kubeconfig is written for its owner alone, and written over`() async throws {
        try await withDirectory { path in
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let file = path + "/kubeconfig"
            let identity = try SandboxIdentity()
            for port in [1, 2] {
                let endpoint = SandboxEndpoint(port: port, identity: identity)
                try SandboxKubeconfig.write(for: endpoint, to: file)
                let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
                #expect(text == SandboxKubeconfig.text(for: endpoint))
                #expect(text.contains("    server: https://127.0.0.1:\(port)\n"))
                #expect(text.contains("    token: \(identity.token.text)\n"))
                #expect(text.contains("current-context: endstate-sandbox\n"))
            }
            var status = stat()
            try #require(stat(file, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["kubeconfig"])
        }
    }

    @Test func `a kubeconfig of somebody else is not written over`() async throws {
        try await withDirectory { path in
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let file = path + "/config"
            let text = "apiVersion: v1\nkind: Config\n"
            try Data(text.utf8).write(to: URL(filePath: file))
            let endpoint = SandboxEndpoint(port: 1, identity: try SandboxIdentity())
            let error = #expect(throws: Diagnostic.self) { try SandboxKubeconfig.write(for: endpoint, to: file) }
            #expect(error?.code == "sandbox-kubeconfig")
            #expect(try Data(contentsOf: URL(filePath: file)) == Data(text.utf8))
        }
    }
}
