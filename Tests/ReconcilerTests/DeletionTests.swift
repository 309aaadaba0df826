import KubeClient
import Planning
import Reconciler
import Resources
import TestSupport
import Testing

@Suite struct DeletionTests {
    /// An application of `a` and `b`, and the plan that deletes `b`.
    private static func prepared(
        _ cluster: PlayedCluster = PlayedCluster()
    ) async throws -> (Application, PreparedPlan) {
        let application = Application(cluster)
        _ = try await application.apply(Application.chain("a", "b"))
        let plan = try await application.plan(Application.configMap("a"))
        #expect(plan.plan.deletions.compactMap(\.change?.identity.name) == ["b"])
        return (application, plan)
    }

    @Test func `what is no longer declared goes, and the record with the last member`() async throws {
        let (application, plan) = try await Self.prepared()
        let (result, events) = try await application.execute(plan)
        #expect(result.outcome == .succeeded)
        #expect(result.deleted.map(\.name) == ["b"])
        #expect(events.contains("deleted ConfigMap default/b: "))
        #expect(application.cluster.object(Application.path("b")) == nil)
        _ = try await application.execute(try await application.deletionPlan())
        #expect(application.cluster.object(Application.path("a")) == nil)
        #expect(application.cluster.object(Application.parent) == nil)
    }

    @Test func `an object created anew under the name is left alone`() async throws {
        let (application, plan) = try await Self.prepared()
        application.cluster.change(Application.path("b")) { $0["metadata"]?["uid"] = "another" }
        let (result, _) = try await application.execute(plan)
        #expect(result.outcome == .succeeded)
        #expect(application.cluster.object(Application.path("b"))?.uid == "another")
    }

    @Test func `what was being deleted when the plan was made is created anew once it is gone`() async throws {
        let application = Application(PlayedCluster())
        _ = try await application.apply(Application.configMap("a"))
        let former = application.cluster.object(Application.path("a"))?.uid
        application.cluster.change(Application.path("a")) {
            $0["metadata"]?["deletionTimestamp"] = "2026-01-01T00:00:00Z"
        }
        let plan = try await application.plan(Application.configMap("a"))
        application.cluster.remove(Application.path("a"))
        let (result, _) = try await application.execute(plan)
        #expect(result.outcome == .succeeded, "\(result.failures)")
        let present = application.cluster.object(Application.path("a"))
        #expect(present != nil && present?.uid != former)
    }

    @Test func `an object that was taken out of the application is left alone, and the run says so`() async throws {
        let (application, plan) = try await Self.prepared()
        application.cluster.change(Application.path("b")) { $0["metadata"]?["labels"] = [:] }
        let (result, _) = try await application.execute(plan)
        #expect(
            result.failures.map(\.failure.message) == [
                "it is no longer a member of the application: the label applyset.kubernetes.io/part-of has changed"
            ])
        #expect(application.cluster.object(Application.path("b")) != nil)
    }

    @Test func `an object that was protected since is left alone, and the run says so`() async throws {
        let (application, plan) = try await Self.prepared()
        application.cluster.change(Application.path("b")) {
            $0["metadata"]?["annotations"] = ["helm.sh/resource-policy": "keep"]
        }
        let (result, _) = try await application.execute(plan)
        #expect(
            result.failures.map(\.failure.message) == [
                "its annotation helm.sh/resource-policy: keep protects it since the plan was made"
            ])
        #expect(application.cluster.object(Application.path("b")) != nil)
    }

    @Test func `a change in between is no obstacle`() async throws {
        let (application, plan) = try await Self.prepared()
        application.cluster.change(Application.path("b")) { $0["data"] = ["colour": "blue"] }
        let (result, _) = try await application.execute(plan)
        #expect(result.deleted.map(\.name) == ["b"])
        #expect(application.cluster.object(Application.path("b")) == nil)
    }

    @Test func `finalizers that hold an object are named when the time is over`() async throws {
        var (application, plan) = try await Self.prepared()
        application.settings.objectTimeout = .seconds(30)
        application.cluster.change(Application.path("b")) { $0["metadata"]?["finalizers"] = ["example.com/hold"] }
        let (result, _) = try await application.execute(plan)
        #expect(
            result.failures.map(\.failure.message) == ["not gone after 30s: finalizers example.com/hold hold it"])
        #expect(result.changedCluster)
    }

    @Test func `a deletion is told when the server has accepted it, whether or not it is ever done`() async throws {
        var (application, plan) = try await Self.prepared()
        application.settings.objectTimeout = .seconds(30)
        application.cluster.change(Application.path("b")) { $0["metadata"]?["finalizers"] = ["example.com/hold"] }
        let (_, held) = try await application.execute(plan)
        let accepted = ["deleting ConfigMap default/b: ", "deletionAccepted ConfigMap default/b: "]
        #expect(held.filter { $0.hasPrefix("delet") } == accepted)
        let (other, otherPlan) = try await Self.prepared()
        let (_, gone) = try await other.execute(otherPlan)
        #expect(gone.filter { $0.hasPrefix("delet") } == accepted + ["deleted ConfigMap default/b: "])
    }

    @Test func `what is gone already was not deleted by the run`() async throws {
        let (application, plan) = try await Self.prepared()
        application.cluster.remove(Application.path("b"))
        let (_, events) = try await application.execute(plan)
        #expect(
            events.filter { $0.hasPrefix("delet") } == [
                "deleting ConfigMap default/b: ", "deleted ConfigMap default/b: ",
            ])
    }

    @Test func `without waiting an accepted deletion is enough`() async throws {
        var (application, plan) = try await Self.prepared()
        application.settings.waits = false
        application.cluster.change(Application.path("b")) { $0["metadata"]?["finalizers"] = ["example.com/hold"] }
        let (result, events) = try await application.execute(plan)
        #expect(result.outcome == .succeeded)
        #expect(events.contains("deleted ConfigMap default/b: accepted"))
    }

    @Test func `an API group that does not answer keeps its members recorded`() async throws {
        let cluster = PlayedCluster()
        _ = try await Application(cluster).apply(Application.configMap("a") + "---\n" + Self.job)
        let (parent, recorded) = (Application.parent, "applyset.kubernetes.io/contains-group-kinds")
        #expect(cluster.object(parent)?.annotations[recorded] == "ConfigMap,Job.batch")
        cluster.intercept { $0.path == "/apis/batch/v1" ? .status(503, "ServiceUnavailable", "no endpoints") : nil }
        let (result, _) = try await Application(cluster).apply(Application.configMap("a"))
        #expect(result.outcome == .succeeded)
        #expect(cluster.object(parent)?.annotations[recorded] == "ConfigMap,Job.batch")
        let deletion = try await Application(cluster).deletionPlan()
        #expect(deletion.plan.violations.map(\.code) == [.incompleteRead])
    }

    static let job = """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate}
        spec:
          suspend: true
          template: {spec: {restartPolicy: Never, containers: [{name: main, image: x}]}}

        """
}
