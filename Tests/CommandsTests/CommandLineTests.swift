import Commands
import Glibc
import KubeClient
import Testing

@Suite struct CommandLineTests {
    private static let configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"

    @Test func `help and version go to the output`() async throws {
        let bench = try Bench([String: String]())
        let version = await bench.endstate("--version")
        #expect(version.status == .success)
        #expect(version.output == Version.current + "\n")
        let help = await bench.endstate("--help")
        #expect(help.status == .success)
        #expect(help.output.contains("SUBCOMMANDS:"))
        #expect(help.notes.isEmpty)
    }

    @Test(arguments: [["plan", "--help"], ["plan", "-h"], ["help", "plan"]])
    func `a verb has help of its own`(arguments: [String]) async throws {
        let help = try await Bench([String: String]()).run(arguments)
        #expect(help.status == .success)
        #expect(help.output.hasPrefix("OVERVIEW: Show the ordered plan"))
        #expect(help.output.contains("USAGE: endstate plan "))
        #expect(help.notes.isEmpty)
    }

    @Test(
        arguments: [
            (
                ["sync"], Commands.ExitStatus.usage,
                "Name either a configuration directory with --config, or a repository"
            ),
            (["sync", "--repo", "."], .usage, "Name the application with --name"),
            (["sync", "--repo", "a", "--name", "A b"], .usage, "'A b' can't be one's name"),
            (["sync", "--config", ".", "--name", "a"], .usage, "go with --repo"),
            (["sync", "trigger"], .usage, "Missing expected argument '<name>'"),
            // Nobody listens there: what matters is that it was asked.
            (["sync", "trigger", "shop", "--server", "http://127.0.0.1:1"], .failure, "127.0.0.1:1"),
        ])
    func `what sync can't do with its arguments is told`(arguments: [String], status: Commands.ExitStatus, text: String)
        async throws
    {
        let ending = try await Bench([String: String]()).run(arguments)
        #expect(ending.status == status)
        #expect(ending.notes.contains(text))
    }

    @Test(arguments: [[], ["help"], ["-h"]])
    func `without a verb the program tells what it can do`(arguments: [String]) async throws {
        let help = try await Bench([String: String]()).run(arguments)
        #expect(help.status == .success)
        #expect(help.output.contains("SUBCOMMANDS:"))
    }

    @Test func `what a verb misses is told with its usage`() async throws {
        let ending = try await Bench([String: String]()).run(["delete", "--yes"])
        #expect(ending.notes.hasPrefix("Error: delete needs --name APPLICATION"))
        #expect(ending.notes.contains("\nUsage: endstate delete "))
        #expect(ending.notes.hasSuffix("\n  See 'endstate delete --help' for more information.\n"))
        #expect(ending.status == .usage)
    }

    @Test(arguments: ["--config", "--openapi"])
    func `a file that is not there is told in a few words`(option: String) async throws {
        let ending = try await Bench(["m.yaml": Self.configMap]).run(["validate", option, "nope"])
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[file-unreadable]: cannot read nope
                  = cause 1: No such file or directory
                hint: check the path

                """)
    }

    @Test func `a directory instead of a file is told so`() async throws {
        let ending = try await Bench(["m.yaml": Self.configMap]).run(["validate", "--config", "."])
        #expect(ending.notes.contains("cause 1: Is a directory\n"))
    }

    @Test func `in a directory that was removed only a full path is read`() async throws {
        let bench = try Bench(["m.yaml": Self.configMap])
        for arguments in [["validate"], ["validate", "shop"], ["validate", bench.app, "--config", "x"]] {
            let ending = await bench.run(arguments, directory: "")
            #expect(ending.status == .failure)
            #expect(
                ending.notes.hasPrefix("error[no-current-directory]: the current directory does not exist any more"))
        }
        #expect(await bench.run(["validate", bench.app], directory: "").status == .success)
    }

    @Test func `output that is lost is an error`() async throws {
        let bench = try Bench(["m.yaml": Self.configMap])
        let ending = await bench.run(["render"], outputLoss: ENOSPC)
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[output-lost]: the output is incomplete: it could not be written
                  = cause 1: No space left on device
                hint: see what the standard output goes to

                """)
    }

    @Test(arguments: [
        ["fly"], ["plan", "--revision", "main"], ["plan", "--repo", "x"],
        ["plan", ".", "--repo", "x", "--revision", "main"],
        ["apply", "--yes", "--concurrency", "0"], ["apply", "--yes", "--object-timeout", "soon"], ["delete", "--yes"],
        ["validate", "--server", "--openapi", "x"], ["plan", "--prune-max-count=-5"],
        ["plan", "--prune-max-percent", "500"],
        ["apply", "--yes", "--adopt", "--plan", "x"], ["rehearse", "--adopt", "--plan", "x"],
        ["rehearse", ".", "--plan", "x"], ["rehearse", "--name", "shop", "--plan", "x"],
    ])
    func `a wrong command line ends with 64`(arguments: [String]) async throws {
        let bench = try Bench([String: String]())
        let ending = await bench.run(arguments)
        #expect(ending.status == .usage)
        #expect(ending.notes.hasPrefix("Error: "))
        #expect(ending.output.isEmpty)
    }

    @Test func `without a cluster the error names where it was looked for`() async throws {
        let bench = try Bench(["m.yaml": Self.configMap])
        let ending = await bench.endstate("plan")
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[no-cluster]: no cluster is configured
                  = cause 1: there is nothing in \(bench.path)/kubeconfig
                hint: name a kubeconfig with --kubeconfig or KUBECONFIG

                """)
    }
}
