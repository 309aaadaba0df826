import ArgumentParser
import Foundation
import KubeClient
import Manifests
import Resources

/// A program of its own, which prints what it measures.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark", abstract: "Measures endstate.",
        subcommands: [ClusterBenchmark.self, PlacementBenchmark.self, SandboxBenchmark.self, SyncBenchmark.self],
        defaultSubcommand: ClusterBenchmark.self)
}

/// Measures endstate beside kubectl, kpt and raw requests, in one run on one API server; prints times and ratios.
struct ClusterBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster", abstract: "Measures endstate on the cluster of ENDSTATE_TEST_KUBECONFIG.")

    @Option(help: "How many objects.") var objects = 1000
    @Option(help: "How often first applies are measured; medians are told.") var rounds = 3
    @Option(help: "The program to measure.") var endstate = ".build/release/endstate"
    @Flag(help: "Leave out kubectl and kpt, which take minutes.") var alone = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let kubeconfig = environment["ENDSTATE_TEST_KUBECONFIG"] else {
            throw ValidationError("Set ENDSTATE_TEST_KUBECONFIG, or run: make bench")
        }
        let directory = NSTemporaryDirectory() + "endstate-benchmark-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let transport = try HTTPTransport(ClusterConfiguration.load(kubeconfig: kubeconfig, environment: environment))
        var variables = environment
        variables["KUBECONFIG"] = kubeconfig
        let comparison = Comparison(
            client: KubeClient(transport: transport),
            programs: Programs(directory: directory, environment: variables),
            endstate: endstate,
            count: objects,
            rounds: rounds,
            directory: directory
        )
        print(
            "\(objects) objects, \(ProcessInfo.processInfo.activeProcessorCount) cores, \(try await comparison.client.version())"
        )
        try await comparison.start()
        try await comparison.firstApply()
        try await comparison.unchanged(alone: alone)
        try await comparison.waiting(alone: alone)
        await transport.shutdown()
    }
}

/// The measurements, each beside what it is compared with.
struct Comparison {
    let client: KubeClient
    let programs: Programs
    let endstate: String
    let count: Int
    let rounds: Int
    let directory: String

    func start() async throws {
        let runs = try (0..<20).map { _ in try measured(endstate, ["--version"]).seconds }
        report("start to --version, median of 20", runs.median, unit: "s")
    }

    /// The first apply without waiting, beside the same patches sent as they are; in turns, so that both meet the server
    /// in the same state, after one round that is not counted.
    func firstApply() async throws {
        var raw: [Double] = []
        var endstate: [Double] = []
        for round in 0...rounds {
            let sent = try await inNamespace("raw") { try await rawApply($0) }
            let applied = try await inNamespace("first") { namespace in
                try apply(try write(namespace), namespace, "--no-wait").seconds
            }
            if round == 0 { continue }
            raw.append(sent)
            endstate.append(applied)
        }
        report("raw patches, 16 in flight", raw.median, unit: "s")
        report("endstate apply --no-wait, first", endstate.median, unit: "s", against: raw.median, "raw patches")
    }

    /// What an unchanged cluster costs, beside kubectl.
    func unchanged(alone: Bool) async throws {
        try await inNamespace("unchanged") { namespace in
            let path = try write(namespace)
            _ = try apply(path, namespace)
            let diffs = try (0..<5).map { _ in
                try measured(endstate, ["diff", path, "--name", "bench", "-n", namespace])
            }
            let diff = diffs.map(\.seconds).median
            report("endstate diff, nothing changed, median of 5", diff, unit: "s")
            report("endstate's peak memory, all runs so far", Double(diffs.map(\.peakMemory).max() ?? 0), unit: "MiB")
            if alone { return }
            let kubectl = try measured("kubectl", ["diff", "--server-side", "-f", path])
            report("kubectl diff --server-side", kubectl.seconds, unit: "s", against: diff, "endstate diff")
        }
    }

    /// The first apply with waiting for health, beside kpt.
    func waiting(alone: Bool) async throws {
        var endstate: [Double] = []
        for _ in 0..<rounds {
            endstate.append(
                try await inNamespace("wait") { namespace in try apply(try write(namespace), namespace).seconds })
        }
        report("endstate apply, first, waiting for health", endstate.median, unit: "s")
        if alone { return }
        guard programs.path(of: "kpt") != nil else { return print("kpt is not installed: left out") }
        try await inNamespace("kpt") { namespace in
            let path = try write(namespace)
            _ = try measured("kpt", ["live", "install-resource-group"])
            try await allowNullGroups()
            _ = try measured("kpt", ["live", "init", path, "--namespace", namespace, "--name", "bench"])
            let kpt = try measured("kpt", ["live", "apply", path, "--output", "events", "--reconcile-timeout", "10m"])
            report("kpt live apply, waiting", kpt.seconds, unit: "s", against: endstate.median, "endstate apply")
        }
    }

    /// Lets kpt's inventory have null for the core group: kpt sends that, and servers of 1.20 refuse it.
    private func allowNullGroups() async throws {
        let places = ["spec/properties/resources", "status/properties/resourceStatuses"]
        let patch = places.map { place -> Value in
            let path = "/spec/versions/0/schema/openAPIV3Schema/properties/\(place)/items/properties/group/nullable"
            return ["op": "add", "path": .string(path), "value": true]
        }
        _ = try await client.patch(
            .customResourceDefinitions, name: "resourcegroups.kpt.dev", .json(.array(patch)))
    }

    private func apply(_ path: String, _ namespace: String, _ options: String...) throws -> Measurement {
        try measured(endstate, ["apply", path, "--yes", "--name", "bench", "-n", namespace] + options)
    }

    private func rawApply(_ namespace: String) async throws -> Double {
        let objects = Workload.objects(count, namespace: namespace)
        let clock = ContinuousClock()
        let start = clock.now
        try await send(objects)
        return start.duration(to: clock.now).seconds
    }

    private func send(_ objects: [KubernetesObject]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, object) in objects.enumerated() {
                if index >= 16 { try await group.next() }
                group.addTask { _ = try await client.apply(object, as: resource(of: object)) }
            }
            try await group.waitForAll()
        }
    }

    private func resource(of object: KubernetesObject) -> APIResource {
        APIResource(object.groupVersionKind, plural: object.kind.lowercased() + "s", isNamespaced: true)
    }

    /// Writes the manifests, 50 a file, with a package file for kpt.
    private func write(_ namespace: String) throws -> String {
        let path = "\(directory)/\(namespace)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let objects = Workload.objects(count, namespace: namespace)
        for start in stride(from: 0, to: objects.count, by: 50) {
            let text = ManifestRendering.text(of: Array(objects[start..<min(start + 50, objects.count)]))
            try Data(text.utf8).write(to: URL(filePath: "\(path)/objects-\(start).yaml"))
        }
        if namespace.contains("kpt") {
            let package = "apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: bench\n"
            try Data(package.utf8).write(to: URL(filePath: "\(path)/Kptfile"))
        }
        return path
    }

    private func inNamespace<Result>(_ name: String, _ body: (String) async throws -> Result) async throws -> Result {
        let namespace = "bench-\(name)-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
        let object: Value = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]]
        _ = try await client.create(KubernetesObject(object), as: .namespaces)
        do {
            let result = try await body(namespace)
            try await removeNamespace(namespace)
            return result
        } catch {
            try await removeNamespace(namespace)
            throw error
        }
    }

    /// Waits until it is gone, so that no measurement shares the server with the clean-up of another.
    private func removeNamespace(_ namespace: String) async throws {
        _ = try await client.delete(.namespaces, name: namespace)
        while try await client.get(.namespaces, name: namespace) != nil {
            // The server's own time, which no clock of ours moves.
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func measured(_ program: String, _ arguments: [String]) throws -> Measurement {
        let run = try programs.run(program, arguments)
        guard run.status == 0 else {
            throw BenchmarkError(
                description: "\(program) \(arguments.joined(separator: " ")) ended with \(run.status):\n\(run.errors)")
        }
        return run
    }

    private func report(
        _ what: String, _ value: Double, unit: String, against other: Double? = nil, _ name: String = ""
    ) {
        let number = unit == "s" ? String(format: "%.3f s", value) : String(format: "%.0f %@", value, unit)
        let ratio = other.map { String(format: "  (%.2f times %@)", value / $0, name) } ?? ""
        print(what.padding(toLength: 46, withPad: " ", startingAt: 0) + number + ratio)
    }
}

struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
}

extension [Double] {
    /// The middle of the values; the upper one of an even number.
    var median: Double { sorted()[count / 2] }
}
