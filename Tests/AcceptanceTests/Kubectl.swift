import Foundation
import Subprocess
import SystemPackage
import Testing

/// A kubectl on one namespace of the cluster under test.
struct Kubectl {
    /// That of the control plane, where one is named, else that of the PATH.
    static let program = Cluster.variables["ENDSTATE_TEST_KUBECTL"] ?? "kubectl"

    let namespace: String
    var program = Self.program

    /// How a run of it ended.
    struct Ending: CustomStringConvertible {
        let status: Int32
        let output: String
        let errors: String

        var isSuccess: Bool { status == 0 }
        /// The output with one space where it has several, as tables and descriptions do.
        var words: String { output.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ") }
        var description: String { "exit \(status)\n\(output)\(errors)" }
    }

    /// Each run has a discovery of its own: a cluster may be where another one was.
    private static let cache = NSTemporaryDirectory() + "endstate-kubectl-\(UUID().uuidString)"

    /// Runs it to its end.
    /// - Parameter input: What `-f -` reads.
    func callAsFunction(_ arguments: [String], input: String = "") async throws -> Ending {
        try await Self.run(["--namespace", namespace] + arguments, program: program, input: input)
    }

    /// Runs it, which must succeed, and returns what it wrote.
    @discardableResult
    func succeeds(_ arguments: [String], input: String = "") async throws -> Ending {
        let ending = try await self(arguments, input: input)
        try #require(ending.isSuccess, "kubectl \(arguments.joined(separator: " ")): \(ending)")
        return ending
    }

    static func run(
        _ arguments: [String], program: String = program, input: String = ""
    ) async throws -> Ending {
        let settings = ["KUBECTL_APPLYSET=true", "KUBECTL_EXTERNAL_DIFF=diff -u -N"]
        let options = ["--kubeconfig", Cluster.kubeconfig, "--cache-dir", cache]
        let result = try await Subprocess.run(
            .path("/usr/bin/env"), arguments: .init(settings + [program] + options + arguments), input: .string(input),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
        let status =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): -signal
            }
        return Ending(status: status, output: result.standardOutput, errors: result.standardError)
    }
}

extension Cluster {
    /// Runs the body with a kubectl on a namespace of its own, which is removed after it.
    static func withKubectl(_ body: (Kubectl) async throws -> Void) async throws {
        try await withNamespace { namespace, _ in try await body(Kubectl(namespace: namespace)) }
    }
}
