import ArgumentParser
import Foundation
import KubeClient
import Resources

/// Measures `endstate sync` on an embedded cluster: what many members cost while nothing happens, and how soon it answers.
struct SyncBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Measures endstate sync on an embedded cluster; needs no other.")

    @Option(help: "How many objects all applications have together.") var objects = 10_000
    @Option(help: "How many applications there are.") var applications = 20
    @Option(help: "How many objects the largest application has.") var largest = 1000
    @Option(help: "For how many seconds nothing happens while it is measured.") var pause = 60
    @Option(help: "How often drift and commits are measured; medians and worst are told.") var rounds = 10
    @Option(help: "The program to measure.") var endstate = ".build/release/endstate"

    func run() async throws {
        let directory = NSTemporaryDirectory() + "endstate-benchmark-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var environment = ProcessInfo.processInfo.environment
        let kubeconfig = directory + "/kubeconfig"
        let sandbox = try ServerProcess(endstate, ["sandbox", "--kubeconfig", kubeconfig], environment: environment)
        defer { sandbox.stop() }
        while try await sandbox.line() != kubeconfig {}
        environment["KUBECONFIG"] = kubeconfig
        environment["XDG_CACHE_HOME"] = directory + "/cache"
        let transport = try HTTPTransport(ClusterConfiguration.load(kubeconfig: kubeconfig, environment: environment))
        let measurement = SyncMeasurement(
            fleet: try ApplicationFleet(
                in: directory, environment: environment,
                sizes: [largest]
                    + (1..<applications).map { number in
                        let rest = objects - largest
                        return rest * number / (applications - 1) - rest * (number - 1) / (applications - 1)
                    }),
            client: KubeClient(transport: transport),
            programs: Programs(directory: directory, environment: environment),
            endstate: endstate)
        print("\(objects) ConfigMaps of \(applications) applications, in an embedded cluster on this machine:")
        try await measurement.run(pause: .seconds(pause), rounds: rounds)
        await transport.shutdown()
    }
}

/// The applications that are measured with, each in a repository of its own, ten objects a file.
struct ApplicationFleet {
    let directory: String
    let sizes: [Int]
    private let git: [String: String]
    private static let objectsPerFile = 10

    init(in directory: String, environment: [String: String], sizes: [Int]) throws {
        self.directory = directory
        self.sizes = sizes
        git = environment.merging([
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
        ]) { $1 }
        try FileManager.default.createDirectory(atPath: configuration, withIntermediateDirectories: true)
        for number in sizes.indices { try make(number) }
    }

    /// The directory for `--config`.
    var configuration: String { directory + "/config" }

    func name(_ number: Int) -> String { "bench-\(number)" }

    private func make(_ number: Int) throws {
        let path = repository(number)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for file in 0...(sizes[number] - 1) / Self.objectsPerFile { try write(number, file: file, revision: "0") }
        try run(path, "init", "--quiet", "--initial-branch", "main")
        try commit(number, "the first")
        let application = """
            apiVersion: endstate.dev/v1
            kind: Application
            metadata: {name: \(name(number))}
            spec: {namespace: default, source: {repository: \(path), revision: main}}

            """
        try Data(application.utf8).write(to: URL(filePath: "\(configuration)/\(name(number)).yaml"))
    }

    /// Changes the objects of the first file.
    func change(_ number: Int, revision: String) throws {
        try write(number, file: 0, revision: revision)
        try commit(number, revision)
    }

    private func repository(_ number: Int) -> String { "\(directory)/repository-\(number)" }

    private func write(_ number: Int, file: Int, revision: String) throws {
        let range = file * Self.objectsPerFile..<min((file + 1) * Self.objectsPerFile, sizes[number])
        let texts = range.map { index in
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: \(name(number))-\(index), labels: {app: bench}}
            data: {revision: "\(revision)", text: "first line\\nsecond line\\n"}

            """
        }
        try Data(texts.joined(separator: "---\n").utf8)
            .write(to: URL(filePath: "\(repository(number))/objects-\(file).yaml"))
    }

    private func commit(_ number: Int, _ message: String) throws {
        try run(repository(number), "add", ".")
        try run(repository(number), "commit", "--quiet", "--message", message)
    }

    private func run(_ path: String, _ arguments: String...) throws {
        let run = try Programs(directory: directory, environment: git).run("git", ["-C", path] + arguments)
        guard run.status == 0 else { throw BenchmarkError(description: run.errors) }
    }
}

/// The measurements.
struct SyncMeasurement {
    let fleet: ApplicationFleet
    let client: KubeClient
    let programs: Programs
    let endstate: String
    private let clock = ContinuousClock()

    init(fleet: ApplicationFleet, client: KubeClient, programs: Programs, endstate: String) {
        self.fleet = fleet
        self.client = client
        self.programs = programs
        self.endstate = endstate
    }

    func run(pause: Duration, rounds: Int) async throws {
        let (first, address) = try await start()
        try await rest(first, pause, "after the first apply")
        try await drift(rounds, first)
        try await commits(rounds, first, address)
        first.stop()
        let (again, _) = try await start()
        try await rest(again, pause, "after a restart")
        again.stop()
    }

    /// Starts the service and waits until all applications are as declared.
    private func start() async throws -> (ServerProcess, address: String) {
        let start = clock.now
        let server = try ServerProcess(
            endstate, ["sync", "--config", fleet.configuration, "--listen", "127.0.0.1:0", "--log-format", "json"],
            environment: programs.environment)
        var address = ""
        var waiting = Set(fleet.sizes.indices.map(fleet.name))
        while !waiting.isEmpty {
            guard let line = try? Value(json: Array(try await server.line().utf8)) else { continue }
            if let port = line["port"]?.integer { address = "http://127.0.0.1:\(port)" }
            if ["success", "unchanged"].contains(line["result"]?.string), let name = line["application"]?.string {
                waiting.remove(name)
            }
        }
        report("from the start until all is applied", clock.now - start)
        return (server, address)
    }

    private func rest(_ server: ServerProcess, _ pause: Duration, _ when: String) async throws {
        // What follows the runs is no rest yet; the service's time is that of the machine.
        try await Task.sleep(for: .seconds(5))
        let before = server.processorTime
        try await Task.sleep(for: pause)
        let share = (server.processorTime - before) / (pause / .seconds(1)) * 100
        report("share of a core at rest, \(when)", String(format: "%.2f %%", share))
        report("resident memory at rest, \(when)", "\(server.residentMemory) MiB")
    }

    /// From what a watch tells of the change until it tells of the repair.
    private func drift(_ rounds: Int, _ server: ServerProcess) async throws {
        var times: [Double] = []
        for round in 0..<rounds {
            // An object that is changed again soon is repaired later.
            let name = "\(fleet.name(0))-\(round)"
            var changed: ContinuousClock.Instant?
            try await follow(name) { value in
                if value == nil {
                    let patch: Value = ["data": ["revision": "drift"]]
                    _ = try await client.patch(.configMaps, namespace: "default", name: name, .merge(patch))
                } else if value == "drift" {
                    changed = clock.now
                } else if let changed {
                    times.append((clock.now - changed) / .seconds(1))
                    return true
                }
                return false
            }
            _ = try await server.line(with: ["result": "success", "application": .string(fleet.name(0))])
        }
        report("drift repaired after the watch event", times)
    }

    /// From the trigger until the run has ended.
    private func commits(_ rounds: Int, _ server: ServerProcess, _ address: String) async throws {
        var times: [Double] = []
        for round in 1...rounds {
            try fleet.change(0, revision: "\(round)")
            let start = clock.now
            let trigger = try programs.run(endstate, ["sync", "trigger", fleet.name(0), "--server", address])
            guard trigger.status == 0 else { throw BenchmarkError(description: trigger.errors) }
            _ = try await server.line(with: ["result": "success", "application": .string(fleet.name(0))])
            times.append((clock.now - start) / .seconds(1))
        }
        report("one-file commit applied after the trigger", times)
    }

    /// Follows one ConfigMap.
    /// - Parameter isEnd: Called with nil at the beginning, and then with each `data.revision`.
    private func follow(_ name: String, until isEnd: (String?) async throws -> Bool) async throws {
        for try await event in client.feed(.configMaps, namespace: "default", fieldSelector: "metadata.name=\(name)") {
            switch event {
            case .listed: if try await isEnd(nil) { return }
            case .changed(let object): if try await isEnd(object.value[path: "data", "revision"]?.string) { return }
            case .deleted: throw BenchmarkError(description: "\(name) was deleted")
            }
        }
    }

    private func report(_ what: String, _ times: [Double]) {
        let text = String(format: "%.3f s, at worst %.3f s", times.median, times.max() ?? 0)
        report(what + ", median of \(times.count)", text)
    }

    private func report(_ what: String, _ time: Duration) {
        report(what, String(format: "%.1f s", time / .seconds(1)))
    }

    private func report(_ what: String, _ text: String) {
        print(what.padding(toLength: 60, withPad: " ", startingAt: 0) + text)
    }
}
