import Resources
import Testing

@testable import SandboxCluster

struct NamespaceLifecycleTests {
    @Test func `nothing is made in a namespace that is missing`() throws {
        let pod = AdmissionFixture.object("v1", "ConfigMap")
        let refused = AdmissionFixture.create(pod, in: RulesView())
        guard case .failure(let status) = refused else {
            Issue.record("it was made")
            return
        }
        #expect(status.code == 404)
        #expect(status.message == #"namespaces "shop" not found"#)
        #expect(status.details == ["name": "shop", "kind": "namespaces"])
    }

    @Test func `nothing is made in a namespace that goes away`() throws {
        let view = RulesView([
            "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"], "status": ["phase": "Terminating"],
        ])
        let deployment: Value = ["apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["generateName": "y-"]]
        guard case .failure(let status) = AdmissionFixture.create(deployment, in: view) else {
            Issue.record("it was made")
            return
        }
        #expect(status.code == 403)
        #expect(
            status.message
                == #"deployments.apps "y-" is forbidden: "#
                + "unable to create new content in namespace shop because it is being terminated")
        #expect(
            status.details == [
                "name": "y-", "group": "apps", "kind": "deployments",
                "causes": [
                    [
                        "reason": "NamespaceTerminating", "message": "namespace shop is being terminated",
                        "field": "metadata.namespace",
                    ]
                ],
            ])
    }

    @Test(arguments: [("default", true), ("kube-system", true), ("kube-public", true), ("kube-node-lease", false)])
    func `the first namespaces can't be deleted`(name: String, isImmortal: Bool) {
        let object = AdmissionFixture.object("v1", "Namespace", name)
        let resource = AdmissionFixture.resource(of: object)
        let refusal = Result { () throws(APIStatus) in
            try Admission.checkDeletion(of: KubernetesObject(object), resource)
        }
        #expect((try? refusal.get()) == nil ? isImmortal : !isImmortal)
    }

    @Test func `the refusal names the namespace`() {
        let object = AdmissionFixture.object("v1", "Namespace", "default")
        let status = #expect(throws: APIStatus.self) {
            try Admission.checkDeletion(of: KubernetesObject(object), AdmissionFixture.resource(of: object))
        }
        #expect(status?.message == #"namespaces "default" is forbidden: this namespace may not be deleted"#)
        #expect(status?.details == ["name": "default", "kind": "namespaces"])
    }
}
