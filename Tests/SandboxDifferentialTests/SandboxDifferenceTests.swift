import Foundation
import Testing

extension DifferentialTests {
    @Test func `the sandbox answers like the real API server`() async throws {
        try await Self.withRealServer { server in
            let sandbox = SandboxAPI(minorVersion: 20)
            let result = try await SuiteRun(reference: server, candidate: sandbox).play(Settings.scenarios())
            let known = KnownDifference.all
            try Settings.write(result, besides: known)
            for item in result.unknown(besides: known) { Issue.record("\(item.text)") }
            for difference in result.outdated(known) {
                Issue.record("no longer a difference: \(difference.scenario), \(difference.path)")
            }
        }
    }
}
