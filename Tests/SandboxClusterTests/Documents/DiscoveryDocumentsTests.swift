import Resources
import Testing

@testable import SandboxCluster

@Suite struct DiscoveryDocumentsTests {
    private let resources =
        SchemaRegistry.builtIn.resources + SchemaRegistry.resources(of: CustomResourceSchemaTests.definition)

    /// As a server of 1.20 lists it, but for the hashes of storage versions.
    @Test func `a group version lists its resources and their subresources`() {
        let list = DiscoveryDocuments.resourceList(
            group: "apps", version: "v1", resources, serving: KubernetesVersion(minor: 20))
        let all = #"["create","delete","deletecollection","get","list","patch","update","watch"]"#
        let some = #"["get","patch","update"]"#
        func workload(_ name: String, _ kind: String, _ short: String) -> String {
            #"{"categories":["all"],"kind":"\#(kind)","name":"\#(name)","namespaced":true,"shortNames":["\#(short)"],"#
                + #""singularName":"","verbs":\#(all)}"#
        }
        func status(_ name: String, _ kind: String) -> String {
            #"{"kind":"\#(kind)","name":"\#(name)/status","namespaced":true,"singularName":"","verbs":\#(some)}"#
        }
        func scale(_ name: String) -> String {
            #"{"group":"autoscaling","kind":"Scale","name":"\#(name)/scale","namespaced":true,"singularName":"","#
                + #""verbs":\#(some),"version":"v1"}"#
        }
        let expected = [
            #"{"kind":"ControllerRevision","name":"controllerrevisions","namespaced":true,"singularName":"","#
                + #""verbs":\#(all)}"#,
            workload("daemonsets", "DaemonSet", "ds"), status("daemonsets", "DaemonSet"),
            workload("deployments", "Deployment", "deploy"), scale("deployments"), status("deployments", "Deployment"),
            workload("replicasets", "ReplicaSet", "rs"), scale("replicasets"), status("replicasets", "ReplicaSet"),
            workload("statefulsets", "StatefulSet", "sts"), scale("statefulsets"),
            status("statefulsets", "StatefulSet"),
        ]
        #expect(
            list?.json == #"{"apiVersion":"v1","groupVersion":"apps/v1","kind":"APIResourceList","resources":["#
                + expected.joined(separator: ",") + "]}")
    }

    @Test func `groups are listed in Kubernetes' order, those of custom resources last`() {
        let names = (DiscoveryDocuments.groups(resources)["groups"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(
            names == [
                "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io",
                "autoscaling", "batch", "certificates.k8s.io", "networking.k8s.io", "policy",
                "rbac.authorization.k8s.io", "storage.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io",
                "scheduling.k8s.io", "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io",
                "flowcontrol.apiserver.k8s.io", "shop.example.com",
            ])
    }

    @Test func `a group names its preferred version`() {
        #expect(
            DiscoveryDocuments.group("batch", resources)?.json
                == #"{"apiVersion":"v1","kind":"APIGroup","name":"batch","#
                + #""preferredVersion":{"groupVersion":"batch/v1","version":"v1"},"#
                + #""versions":[{"groupVersion":"batch/v1","version":"v1"},"#
                + #"{"groupVersion":"batch/v1beta1","version":"v1beta1"}]}"#)
    }

    @Test func `what is not served is not listed`() {
        #expect(DiscoveryDocuments.group("extensions", resources) == nil)
        #expect(DiscoveryDocuments.group("", resources) == nil)
        #expect(DiscoveryDocuments.resourceList(group: "batch", version: "v2", resources) == nil)
    }

    @Test func `the core group lists itself in its older form`() throws {
        let list = try #require(DiscoveryDocuments.resourceList(group: "", version: "v1", resources))
        #expect(list["apiVersion"] == nil && list["groupVersion"] == "v1")
        let names = (list["resources"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(names == names.sorted())
        for name in ["pods/log", "pods/binding", "pods/eviction", "serviceaccounts/token", "namespaces/finalize"] {
            #expect(names.contains(name))
        }
        #expect(DiscoveryDocuments.apiVersions()["versions"] == ["v1"])
    }

    @Test func `custom resources are listed with their names and subresources`() throws {
        let list = try #require(
            DiscoveryDocuments.resourceList(group: "shop.example.com", version: "v1", resources))
        let entries = list["resources"]?.array ?? []
        #expect(entries.compactMap { $0["name"]?.string } == ["widgets", "widgets/status", "widgets/scale"])
        #expect(entries.first?["singularName"] == "widget")
        #expect(entries.first?["verbs"]?.array?.first == "delete")
    }

    @Test(arguments: ["v2", "v2beta1"])
    func `all is told at once where a client asks for it`(version: String) throws {
        let document = DiscoveryDocuments.aggregated(core: false, resources, version: version)
        #expect(document["apiVersion"]?.string == "apidiscovery.k8s.io/\(version)")
        let groups = document["items"]?.array ?? []
        #expect(groups.count == 20)
        let policy = try #require(groups.first { $0[path: "metadata", "name"] == "policy" })
        #expect(policy["versions"]?.array?.compactMap { $0["version"]?.string } == ["v1", "v1beta1"])
        let budgets = try #require(policy["versions"]?[0]?["resources"]?[0])
        #expect(
            budgets.json
                == #"{"resource":"poddisruptionbudgets","responseKind":{"group":"","kind":"PodDisruptionBudget","version":""},"#
                + #""scope":"Namespaced","shortNames":["pdb"],"singularResource":"poddisruptionbudget","#
                + #""subresources":[{"responseKind":{"group":"","kind":"PodDisruptionBudget","version":""},"#
                + #""subresource":"status","verbs":["get","patch","update"]}],"#
                + #""verbs":["create","delete","deletecollection","get","list","patch","update","watch"]}"#)
    }

    @Test func `the core group stands alone where all is told at once`() throws {
        let items = DiscoveryDocuments.aggregated(core: true, resources)["items"]?.array ?? []
        let core = try #require(items.first)
        #expect(items.count == 1 && core["metadata"] == ["creationTimestamp": nil])
        let pods = core["versions"]?[0]?["resources"]?.array?.first { $0["resource"] == "pods" }
        let eviction = pods?["subresources"]?.array?.first { $0["subresource"] == "eviction" }
        #expect(eviction?["responseKind"] == ["group": "policy", "version": "v1", "kind": "Eviction"])
    }
}
