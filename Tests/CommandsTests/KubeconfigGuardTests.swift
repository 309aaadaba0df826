import Commands
import Foundation
import Testing

/// A kubeconfig among the manifests may not run a program, however its path is written.
@Suite struct KubeconfigGuardTests {
    private static let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"
    private static let exec =
        "user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, interactiveMode: Never}}"

    /// A source in the directory `shop` of `app`, with a kubeconfig that runs a program.
    private static func bench(kubeconfig: String) throws -> Bench {
        let text = Bench.kubeconfig.replacing("user: {token: t0ken}", with: exec)
        return try Bench(["shop/m.yaml": manifest, kubeconfig: text])
    }

    /// The path as it is written from the directory in which the tests run.
    private static func relative(_ path: String) -> String {
        let levels = FileManager.default.currentDirectoryPath.split(separator: "/").count
        return String(repeating: "../", count: levels) + path.dropFirst()
    }

    private static func isRefused(_ ending: Bench.Ending) -> Bool {
        ending.status == .failure && !ending.connected && ending.notes.hasPrefix("error[kubeconfig-in-source]: ")
    }

    @Test(arguments: ["/shop/.kube/config", "/./shop/.kube/config", "/shop/../shop//.kube/config"])
    func `spellings of its path make no difference`(path: String) async throws {
        let bench = try Self.bench(kubeconfig: "shop/.kube/config")
        for path in [bench.app + path, Self.relative(bench.app + path)] {
            let ending = await bench.run(["plan", "shop"], variables: ["KUBECONFIG": path])
            #expect(Self.isRefused(ending), "\(path): \(ending.notes)")
        }
    }

    @Test func `a symbolic link to it makes no difference`() async throws {
        let bench = try Self.bench(kubeconfig: "shop/.kube/config")
        let link = bench.path + "/link"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: bench.app + "/shop/.kube/config")
        #expect(Self.isRefused(await bench.run(["plan", "shop"], variables: ["KUBECONFIG": link])))
    }

    @Test func `beside the source counts in the same repository alone`() async throws {
        let bench = try Self.bench(kubeconfig: "tools/kubeconfig")
        let variables = ["KUBECONFIG": bench.app + "/tools/kubeconfig"]
        #expect(await bench.run(["plan", "shop"], variables: variables).connected)
        try bench.write([], to: ".git/HEAD")
        #expect(Self.isRefused(await bench.run(["plan", "shop"], variables: variables)))
    }

    @Test(arguments: [["delete", "--yes", "--name", "shop"], ["status", "--name", "shop"]])
    func `without a source the current directory counts`(arguments: [String]) async throws {
        let bench = try Self.bench(kubeconfig: "tools/kubeconfig")
        try bench.write([], to: ".git/HEAD")
        let variables = ["KUBECONFIG": bench.app + "/tools/kubeconfig"]
        let inside = await bench.run(arguments, variables: variables, directory: bench.app + "/shop")
        #expect(Self.isRefused(inside), "\(inside.notes)")
        #expect(await bench.run(arguments, variables: variables, directory: bench.path).connected == false)
        #expect(await bench.run(arguments, variables: variables, directory: NSTemporaryDirectory() + "..").connected)
    }

    @Test func `named on the command line it may`() async throws {
        let bench = try Self.bench(kubeconfig: "shop/.kube/config")
        let ending = await bench.endstate("plan", "shop", "--kubeconfig", bench.app + "/shop/.kube/config")
        #expect(ending.connected)
    }

    @Test func `in the home directory the person's own one may`() async throws {
        let bench = try Self.bench(kubeconfig: ".kube/config")
        let variables = ["HOME": bench.app, "KUBECONFIG": ""]
        #expect(await bench.run(["plan"], variables: variables).connected)
        try bench.write([], to: ".git/HEAD")
        #expect(Self.isRefused(await bench.run(["plan"], variables: variables)))
    }
}
