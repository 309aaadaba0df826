import Commands
import Foundation
import Testing

/// A source that can't or must not be read, and what is said of it.
struct BadSource: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let arguments: [String]
    /// APP stands for the directory that the program is run in.
    let report: String

    init(_ title: String, _ arguments: [String], _ report: String) {
        testDescription = title
        self.arguments = arguments
        self.report = report
    }

    static let all = [
        BadSource(
            "a directory that is not there", ["nope"],
            """
            error[source-path-not-found]: the directory 'APP/nope' cannot be read
              = cause 1: No such file or directory
            """),
        BadSource(
            "a repository that is not there", ["--repo", "../nope", "--revision", "main"],
            """
            error[git-not-a-repository]: there is no repository at '../nope'
              = cause 1: No such file or directory
            """),
        BadSource(
            "an address that runs a program", ["--repo", "ext::sh -c id", "--revision", "main"],
            "error[git-invalid-address]: the repository's address is refused: 'ext::…' asks git to run a program"),
        BadSource(
            "an address with a password", ["--repo", "https://me:sekret@127.0.0.1:1/x.git", "--revision", "main"],
            """
            error[git-network]: cannot connect to https://127.0.0.1:1/x.git
              = cause 1: Connection refused
            hint: check the address, the network and whether the repository exists
            """),
        BadSource(
            "an address without encryption", ["--repo", "http://example.com/x.git", "--revision", "main"],
            """
            error[git-invalid-address]: the repository's address is refused: 'http://example.com/x.git' is not encrypted
            hint: use https://
            """),
        BadSource(
            "an unknown revision", ["--repo", "APP/repository", "--revision", "nope"],
            """
            error[git-revision-not-found]: there is no 'nope' in APP/repository
            hint: the repository has no branch or tag with a name like it
            """),
        BadSource(
            "a revision that is an option", ["--repo", "APP/repository", "--revision=--upload-pack=x"],
            """
            error[git-invalid-revision]: the revision '--upload-pack=x' starts with '-'
            hint: name a branch, a tag, refs/…, or a commit id of at least 7 digits
            """),
        BadSource(
            "a revision with git's own syntax", ["--repo", "APP/repository", "--revision", "main@{1}"],
            """
            error[git-invalid-revision]: the revision 'main@{1}' is not a valid name in git
            hint: name a branch, a tag, refs/…, or a commit id of at least 7 digits
            """),
        BadSource(
            "a path out of the repository", ["--repo", "APP/repository", "--revision", "main", "--path", "../../etc"],
            """
            error[git-invalid-path]: the path '../../etc' leads out of the repository
            hint: write it without '..'
            """),
    ]
}

@Suite struct BadSourceTests {
    @Test(arguments: BadSource.all)
    func `it is told, and no cluster is asked`(source: BadSource) async throws {
        let bench = try Bench(["repository/m.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"])
        try bench.useKubeconfig()
        try bench.git("init", "--quiet", "--initial-branch", "main")
        try bench.git("add", ".")
        try bench.git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "x")
        let ending = await bench.run(
            ["apply", "--yes"] + source.arguments.map { $0.replacing("APP", with: bench.app) })
        #expect(ending.notes == source.report.replacing("APP", with: bench.app) + "\n")
        #expect(ending.status == .failure)
        #expect(ending.output.isEmpty)
        #expect(!ending.connected)
    }

    @Test func `a link out of the directory is not followed`() async throws {
        let bench = try Bench([String: String]())
        try bench.useKubeconfig()
        try FileManager.default.createSymbolicLink(
            atPath: bench.app + "/secret.yaml", withDestinationPath: "/proc/self/environ")
        let ending = await bench.run(["apply", "--yes"])
        #expect(
            ending.notes == """
                error[source-symbolic-link]: '\(bench.app)/secret.yaml' is a symbolic link
                hint: links are never followed: put the file there

                """)
        #expect(!ending.connected)
    }

    @Test func `a link in a commit is not followed`() async throws {
        let bench = try Bench(["repository/a.txt": "x"])
        try bench.useKubeconfig()
        try FileManager.default.createSymbolicLink(
            atPath: bench.app + "/repository/l.yaml", withDestinationPath: "/etc/passwd")
        try bench.git("init", "--quiet", "--initial-branch", "main")
        try bench.git("add", ".")
        try bench.git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "x")
        let ending = await bench.run(["apply", "--yes", "--repo", bench.app + "/repository", "--revision", "main"])
        #expect(ending.notes.hasPrefix("error[git-symbolic-link]: 'l.yaml' in commit "))
        #expect(
            ending.notes.hasSuffix(
                " of \(bench.app)/repository is a symbolic link\nhint: links are never followed: put the file there\n"))
        #expect(!ending.connected)
    }

    @Test func `a file of a hundred megabytes is not read`() async throws {
        let bench = try Bench(["big.yaml": ""])
        try bench.useKubeconfig()
        try #require(FileHandle(forWritingAtPath: bench.app + "/big.yaml")).truncate(atOffset: 100 << 20)
        let ending = await bench.run(["apply", "--yes"])
        #expect(
            ending.notes
                == "error[source-too-large]: '\(bench.app)/big.yaml' has 104857600 bytes, "
                + "more than the limit of 16777216 for one file\n")
        #expect(!ending.connected)
    }

    @Test(arguments: [
        (
            "kustomization.yaml", "error[kustomization]: . is a kustomization",
            "kubectl kustomize . > DIR/manifests.yaml"
        ),
        ("Chart.yaml", "error[helm-chart]: . is a Helm chart", "helm template RELEASE . > DIR/manifests.yaml"),
    ])
    func `what must be rendered first is refused as a whole`(file: String, head: String, command: String) async throws {
        let bench = try Bench([
            file: "x: y\n", "m.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
        ])
        try bench.useKubeconfig()
        let ending = await bench.run(["apply", "--yes"])
        #expect(
            ending.notes == """
                \(head), not a directory of manifests; nothing of it was read
                 --> \(file):1:1
                hint: render it first: \(command)

                """)
        #expect(!ending.connected)
    }
}
