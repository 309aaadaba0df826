import Commands

extension RollbackRow {
    static let all = workloads + storage + network + definitions + plain + untouchable

    // MARK: workloads
    private static let workloads = [
        deployment("an image that can't be pulled", image: "image-missing:2"),
        deployment("a crash loop", image: "crash:2"),
        deployment("too much memory", image: "oom:2"),
        deployment("a missing Secret", image: "config-missing:2"),
        deployment("a probe that fails", image: "never-ready:2", spec: "progressDeadlineSeconds: 3"),
        RollbackRow(
            title: "Deployment: created, and a crash loop", change: .bad,
            reference: "apps/namespaces/NS/Deployment/it",
            manifests: ["", workload("Deployment", "it", image: "crash:2")]),
        RollbackRow(
            title: "Deployment: healthy again only with what it depends on", change: .bad,
            reference: "apps/namespaces/NS/Deployment/it",
            manifests: [crowded(image: "run:1", room: 4, need: 2), crowded(image: "crash:2", room: 1, need: 1)]),
        statefulSet("an image that can't be pulled", image: "image-missing:2"),
        statefulSet("a crash loop", image: "crash:2", spec: "podManagementPolicy: Parallel"),
        RollbackRow(
            title: "DaemonSet: an image that can't be pulled", change: .bad,
            reference: "apps/namespaces/NS/DaemonSet/it",
            manifests: [
                workload("DaemonSet", "it", image: "run:1"), workload("DaemonSet", "it", image: "image-missing:2"),
            ]),
        // A pod that gets another image is taken for ready until its kubelet says otherwise: nothing in its status tells
        // which of its images that is about.
        RollbackRow(
            title: "Pod: created, and an image that can't be pulled", change: .bad,
            reference: "/namespaces/NS/Pod/it", manifests: ["", pod(image: "image-missing:2")]),
        RollbackRow(
            title: "Pod: another image", change: .good, reference: "/namespaces/NS/Pod/it",
            manifests: [pod(image: "run:1"), pod(image: "run:2")]),
        RollbackRow(
            title: "Job: created, and it fails", change: .bad, reference: "batch/namespaces/NS/Job/it",
            manifests: ["", job(image: "crash:2")], told: ["Job NS/it runs: what it does stays done"]),
        RollbackRow(
            title: "Job: another annotation", change: .good, reference: "batch/namespaces/NS/Job/it",
            manifests: [job(image: "run:1"), job(image: "run:1", annotations: "AFTER, note: changed")]),
        RollbackRow(
            title: "CronJob", change: .good, reference: "batch/namespaces/NS/CronJob/it",
            manifests: ["0 4 * * *", "30 5 * * *"].map { schedule in
                """
                apiVersion: batch/v1beta1
                kind: CronJob
                metadata: {name: it, annotations: {AFTER}}
                spec:
                  schedule: "\(schedule)"
                  jobTemplate:
                    spec:
                      template: {spec: {restartPolicy: Never, containers: [{name: main, image: "endstate.test/run:1"}]}}
                """
            }),
        RollbackRow(
            title: "PodDisruptionBudget", change: .good, reference: "policy/namespaces/NS/PodDisruptionBudget/it",
            manifests: ["minAvailable: 1", "maxUnavailable: 1"].map { rule in
                """
                apiVersion: policy/v1beta1
                kind: PodDisruptionBudget
                metadata: {name: it, annotations: {AFTER}}
                spec: {selector: {matchLabels: {app: any}}, \(rule)}
                """
            }),
        // Without a metrics server an autoscaler of running pods is never able to scale: this one has no target.
        RollbackRow(
            title: "HorizontalPodAutoscaler", change: .good,
            reference: "autoscaling/namespaces/NS/HorizontalPodAutoscaler/it",
            manifests: ["maxReplicas: 3", "maxReplicas: 5, minReplicas: 2"].map { bounds in
                """
                apiVersion: autoscaling/v1
                kind: HorizontalPodAutoscaler
                metadata: {name: it, annotations: {AFTER}}
                spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: nobody}, \(bounds)}
                """
            }),
    ]

    private static func deployment(_ trouble: String, image: String, spec: String = "") -> RollbackRow {
        RollbackRow(
            title: "Deployment: \(trouble)", change: .bad, reference: "apps/namespaces/NS/Deployment/it",
            manifests: [
                workload("Deployment", "it", image: "run:1", spec: "replicas: 2"),
                workload(
                    "Deployment", "it", image: image, annotations: "AFTER, note: new",
                    spec: "replicas: 3\n  \(spec)"),
            ])
    }

    /// A Deployment without a rolling update, and the quota that it needs.
    private static func crowded(image: String, room: Int, need: Int) -> String {
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: room, annotations: {argocd.argoproj.io/sync-wave: "-1"}}
        spec: {hard: {requests.cpu: \(room)}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: it, annotations: {AFTER}}
        spec:
          strategy: {type: Recreate}
          selector: {matchLabels: {app: it}}
          template:
            metadata: {labels: {app: it}}
            spec:
              containers:
                - {name: main, image: "endstate.test/\(image)", resources: {requests: {cpu: \(need)}}}
        """
    }

    private static func statefulSet(_ trouble: String, image: String, spec: String = "") -> RollbackRow {
        RollbackRow(
            title: "StatefulSet: \(trouble)", change: .bad, reference: "apps/namespaces/NS/StatefulSet/it",
            manifests: ["run:1", image].map { image in
                workload("StatefulSet", "it", image: image, spec: "serviceName: it\n  replicas: 2\n  \(spec)")
            })
    }

    private static func pod(image: String) -> String {
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: it, annotations: {AFTER}}
        spec: {containers: [{name: main, image: "endstate.test/\(image)"}]}
        """
    }

    static func job(image: String, annotations: String = "AFTER") -> String {
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: it, annotations: {\(annotations)}}
        spec:
          backoffLimit: 0
          template: {spec: {restartPolicy: Never, containers: [{name: main, image: "endstate.test/\(image)"}]}}
        """
    }

    // MARK: storage
    private static let storage = [
        RollbackRow(
            title: "PersistentVolumeClaim: created, and nothing binds it", change: .bad,
            reference: "/namespaces/NS/PersistentVolumeClaim/it",
            manifests: ["", claim(storageClass: "none", annotations: "AFTER, endstate.dev/timeout: 40s")]),
        RollbackRow(
            title: "PersistentVolumeClaim: other labels", change: .good,
            reference: "/namespaces/NS/PersistentVolumeClaim/it",
            manifests: [
                storageClass + claim(storageClass: "NS-class"),
                storageClass + claim(storageClass: "NS-class", annotations: "AFTER, note: new", labels: "tier: gold"),
            ]),
    ]

    static let storageClass = """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: NS-class}
        provisioner: endstate.dev/test-provisioner
        allowVolumeExpansion: true
        ---

        """

    static func claim(
        storageClass: String, annotations: String = "AFTER", labels: String = "", size: String = "1Gi"
    ) -> String {
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: it, labels: {\(labels)}, annotations: {\(annotations)}}
        spec: {accessModes: [ReadWriteOnce], storageClassName: \(storageClass), resources: {requests: {storage: \(size)}}}
        """
    }

    // MARK: plain objects
    private static let plain = [
        plain(
            "v1", "ConfigMap",
            ["data: {a: one, b: two}, binaryData: {x: AAEC}", "data: {a: three, c: four}, binaryData: {y: AAEC}"]),
        plain("v1", "Secret", ["stringData: {a: one}, data: {b: dHdv}", "stringData: {a: two}, type: Opaque"]),
        RollbackRow(
            title: "Namespace: other labels, and one that is created", change: .good, reference: "/Namespace/NS-it",
            manifests: [
                namespace("NS-it", "pod-security.kubernetes.io/enforce: baseline"),
                namespace("NS-it", "tier: gold") + "\n---\n"
                    + namespace("NS-new", "", "AFTER, endstate.dev/timeout: 2m")
                    + "\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: inside, namespace: NS-new}}",
            ]),
        // The token controller of servers before 1.24 gives an account its secrets by itself.
        plain(
            "v1", "ServiceAccount",
            ["imagePullSecrets: [{name: a}]", "imagePullSecrets: [{name: b}], automountServiceAccountToken: false"],
            volatile: [["secrets"]]),
        plain(
            "rbac.authorization.k8s.io/v1", "Role",
            [
                "rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]",
                "rules: [{apiGroups: [\"\"], resources: [secrets], verbs: [list]}]",
            ]),
        plain(
            "rbac.authorization.k8s.io/v1", "RoleBinding",
            ["a", "b"].map { name in
                """
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}, \
                subjects: [{kind: ServiceAccount, name: \(name), namespace: NS}]
                """
            }),
    ]

    private static func plain(
        _ apiVersion: String, _ kind: String, _ contents: [String], volatile: [[String]] = []
    ) -> RollbackRow {
        let group = apiVersion.contains("/") ? String(apiVersion.prefix { $0 != "/" }) : ""
        return RollbackRow(
            title: kind, change: .good, reference: "\(group)/namespaces/NS/\(kind)/it",
            manifests: contents.enumerated().map { number, content in
                let labels = number == 0 ? "old: label, kept: label" : "new: label, kept: changed"
                return "{apiVersion: \(apiVersion), kind: \(kind), "
                    + "metadata: {name: it, labels: {\(labels)}, annotations: {AFTER}}, \(content)}"
            },
            volatile: volatile)
    }

    /// Its deletion takes long while the controller removes those of other rows.
    private static func namespace(_ name: String, _ labels: String, _ annotations: String = "AFTER") -> String {
        "{apiVersion: v1, kind: Namespace, metadata: {name: \(name), labels: {\(labels)}, annotations: {\(annotations)}}}"
    }

    // MARK: what can't be undone
    // Where the server refuses the way back, the object stays as a whole as the revision made it.
    private static let untouchable = [
        RollbackRow(
            title: "Job: replaced, and it fails", change: .bad, reference: "batch/namespaces/NS/Job/it",
            manifests: ["run:1", "crash:2"].map {
                job(image: $0, annotations: "AFTER, endstate.dev/replace: \"true\"")
            },
            told: ["Job NS/it is deleted and created anew: what it held or did is lost"],
            // The server makes the selector of a Job from its UID.
            volatile: [
                ["spec", "selector"], ["spec", "template", "metadata", "labels"],
                ["metadata", "labels", "controller-uid"],
            ],
            isRecreated: true),
        RollbackRow(
            title: "PersistentVolumeClaim: it grows", change: .good,
            reference: "/namespaces/NS/PersistentVolumeClaim/it",
            manifests: [
                storageClass + claim(storageClass: "NS-class"),
                storageClass + claim(storageClass: "NS-class", labels: "tier: gold", size: "2Gi"),
            ],
            told: ["PersistentVolumeClaim NS/it grows: volumes never shrink"],
            reported: ["not brought back:\n    PersistentVolumeClaim NS/it: "],
            status: .incomplete, volatile: [["spec", "resources"], ["metadata"]]),
        RollbackRow(
            title: "CustomResourceDefinition: another storage version", change: .good,
            reference: "apiextensions.k8s.io/CustomResourceDefinition/widgets.NS.test",
            manifests: [
                definition("Widget", "widgets", "wi") + "\n---\n" + widget("{size: 3}"),
                definition(
                    "Widget", "widgets", "wi",
                    versions: """
                        - name: v2
                              served: true
                              storage: true
                              schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                        """) + "\n---\n" + widget("{size: 3}"),
            ],
            told: [
                """
                CustomResourceDefinition widgets.NS.test gets another storage version: objects are rewritten in it
                """
            ],
            reported: ["not brought back:\n    CustomResourceDefinition widgets.NS.test: "],
            status: .incomplete, volatile: [["spec"], ["metadata"]]),
        RollbackRow(
            title: "ConfigMap: it becomes immutable", change: .good, reference: "/namespaces/NS/ConfigMap/it",
            manifests: ["", ", immutable: true"].map {
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: it, annotations: {AFTER}}, data: {a: one}\($0)}"
            },
            told: ["ConfigMap NS/it becomes immutable: neither its data nor that can be changed back"],
            reported: ["not brought back:\n    ConfigMap NS/it: "],
            status: .incomplete, volatile: [["immutable"], ["metadata"]]),
    ]
}
