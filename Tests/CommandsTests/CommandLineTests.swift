import Commands
import KubeClient
import Testing

@Suite struct CommandLineTests {
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

    @Test(arguments: [
        ["fly"], ["plan", "--revision", "main"], ["plan", "--repo", "x"],
        ["plan", ".", "--repo", "x", "--revision", "main"],
        ["apply", "--yes", "--concurrency", "0"], ["apply", "--yes", "--object-timeout", "soon"], ["delete", "--yes"],
        ["validate", "--server", "--openapi", "x"],
    ])
    func `a wrong command line ends with 64`(arguments: [String]) async throws {
        let bench = try Bench([String: String]())
        let ending = await bench.run(arguments)
        #expect(ending.status == .usage)
        #expect(ending.notes.hasPrefix("Error: "))
        #expect(ending.output.isEmpty)
    }

    @Test func `without a cluster the error names where it was looked for`() async throws {
        let bench = try Bench(["m.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"])
        let ending = await bench.endstate("plan")
        #expect(ending.status == .failure)
        #expect(
            ending.notes == """
                error[no-cluster]: no cluster is configured
                  = cause 1: there is nothing in \(bench.path)/kubeconfig
                hint: name a kubeconfig with --kubeconfig or KUBECONFIG

                """)
    }

    @Test func `a kubeconfig among the manifests may not run a program`() async throws {
        let bench = try Bench(["m.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"])
        let exec = "user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, interactiveMode: Never}}"
        try bench.write(Array(Bench.kubeconfig.replacing("user: {token: t0ken}", with: exec).utf8), to: ".kube/config")
        let ending = await bench.run(["plan"], kubeconfig: bench.app + "/.kube/config")
        #expect(ending.status == .failure)
        #expect(ending.notes.contains("error[kubeconfig-in-source]"), "\(ending.notes)")
        #expect(!ending.connected)
    }
}
