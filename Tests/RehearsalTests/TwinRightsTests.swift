import Reconciler
import Rehearsal
import Resources
import Testing

/// Rehearsals by accounts that may not read all.
@Suite struct TwinRightsTests {
    /// Whether a request is about objects of the namespace, nodes, or what the server serves.
    @Sendable private static func isOfNamespace(_ path: String) -> Bool {
        let elements = path.prefix { $0 != "?" }.split(separator: "/")
        let isDiscovery = elements.count <= (elements.first == "apis" ? 3 : 2)
        return isDiscovery || path.hasPrefix("/api/v1/nodes") || path.contains("/namespaces/\(LiveCluster.namespace)/")
    }

    private static let files = ["settings.yaml": Samples.configMap("settings"), "web.yaml": Samples.deployment()]

    @Test func `an account of the namespace that may list nodes is enough`() async throws {
        let live = try LiveCluster()
        let report = try await live.rehearse(Self.files, isAllowed: Self.isOfNamespace)
        #expect(report.isSuccess, "\(report.result.failures)")
        #expect(
            report.doubts == [
                "the Namespace shop may not be read: the twin knows its name alone",
                "pods of other namespaces may not be read: the twin's nodes are without them",
                "persistentvolumes may not be read: of bound ones, the twin knows the claims alone",
                "storageclasses may not be read: the twin has none of them",
                "priorityclasses may not be read: the twin has none of them",
                "runtimeclasses may not be read: the twin has none of them",
                "ingressclasses may not be read: the twin has none of them",
            ])
    }

    @Test func `a bound claim stays bound where its volume may not be read`() async throws {
        let live = try LiveCluster()
        try await live.apply(["data.yaml": Samples.claim(className: "standard")])
        let report = try await live.rehearse(
            ["data.yaml": Samples.claim(className: "standard"), "settings.yaml": Samples.configMap("settings")],
            isAllowed: Self.isOfNamespace)
        #expect(report.isSuccess, "\(report.result.failures)")
    }

    @Test func `without the right to list nodes nothing can be rehearsed`() async throws {
        let live = try LiveCluster()
        let error = await #expect(throws: Diagnostic.self) {
            try await live.rehearse(Self.files, isAllowed: { !$0.hasPrefix("/api/v1/nodes") })
        }
        #expect(error?.code == "rehearsal-needs-nodes")
    }

    @Test func `a twin on which a member is missing says nothing about the plan`() async throws {
        let live = try LiveCluster()
        try await live.apply(Self.files)
        var files = Self.files
        files["settings.yaml"] = Samples.configMap("settings", colour: "blue")
        let changed = files
        let error = await #expect(throws: Diagnostic.self) {
            try await live.rehearse(
                changed, isAllowed: { !$0.contains("/configmaps?") || $0.contains("labelSelector") })
        }
        #expect(error?.code == "rehearsal-unlike")
        #expect(
            error?.message == "the twin would do something else than the plan: ConfigMap shop/settings "
                + "(plan: update, twin: create)")
        #expect(error?.causes == ["configmaps in shop may not be read: the twin has none of them"])
    }

    @Test func `so does one that doesn't know a kind`() async throws {
        let live = try LiveCluster([Samples.widgetDefinition])
        let error = await #expect(throws: Diagnostic.self) {
            try await live.rehearse(
                ["one.yaml": Samples.widget(size: 1)], isAllowed: { !$0.contains("/customresourcedefinitions") })
        }
        #expect(error?.code == "rehearsal-unlike")
        #expect(
            error?.causes.first == "the CustomResourceDefinition widgets.example.org may not be read: "
                + "the twin doesn't serve Widget.example.org")
    }

    @Test func `a group that does not answer is told`() async throws {
        // Before 1.26, each group version is asked for by itself.
        let live = try LiveCluster(minor: 25)
        let report = try await live.rehearse(Self.files, isAllowed: { $0 != "/apis/node.k8s.io/v1" })
        #expect(report.isSuccess, "\(report.result.failures)")
        #expect(
            report.doubts == [
                "the twin has no RuntimeClass.node.k8s.io, since the cluster doesn't tell of them: "
                    + "cannot discover node.k8s.io/v1: it is not allowed"
            ])
    }

    @Test func `a definition is read by its name where they may not be listed`() async throws {
        let live = try LiveCluster([Samples.widgetDefinition])
        let report = try await live.rehearse(
            ["one.yaml": Samples.widget(size: 1)], isAllowed: { !$0.contains("/customresourcedefinitions?") })
        #expect(report.isSuccess, "\(report.result.failures)")
    }
}
