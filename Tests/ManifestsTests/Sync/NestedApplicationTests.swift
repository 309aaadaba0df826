import Manifests
import Resources
import Testing

@Suite struct NestedApplicationTests {
    private let object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
    private let shop = SyncConfigurationTests.application("shop")

    private func applications(_ text: String) throws -> [SyncApplication] {
        let file = ManifestFile(path: "apps/shop.yaml", bytes: Array(text.utf8))
        let (set, warnings) = try ManifestReader.read([file], takesApplications: true)
        #expect(warnings.isEmpty)
        return set.applications
    }

    @Test func `a source's applications are no manifests, and have a digest of their own`() throws {
        let alone = try read([("a.yaml", object)]).set
        let set = try read([("a.yaml", object), ("apps/shop.yaml", shop)]).set
        #expect(set.manifests.count == 1 && set.application == nil)
        #expect(set.applications.map(\.name) == ["shop"])
        #expect(set.applications.first?.location?.description == "apps/shop.yaml:3:18")
        #expect(set.digest == alone.digest)
        let other = try read([("apps/shop.yaml", SyncConfigurationTests.application("shop", more: "  concurrency: 2"))])
            .set
        #expect(Set([alone, set, other].map(\.applicationsDigest)).count == 3)
        #expect(set.replacing([]).applicationsDigest == set.applicationsDigest)
    }

    @Test func `verbs that can't use them say so`() {
        #expect(
            report([("apps/shop.yaml", shop)]) == """
                warning[nested-application]: the Application shop is only used by endstate sync
                 --> apps/shop.yaml:1:1
                  |
                1 | apiVersion: endstate.dev/v1
                  | ^
                """)
    }

    @Test func `two of one name are an error`() {
        #expect(
            report([("a.yaml", shop), ("b.yaml", shop)]).contains(
                "error[duplicate-application]: there is a second Application shop\n --> b.yaml:3:18"))
    }

    @Test func `a server is no part of a source`() {
        #expect(codes("apiVersion: endstate.dev/v1\nkind: SyncServer\n") == ["misplaced-server"])
    }

    @Test(arguments: [
        "/srv/git/shop", "../shop", "file:///srv/git/shop", "http://git.example.com/shop", "git://git.example.com/shop",
        "ext::sh -c true", "https://git.example.com/a/../b",
    ])
    func `a repository comes from a host, by an address that means one thing`(address: String) {
        let text =
            "apiVersion: endstate.dev/v1\nkind: Application\nmetadata: {name: shop}\n"
            + "spec: {source: {repository: '\(address)'}}\n"
        #expect(
            report([("apps/shop.yaml", text)]).contains(
                "error[invalid-setting]: spec.source.repository must be an https:// or ssh:// address, because it comes "
                    + "from a repository itself\n --> apps/shop.yaml:4:29"))
    }

    @Test func `an application is in its parent's cluster`() throws {
        var settings = ApplicationSettings()
        settings.context = "production"
        settings.cluster = "5f1c"
        let parent = SyncApplication(name: "all", settings: settings)
        let same = SyncConfigurationTests.application("queue", more: "  context: production")
        let children = try SyncApplication.checkNested(applications(shop + "\n---\n" + same), in: parent)
        #expect(children.map(\.name) == ["shop", "queue"])
        #expect(children.allSatisfy { $0.parent == "all" })
        #expect(children.map(\.settings.context) == ["production", "production"])
        #expect(children.map(\.settings.cluster) == ["5f1c", "5f1c"])
    }

    @Test(arguments: [true, false])
    func `an application can't leave its parent's cluster`(isBound: Bool) throws {
        var settings = ApplicationSettings()
        if isBound { (settings.context, settings.cluster) = ("production", "5f1c") }
        let parent = SyncApplication(name: "all", settings: settings)
        let text = SyncConfigurationTests.application("shop", more: "  context: staging\n  cluster: a")
        let error = try #require(throws: ManifestErrors.self) {
            try SyncApplication.checkNested(applications(text), in: parent)
        }
        #expect(error.diagnostics.map(\.code) == ["foreign-cluster", "foreign-cluster"])
        #expect(
            error.diagnostics.first?.rendered() == """
                error[foreign-cluster]: spec.context of shop can't be another one than that of all, which declares it
                 --> apps/shop.yaml:7:12
                  |
                7 |   context: staging
                  |            ^
                hint: remove it: an application is in its parent's cluster
                """)
    }
}
