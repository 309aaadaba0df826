import Foundation
import Testing

extension Acceptance {
    /// `manifests/`, as they are.
    @Suite(.sandbox("the real server is older than policy/v1")) struct InstallationTests {
        private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../manifests").standardized.path

        @Test func `one apply of the manifests installs it, and another one changes nothing`() async throws {
            let first = try await Kubectl.run(["apply", "-f", Self.folder])
            let second = try await Kubectl.run(["apply", "-f", Self.folder])
            let removal = try await Kubectl.run(["delete", "-f", Self.folder, "--ignore-not-found", "--timeout=5m"])
            #expect(first.isSuccess, "\(first)")
            #expect(first.output.contains("deployment.apps/endstate-sync created\n"), "\(first)")
            #expect(second.isSuccess, "\(second)")
            let lines = second.output.split(separator: "\n")
            #expect(lines.count == first.output.split(separator: "\n").count)
            #expect(lines.allSatisfy { $0.hasSuffix(" unchanged") }, "\(second)")
            #expect(removal.isSuccess, "\(removal)")
        }
    }
}
