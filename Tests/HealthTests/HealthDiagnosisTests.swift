import Health
import Resources
import Testing

@Suite struct HealthDiagnosisTests {
    @Test func `there is nothing to look for below what its controller has not seen, nor below what is healthy`() {
        let context = HealthContext()
        let deployment = Fixture.deployment()
        #expect(HealthDiagnosis.applies(to: deployment, context: context))
        var unseen = deployment
        unseen.value["metadata"]?["generation"] = 2
        #expect(!HealthDiagnosis.applies(to: unseen, context: context))
        #expect(HealthDiagnosis.diagnose(unseen, evidence: HealthEvidence()) == nil)
        let map = KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "settings"]])
        #expect(!HealthDiagnosis.applies(to: map, context: context))
    }

    @Test func `failures of old pods are not blamed on a new rollout`() {
        let evidence = HealthEvidence(objects: [
            Fixture.replicaSet(9), Fixture.replicaSet(10),
            Fixture.pod("old", of: Fixture.owner("ReplicaSet", "web-9"), status: Fixture.crashLoop(restarts: 7)),
            Fixture.pod(
                "new", of: Fixture.owner("ReplicaSet", "web-10"),
                status: Fixture.status(state: Fixture.waiting("ContainerCreating"))
            ),
        ])
        #expect(
            HealthDiagnosis.diagnose(Fixture.deployment(), evidence: evidence)
                == Diagnosis(
                    severity: .waiting, reason: "ContainerCreating",
                    headline: "the pod's containers are being created", details: ["in Pod shop/new"],
                    subject: Fixture.podIdentity("new")
                )
        )
    }

    @Test func `the same trouble of several pods is told once, the worst first, other trouble after it`() {
        let evidence = HealthEvidence(objects: [
            Fixture.replicaSet(2),
            Fixture.pod("a", status: Fixture.status(state: Fixture.waiting("ContainerCreating"))),
            Fixture.pod("b", status: Fixture.crashLoop(restarts: 2)),
            Fixture.pod("c", status: Fixture.crashLoop(restarts: 3)),
        ])
        #expect(
            HealthDiagnosis.diagnose(Fixture.deployment(), evidence: evidence)
                == Diagnosis(
                    severity: .failed, reason: "CrashLoopBackOff",
                    headline: "container web exits with code 1, restarted 2 times",
                    details: ["in Pod shop/b and 1 more pod", "also: the pod's containers are being created"],
                    subject: Fixture.podIdentity("b")
                )
        )
    }

    @Test func `pods that are ready, done or being deleted are no trouble`() {
        var leaving = Fixture.pod("leaving", status: Fixture.crashLoop(restarts: 9))
        leaving.value["metadata"]?["deletionTimestamp"] = timestamp(0)
        let evidence = HealthEvidence(objects: [
            Fixture.replicaSet(2), leaving,
            Fixture.pod("ready", status: ["phase": "Running", "conditions": [condition("Ready", "True")]]),
            Fixture.pod("done", status: ["phase": "Succeeded"]),
        ])
        #expect(
            HealthDiagnosis.diagnose(Fixture.deployment(), evidence: evidence)
                == Diagnosis(
                    severity: .waiting, reason: "LessReplicas", headline: "0 of 3 replicas updated, 0 available",
                    subject: Fixture.deployment().identity
                )
        )
    }

    @Test func `a failed Deployment's headline is its pods' trouble, its own words are the last detail`() {
        let deployment = Fixture.deployment(conditions: [
            condition("Progressing", "False", "ProgressDeadlineExceeded", "ReplicaSet \"web-2\" has timed out")
        ])
        let pod = Fixture.pod("a", status: Fixture.status(state: Fixture.waiting("ContainerCreating")))
        #expect(
            HealthDiagnosis.diagnose(deployment, evidence: HealthEvidence(objects: [Fixture.replicaSet(2), pod]))
                == Diagnosis(
                    severity: .failed, reason: "ContainerCreating",
                    headline: "the pod's containers are being created",
                    details: ["in Pod shop/a", "ReplicaSet \"web-2\" has timed out"],
                    subject: Fixture.podIdentity("a")
                )
        )
    }

    private static let quota = "pods \"web-2-\" is forbidden: exceeded quota: small, limited: pods=2"

    @Test(arguments: [
        (59, Diagnosis.Severity.waiting), (60, .failed),
    ])
    func `a quota is tolerated for a while, since other pods may leave it`(
        seconds: Int, severity: Diagnosis.Severity
    ) {
        var failure = condition("ReplicaFailure", "True", "FailedCreate", Self.quota)
        failure["lastTransitionTime"] = timestamp(0)
        let replicaSet = Fixture.replicaSet(2, conditions: [failure])
        let diagnosis = HealthDiagnosis.diagnose(
            Fixture.deployment(), evidence: HealthEvidence(objects: [replicaSet]),
            context: HealthContext(now: time(seconds))
        )
        #expect(
            diagnosis
                == Diagnosis(
                    severity: severity, reason: "FailedCreate", headline: "pods cannot be created: \(Self.quota)",
                    details: ["in ReplicaSet shop/web-2"], subject: replicaSet.identity
                )
        )
    }

    @Test func `a StatefulSet, which has no such condition, tells of a quota by its events`() {
        let set = Fixture.statefulSet(updateRevision: "web-b")
        let event = Fixture.event(about: "web", "FailedCreate", "create Pod web-0 failed: exceeded quota", at: 3)
        let evidence = HealthEvidence(events: [event])
        #expect(
            HealthDiagnosis.diagnose(set, evidence: evidence, context: HealthContext(now: time(5)))
                == Diagnosis(
                    severity: .waiting, reason: "FailedCreate",
                    headline: "pods cannot be created: create Pod web-0 failed: exceeded quota",
                    subject: set.identity
                )
        )
    }

    @Test func `a StatefulSet is judged by the pods of its update revision`() {
        let set = Fixture.statefulSet(updateRevision: "web-b")
        let owner = Fixture.owner("StatefulSet", "web")
        let old = Fixture.pod("web-0", of: owner, hash: "web-a", status: Fixture.crashLoop(restarts: 5))
        let new = Fixture.pod("web-1", of: owner, hash: "web-b", status: Fixture.pullFailure)
        #expect(
            HealthDiagnosis.diagnose(set, evidence: HealthEvidence(objects: [old, new]))?.headline
                == "container web: image \"registry.example/web:9\" cannot be pulled: "
                + "Back-off pulling image \"registry.example/web:9\""
        )
        #expect(
            HealthDiagnosis.diagnose(set, evidence: HealthEvidence(objects: [old]))
                == Diagnosis(
                    severity: .waiting, reason: "CrashLoopBackOff",
                    headline: "a pod of the revision before is not ready: "
                        + "container web exits with code 1, restarted 5 times",
                    details: ["in Pod shop/web-0"], subject: Fixture.podIdentity("web-0")
                )
        )
    }

    @Test func `a DaemonSet is judged by the pods of its newest revision`() {
        let set = KubernetesObject([
            "apiVersion": "apps/v1", "kind": "DaemonSet",
            "metadata": ["name": "web", "namespace": "shop", "uid": "web"],
            "status": ["desiredNumberScheduled": 2],
        ])
        let owner = Fixture.owner("DaemonSet", "web")
        let revisions = [("a", 9), ("b", 10)].map { hash, number in
            KubernetesObject([
                "apiVersion": "apps/v1", "kind": "ControllerRevision", "revision": .integer(Int64(number)),
                "metadata": [
                    "name": .string("web-\(hash)"), "labels": ["controller-revision-hash": .string(hash)],
                    "ownerReferences": [owner],
                ],
            ])
        }
        let pods = [
            Fixture.pod("old", of: owner, hash: "a", status: Fixture.pullFailure),
            Fixture.pod("new", of: owner, hash: "b", status: Fixture.crashLoop(restarts: 2)),
        ]
        #expect(
            HealthDiagnosis.diagnose(set, evidence: HealthEvidence(objects: revisions + pods))
                == Diagnosis(
                    severity: .failed, reason: "CrashLoopBackOff",
                    headline: "container web exits with code 1, restarted 2 times", details: ["in Pod shop/new"],
                    subject: Fixture.podIdentity("new")
                )
        )
    }

    @Test func `a Job judges its pods' crashes itself, until it has failed`() {
        var job = KubernetesObject([
            "apiVersion": "batch/v1", "kind": "Job",
            "metadata": ["name": "migrate", "namespace": "shop", "uid": "job"],
            "status": ["startTime": timestamp(0), "active": 1],
        ])
        let pod = Fixture.pod(
            "migrate-a", of: Fixture.owner("Job", "job"), status: Fixture.crashLoop(restarts: 4, exitCode: 2)
        )
        let log = LogRequest(namespace: "shop", pod: "migrate-a", container: "web", previous: true)
        let evidence = HealthEvidence(objects: [pod], logs: [log: ["relation \"users\" does not exist"]])
        #expect(HealthDiagnosis.diagnose(job, evidence: evidence)?.isTerminalFailure == false)

        job.value["status"]?["conditions"] = [condition("Failed", "True", "BackoffLimitExceeded", "limit reached")]
        #expect(
            HealthDiagnosis.diagnose(job, evidence: evidence)
                == Diagnosis(
                    severity: .failed, reason: "CrashLoopBackOff",
                    headline: "container web exits with code 2, restarted 4 times",
                    details: [
                        "in Pod shop/migrate-a", "web | relation \"users\" does not exist", "limit reached",
                    ],
                    subject: Fixture.podIdentity("migrate-a")
                )
        )
    }

    @Test func `a claim tells what the provisioner said`() {
        let claim = KubernetesObject([
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": ["name": "data", "namespace": "shop", "uid": "data"], "status": ["phase": "Pending"],
        ])
        let event = Fixture.event(
            about: "data", "FailedBinding", "no persistent volumes available and no storage class is set",
            type: "Normal"
        )
        #expect(
            HealthDiagnosis.diagnose(claim, evidence: HealthEvidence(events: [event]))
                == Diagnosis(
                    severity: .waiting, reason: "FailedBinding",
                    headline: "PersistentVolumeClaim shop/data is not bound: "
                        + "no persistent volumes available and no storage class is set",
                    subject: claim.identity
                )
        )
    }

    @Test func `any other object tells its condition and the newest warning about it`() {
        let service = KubernetesObject([
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": "web", "namespace": "shop"], "spec": ["type": "LoadBalancer"],
        ])
        func warning(_ message: String, _ seconds: Int) -> KubernetesObject {
            KubernetesObject([
                "apiVersion": "events.k8s.io/v1", "kind": "Event", "type": "Warning", "note": .string(message),
                "reason": "SyncLoadBalancerFailed", "eventTime": timestamp(seconds),
                "regarding": ["kind": "Service", "namespace": "shop", "name": "web"],
            ])
        }
        let evidence = HealthEvidence(events: [warning("old", 1), warning("quota exceeded", 2)])
        #expect(
            HealthDiagnosis.diagnose(service, evidence: evidence)
                == Diagnosis(
                    severity: .waiting, reason: "NoAddress", headline: "waits for the address of its load balancer",
                    details: ["SyncLoadBalancerFailed: quota exceeded"], subject: service.identity
                )
        )
    }

    @Test func `what is current, being deleted or not yet seen by its controller has no diagnosis`() {
        let map = KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap"])
        var deployment = Fixture.deployment()
        let evidence = HealthEvidence(objects: [
            Fixture.replicaSet(1),
            Fixture.pod("a", of: Fixture.owner("ReplicaSet", "web-1"), status: Fixture.pullFailure),
        ])
        #expect(HealthDiagnosis.diagnose(map, evidence: evidence) == nil)
        #expect(HealthDiagnosis.diagnose(deployment, evidence: evidence)?.isTerminalFailure == true)

        deployment.value["metadata"]?["generation"] = 2
        #expect(HealthDiagnosis.diagnose(deployment, evidence: evidence) == nil)

        deployment.value["metadata"]?["deletionTimestamp"] = timestamp(0)
        #expect(HealthDiagnosis.diagnose(deployment, evidence: evidence) == nil)
    }
}

@Suite struct DiagnosisNeedsTests {
    private static let events = RelatedList(
        GroupVersionKind(apiVersion: "v1", kind: "Event"), namespace: "shop", fieldSelector: "type=Warning"
    )

    private static func list(_ apiVersion: String, _ kind: String, _ selector: String? = nil) -> RelatedList {
        RelatedList(GroupVersionKind(apiVersion: apiVersion, kind: kind), namespace: "shop", labelSelector: selector)
    }

    @Test func `a Deployment needs its ReplicaSets, its pods and warnings`() {
        #expect(
            HealthDiagnosis.needs(Fixture.deployment()) == [
                Self.list("apps/v1", "ReplicaSet", "app=web"), Self.list("v1", "Pod", "app=web"), Self.events,
            ]
        )
    }

    @Test func `a DaemonSet needs its revisions too`() {
        var set = Fixture.deployment()
        set.value["kind"] = "DaemonSet"
        #expect(
            HealthDiagnosis.needs(set) == [
                Self.list("apps/v1", "ControllerRevision", "app=web"), Self.list("v1", "Pod", "app=web"), Self.events,
            ]
        )
    }

    @Test func `a StatefulSet with claim templates needs the claims too`() {
        var set = Fixture.deployment()
        set.value["kind"] = "StatefulSet"
        set.value["spec"]?["volumeClaimTemplates"] = [[:]]
        #expect(
            HealthDiagnosis.needs(set) == [
                Self.list("v1", "Pod", "app=web"), Self.list("v1", "PersistentVolumeClaim"), Self.events,
            ]
        )
    }

    @Test func `a pod is read already and needs warnings only`() {
        #expect(HealthDiagnosis.needs(Fixture.pod("a", status: [:])) == [Self.events])
    }

    @Test func `a claim needs the events about it, normal ones too`() {
        let claim = KubernetesObject([
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": ["namespace": "shop", "uid": "u-1"],
        ])
        #expect(
            HealthDiagnosis.needs(claim) == [
                RelatedList(
                    GroupVersionKind(apiVersion: "v1", kind: "Event"), namespace: "shop",
                    fieldSelector: "involvedObject.uid=u-1"
                )
            ]
        )
    }

    @Test func `a custom kind that shares a name with a workload needs no pods`() {
        let job = KubernetesObject([
            "apiVersion": "batch.volcano.sh/v1alpha1", "kind": "Job",
            "metadata": ["namespace": "shop", "name": "train"],
        ])
        #expect(
            HealthDiagnosis.needs(job) == [
                RelatedList(
                    GroupVersionKind(apiVersion: "v1", kind: "Event"), namespace: "shop",
                    fieldSelector: "involvedObject.name=train"
                )
            ]
        )
    }

    @Test func `a CustomResourceDefinition needs nothing`() {
        let definition = KubernetesObject(["apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition"])
        #expect(HealthDiagnosis.needs(definition) == [])
    }

    @Test func `logs are needed of containers that crashed, of the process that ended`() {
        let evidence = HealthEvidence(objects: [
            Fixture.replicaSet(2),
            Fixture.pod("a", status: Fixture.crashLoop(restarts: 2)),
            Fixture.pod("b", status: Fixture.status(restarts: 5, state: Fixture.terminated(1))),
            Fixture.pod("c", status: Fixture.pullFailure),
            Fixture.pod("d", status: Fixture.crashLoop(restarts: 1)),
        ])
        #expect(
            HealthDiagnosis.logsNeeded(for: Fixture.deployment(), evidence: evidence) == [
                LogRequest(namespace: "shop", pod: "b", container: "web", previous: false),
                LogRequest(namespace: "shop", pod: "a", container: "web", previous: true),
            ]
        )
    }
}
