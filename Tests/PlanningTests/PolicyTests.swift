import Manifests
import Placement
import Planning
import Resources
import Testing

@Suite struct `the policies of a source` {
    private static func set(_ mode: String, _ more: String = "") throws -> ManifestSet {
        let text = """
            apiVersion: endstate.dev/v1
            kind: PlacementPolicy
            metadata: {name: departments}
            spec: {mode: \(mode), isolate: {label: department}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web, department: pay}}
                spec: {containers: [{name: a, image: b}]}
            \(more)
            """
        return try ManifestReader.read([ManifestFile(path: "web.yaml", bytes: Array(text.utf8))]).set
    }

    @Test func `change the manifests and their digest where they are enforced`() throws {
        let set = try Self.set("enforce")
        let enforced = try set.enforcingPolicies(in: "shop")
        let spec = enforced.set.manifests.first?.object.value[path: "spec", "template", "spec"]
        #expect(spec?[path: "affinity", "podAntiAffinity"] != nil)
        #expect(enforced.set.digest != set.digest)
        #expect(enforced.set.policies == set.policies)
        #expect(
            enforced.additions.map(\.workload) == [
                ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: "web")
            ])
        #expect(enforced.warnings.isEmpty)
    }

    @Test func `change nothing where they are only checked`() throws {
        let set = try Self.set("check")
        let enforced = try set.enforcingPolicies(in: "shop")
        #expect(enforced.set.digest == set.digest)
        #expect(enforced.additions.isEmpty)
    }

    @Test func `are about the source's own namespaces on servers that can't select all, which is told`() throws {
        let enforced = try Self.set("enforce").enforcingPolicies(in: "shop", selectsNamespaces: false)
        let term = enforced.set.manifests.first?.object.value[
            path: "spec", "template", "spec", "affinity", "podAntiAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution"]?[0]
        #expect(term?["namespaces"] == ["shop"])
        #expect(enforced.warnings.map(\.code) == ["policy-namespaces"])
    }

    @Test func `that manifests contradict are an error at the manifest's place`() throws {
        let set = try Self.set(
            "check",
            """
            ---
            apiVersion: endstate.dev/v1
            kind: PlacementPolicy
            metadata: {name: pool}
            spec:
              mode: enforce
              exclusive: {nodes: {pool: gpu}, taint: {key: gpu}, pods: {matchLabels: {app: train}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: train, labels: {app: train}}
            spec:
              nodeSelector: {pool: general}
              containers: [{name: a, image: b}]
            """)
        let error = #expect(throws: PlanError.self) { try set.enforcingPolicies(in: "shop") }
        #expect(
            error?.diagnostics.map { $0.rendered() } == [
                """
                error[policy-conflict]: Pod train asks for nodes with pool=general, not gpu, as the policy pool wants
                  --> web.yaml:26:24
                   |
                26 |   nodeSelector: {pool: general}
                   |                        ^
                   = cause 1: pool is declared at web.yaml:15:1
                hint: change one of them
                """
            ])
    }

    @Test func `that draw pods to others let them start after these`() throws {
        let set = try Self.set(
            "check",
            """
            ---
            apiVersion: endstate.dev/v1
            kind: PlacementPolicy
            metadata: {name: pair}
            spec:
              mode: enforce
              together: {pods: {matchLabels: {app: cache}}, with: {matchLabels: {app: web}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: cache, labels: {app: cache}}
            spec: {containers: [{name: a, image: b}]}
            """)
        let enforced = try set.enforcingPolicies(in: "shop").set
        let graph = try DependencyGraph.build(manifests: enforced.placed(in: "shop"))
        let edges = graph.nodes.flatMap { graph.dependencies(of: $0) }
        #expect(edges.map { "\($0.dependent) after \($0.dependency)" } == ["Pod shop/cache after Deployment shop/web"])
    }

    @Test func `refuse a plan that breaks them, unless that is allowed`() throws {
        let policy = try #require(try Self.set("check").policies.first)
        var fixture = try PlanFixture()
        fixture.placement.policies = [
            PolicyVerdict(policy, .broken, findings: ["a and b share n"]),
            PolicyVerdict(policy, .open, findings: ["c"]),
            PolicyVerdict(policy, .kept), PolicyVerdict(policy, .unknown),
        ]
        #expect(
            try fixture.violations() == [
                "broken-policy: the plan breaks the policy departments: a and b share n "
                    + "(change the manifests or the policy, or pass --allow-broken-policies)"
            ])
        fixture.settings.allowsBrokenPolicies = true
        #expect(try fixture.violations().isEmpty)
    }
}
