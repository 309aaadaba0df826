import Foundation
import Resources
import Testing

/// The same requests to the real API server and to the sandbox: what they answer must be the same.
///
/// `ENDSTATE_DIFFERENTIAL_ONLY` picks the scenarios whose name contains it, `ENDSTATE_DIFFERENTIAL_REPORT` names a file for
/// the counts and all differences, `ENDSTATE_DIFFERENTIAL_TRANSCRIPT` one for the real server's answers in short.
@Suite(
    .serialized,
    .enabled(
        if: Settings.kubeconfig != nil, "set ENDSTATE_TEST_KUBECONFIG to compare with an API server"))
struct DifferentialTests {
    /// What is random or racy in a scenario, or escapes normalisation, would show here.
    @Test func `the real API server answers like itself`() async throws {
        try await Self.withRealServer { server in
            let result = try await SuiteRun(reference: server, candidate: server).play(
                Settings.scenarios())
            try Settings.write(result, besides: [])
            for item in result.unknown(besides: []) { Issue.record("\(item.text)") }
        }
    }

    static func withRealServer(_ body: (RealServer) async throws -> Void) async throws {
        let server = try RealServer(kubeconfig: try #require(Settings.kubeconfig))
        do {
            try await body(server)
            await server.shutdown()
        } catch {
            await server.shutdown()
            throw error
        }
    }
}

/// What the environment says.
enum Settings {
    private static let variables = ProcessInfo.processInfo.environment
    static let kubeconfig = variables["ENDSTATE_TEST_KUBECONFIG"]

    static func scenarios() throws -> [Scenario] {
        let all = try SuiteFiles.scenarios() + RandomScenarios.all()
        guard let part = variables["ENDSTATE_DIFFERENTIAL_ONLY"] else { return all }
        return all.filter { $0.title.contains(part) }
    }

    static func write(_ result: SuiteResult, besides known: [KnownDifference]) throws {
        let unknown = result.unknown(besides: known).map(\.text)
        try write(
            ([result.summary(besides: known)] + unknown).joined(separator: "\n\n"),
            "ENDSTATE_DIFFERENTIAL_REPORT")
        try write(
            result.items.map(\.transcript).joined(separator: "\n\n"), "ENDSTATE_DIFFERENTIAL_TRANSCRIPT")
    }

    private static func write(_ text: String, _ variable: String) throws {
        guard let path = variables[variable] else { return }
        try Data("\(text)\n".utf8).write(to: URL(filePath: path))
    }
}
