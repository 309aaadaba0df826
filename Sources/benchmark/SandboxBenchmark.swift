import ArgumentParser
import Foundation
import Glibc
import Resources
import SandboxCluster

/// Measures the embedded cluster in this process, without a connection: server-side applies that create, that change and
/// that don't change objects, and lists of them.
struct SandboxBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Measures the embedded cluster; needs no other.")

    @Option(help: "How many objects.") var objects = 10_000
    @Option(help: "How many lists are measured; the median is told.") var lists = 5

    func run() async throws {
        let cluster = SandboxCluster()
        while cluster.work() {}
        print("\(objects) ConfigMaps with 10 fields and 1.5 KB each, in the embedded cluster:")
        for (what, revision) in [("create", 1), ("change", 2), ("change nothing", 2)] {
            let start = Self.processorTime
            for number in 0..<objects { try await apply(number, revision: revision, to: cluster) }
            let seconds = Self.processorTime - start
            let rate = String(format: "%.0f/s of processor time", Double(objects) / seconds)
            print("applies that \(what)".padding(toLength: 46, withPad: " ", startingAt: 0) + rate)
        }
        let times = try await timesOfLists(cluster)
        print(
            "list, median of \(lists)".padding(toLength: 46, withPad: " ", startingAt: 0)
                + String(format: "%.3f s", times.median))
    }

    /// With what controllers make of it, as in a cluster that runs.
    private func apply(_ number: Int, revision: Int, to cluster: SandboxCluster) async throws {
        let path = "/api/v1/namespaces/default/configmaps/bench-\(number)?fieldManager=bench&force=true"
        var request = SandboxRequest(method: "PATCH", path: path)
        request.headers = [("Content-Type", "application/apply-patch+yaml"), ("User-Agent", "benchmark")]
        request.body = Self.body(number, revision: revision)
        let response = await cluster.respond(to: request)
        guard response.status < 300 else { throw BenchmarkError(description: "the apply got \(response.status)") }
        while cluster.work() {}
    }

    private func timesOfLists(_ cluster: SandboxCluster) async throws -> [Double] {
        let clock = ContinuousClock()
        var times: [Double] = []
        for _ in 0..<lists {
            let start = clock.now
            let response = await cluster.respond(to: SandboxRequest(method: "GET", path: "/api/v1/configmaps"))
            times.append(start.duration(to: clock.now) / .seconds(1))
            guard case .bytes(let bytes) = response.body, !bytes.isEmpty else {
                throw BenchmarkError(description: "the list got \(response.status)")
            }
        }
        return times
    }

    private static func body(_ number: Int, revision: Int) -> [UInt8] {
        let fields = (0..<10).map { field in
            ("field-\(field)", Value.string(String(repeating: "revision-\(revision) ", count: 12)))
        }
        let object: Value = [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": .string("bench-\(number)"), "labels": ["app": "bench"]],
            "data": .object(Dictionary(uniqueKeysWithValues: fields)),
        ]
        return object.jsonBytes
    }

    /// Of this process so far, in seconds.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
