import Health
import Resources
import Testing

@Suite struct StorageHealthTests {
    private static func late(consumed: Bool = false) -> HealthContext {
        var context = HealthContext()
        context.learn(storageClasses: [
            KubernetesObject([
                "metadata": [
                    "name": "late", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"],
                ],
                "volumeBindingMode": "WaitForFirstConsumer",
            ]),
            KubernetesObject(["metadata": ["name": "early"], "volumeBindingMode": "Immediate"]),
        ])
        if consumed {
            context.learn(pods: [
                KubernetesObject([
                    "metadata": ["namespace": "shop"],
                    "spec": ["volumes": [["persistentVolumeClaim": ["claimName": "data"]], ["emptyDir": [:]]]],
                ])
            ])
        }
        return context
    }

    @Test(arguments: [
        HealthCase(
            "it is bound", spec: ["volumeName": "pv-1"], status: ["phase": "Bound"],
            .current, "Bound", "bound to PersistentVolume pv-1"
        ),
        HealthCase(
            "its volume is gone", spec: ["volumeName": "pv-1"], status: ["phase": "Lost"],
            .failed, "Lost", "its PersistentVolume pv-1 does not exist any more"
        ),
        HealthCase(
            "it waits for a volume", spec: ["storageClassName": "early"], status: ["phase": "Pending"], context: late(),
            .inProgress, "NotBound", "waits for a volume of StorageClass early"
        ),
        HealthCase(
            "it wants no StorageClass", spec: ["storageClassName": ""], status: ["phase": "Pending"], context: late(),
            .inProgress, "NotBound", "waits for a volume of no StorageClass"
        ),
        HealthCase(
            "it waits for its first consumer", spec: ["storageClassName": "late"], status: ["phase": "Pending"],
            metadata: ["name": "data", "namespace": "shop"], context: late(),
            .current, "WaitForFirstConsumer", "a volume is made when the first pod needs it (StorageClass late)"
        ),
        HealthCase(
            "it is of the default class, which waits for the first consumer", status: ["phase": "Pending"],
            metadata: ["name": "data", "namespace": "shop"], context: late(),
            .current, "WaitForFirstConsumer", "a volume is made when the first pod needs it (StorageClass late)"
        ),
        HealthCase(
            "its first consumer is there", spec: ["storageClassName": "late"], status: ["phase": "Pending"],
            metadata: ["name": "data", "namespace": "shop"], context: late(consumed: true),
            .inProgress, "NotBound", "waits for a volume of StorageClass late, which is made when its pod is scheduled"
        ),
    ])
    func `a PersistentVolumeClaim is judged by its phase and its class`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "v1", "PersistentVolumeClaim") == testCase.expected)
    }

    @Test func `a pod that the scheduler has refused is no consumer`() {
        var context = Self.late()
        context.learn(pods: [
            KubernetesObject([
                "metadata": ["namespace": "shop"],
                "spec": ["volumes": [["persistentVolumeClaim": ["claimName": "data"]]]],
                "status": ["conditions": [condition("PodScheduled", "False", "Unschedulable")]],
            ])
        ])
        #expect(context.consumedClaims == [])
    }

    @Test(arguments: [
        HealthCase("it is new", .inProgress, "Pending", "the volume is not yet available"),
        HealthCase("it can be bound", status: ["phase": "Available"], .current, "Available", "the volume is available"),
        HealthCase("it is bound", status: ["phase": "Bound"], .current, "Bound", "the volume is bound"),
        HealthCase("it is released", status: ["phase": "Released"], .current, "Released", "the volume is released"),
        HealthCase(
            "it could not be reclaimed", status: ["phase": "Failed", "message": "no volume plugin matched"],
            .failed, "Failed", "no volume plugin matched"
        ),
    ])
    func `a PersistentVolume is judged by its phase`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "v1", "PersistentVolume") == testCase.expected)
    }
}

@Suite struct NetworkHealthTests {
    @Test(arguments: [
        HealthCase("it is of no type", .current, "Exists", "the Service exists"),
        HealthCase("it is inside", spec: ["type": "ClusterIP"], .current, "Exists", "the Service exists"),
        HealthCase(
            "its load balancer has no address, though it has a cluster IP",
            spec: ["type": "LoadBalancer", "clusterIP": "10.0.0.7"], status: ["loadBalancer": [:]],
            .inProgress, "NoAddress", "waits for the address of its load balancer"
        ),
        HealthCase(
            "its load balancer has addresses", spec: ["type": "LoadBalancer"],
            status: ["loadBalancer": ["ingress": [["ip": "192.0.2.1"], ["hostname": "lb.example"]]]],
            .current, "HasAddress", "the load balancer's address is 192.0.2.1, lb.example"
        ),
    ])
    func `a Service is judged by its load balancer`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "v1", "Service") == testCase.expected)
    }

    private static let addressed: Value = ["loadBalancer": ["ingress": [["ip": "192.0.2.1"]]]]

    private static let context: HealthContext = {
        var context = HealthContext()
        context.learn(
            ingressClasses: [
                KubernetesObject([
                    "metadata": [
                        "name": "public", "annotations": ["ingressclass.kubernetes.io/is-default-class": "true"],
                    ]
                ]),
                KubernetesObject(["metadata": ["name": "inner"]]),
            ],
            ingresses: [
                KubernetesObject(["spec": ["ingressClassName": "public"], "status": addressed]),
                KubernetesObject(["spec": ["ingressClassName": "inner"]]),
            ]
        )
        return context
    }()

    @Test(arguments: [
        HealthCase(
            "it has an address", spec: ["ingressClassName": "inner"], status: addressed,
            .current, "HasAddress", "its address is 192.0.2.1"
        ),
        HealthCase(
            "its class gives addresses", spec: ["ingressClassName": "public"], context: context,
            .inProgress, "NoAddress", "waits for an address from IngressClass public"
        ),
        HealthCase(
            "its class is named by the annotation",
            metadata: ["annotations": ["kubernetes.io/ingress.class": "public"]], context: context,
            .inProgress, "NoAddress", "waits for an address from IngressClass public"
        ),
        HealthCase(
            "the default class gives addresses", context: context,
            .inProgress, "NoAddress", "waits for an address from IngressClass public"
        ),
        HealthCase(
            "its class gives none", spec: ["ingressClassName": "inner"], context: context,
            .current, "Exists", "the Ingress exists"
        ),
        HealthCase("nothing is known of its class", .current, "Exists", "the Ingress exists"),
    ])
    func `an Ingress is judged by its address where its class gives one`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "networking.k8s.io/v1", "Ingress") == testCase.expected)
    }
}

@Suite struct APIExtensionHealthTests {
    @Test(arguments: [
        HealthCase(
            "it is established",
            status: ["conditions": [condition("NamesAccepted", "True"), condition("Established", "True")]],
            .current, "Established", "the definition is established"
        ),
        HealthCase("it is new", .inProgress, "Installing", "the server has not yet established the definition"),
        HealthCase(
            "it is being installed", status: ["conditions": [condition("Established", "False", "Installing")]],
            .inProgress, "Installing", "the server has not yet established the definition"
        ),
        HealthCase(
            "its names are taken",
            status: [
                "conditions": [
                    condition("NamesAccepted", "False", "PluralConflict", "\"shops\" is already in use"),
                    condition("Established", "False", "NotAccepted"),
                ]
            ],
            .failed, "PluralConflict", "\"shops\" is already in use"
        ),
        HealthCase(
            "it cannot be established",
            status: ["conditions": [condition("Established", "False", "NotAccepted", "not all names are accepted")]],
            .failed, "NotAccepted", "not all names are accepted"
        ),
    ])
    func `a CustomResourceDefinition is judged by its conditions`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "apiextensions.k8s.io/v1", "CustomResourceDefinition") == testCase.expected)
    }

    @Test(arguments: [
        HealthCase(
            "it answers", status: ["conditions": [condition("Available", "True", "Passed", "all checks passed")]],
            .current, "Available", "the API is available"
        ),
        HealthCase(
            "it does not answer",
            status: ["conditions": [condition("Available", "False", "MissingEndpoints", "no endpoints for service")]],
            .inProgress, "MissingEndpoints", "no endpoints for service"
        ),
        HealthCase("it was not asked", .inProgress, "NotChecked", "the server has not yet checked the API"),
        HealthCase(
            "its group was the server's own", spec: ["service": ["name": "a", "namespace": "b"]],
            status: ["conditions": [condition("Available", "True", "Local", "always available")]],
            .inProgress, "NotChecked", "the server has not yet checked the API's new service"
        ),
    ])
    func `an APIService is judged by its availability`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "apiregistration.k8s.io/v1", "APIService") == testCase.expected)
    }
}

@Suite struct ClusterHealthTests {
    @Test(arguments: [
        HealthCase("it is active", status: ["phase": "Active"], .current, "Active", "the namespace is active"),
        HealthCase(
            "it is being deleted", status: ["phase": "Terminating"],
            .terminating, "Terminating", "the namespace is being deleted"
        ),
        HealthCase("it is new", .inProgress, "NotActive", "the namespace is not yet active"),
    ])
    func `a Namespace is judged by its phase`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "v1", "Namespace") == testCase.expected)
    }

    @Test(arguments: [
        HealthCase("it exists", .current, "Exists", "the autoscaler exists"),
        HealthCase(
            "it is able to scale", status: ["conditions": [condition("ScalingActive", "True", "ValidMetricFound")]],
            .current, "Exists", "the autoscaler exists"
        ),
        HealthCase(
            "it has no metrics",
            status: ["conditions": [condition("ScalingActive", "False", "FailedGetResourceMetric", "no metrics")]],
            .inProgress, "FailedGetResourceMetric", "no metrics"
        ),
        HealthCase(
            "it has no metrics, by the annotation of autoscaling/v1",
            metadata: [
                "annotations": [
                    "autoscaling.alpha.kubernetes.io/conditions":
                        #"[{"type":"ScalingActive","status":"False","reason":"FailedGetResourceMetric","message":"no"}]"#
                ]
            ],
            .inProgress, "FailedGetResourceMetric", "no"
        ),
        HealthCase(
            "its target has 0 replicas",
            status: ["conditions": [condition("ScalingActive", "False", "ScalingDisabled", "scaling is disabled")]],
            .current, "Exists", "the autoscaler exists"
        ),
    ])
    func `a HorizontalPodAutoscaler is judged by its ability to scale`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "autoscaling/v1", "HorizontalPodAutoscaler") == testCase.expected)
    }

    @Test(arguments: [
        ("v1", "ConfigMap"), ("v1", "Secret"), ("v1", "ServiceAccount"), ("batch/v1", "CronJob"),
        ("batch/v1beta1", "CronJob"), ("policy/v1", "PodDisruptionBudget"),
        ("rbac.authorization.k8s.io/v1", "Role"), ("rbac.authorization.k8s.io/v1", "RoleBinding"),
        ("rbac.authorization.k8s.io/v1", "ClusterRole"), ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    ])
    func `kinds without a state are current as soon as they exist`(apiVersion: String, kind: String) {
        let health = HealthCase("exists", .current, "Exists", "the object exists").health(as: apiVersion, kind)
        #expect(health == ObjectHealth(.current, "Exists", "the object exists"))
    }
}

@Suite struct CustomResourceHealthTests {
    @Test(arguments: [
        HealthCase("it has no conditions", .current, "Exists", "the object exists"),
        HealthCase(
            "it is ready", status: ["conditions": [condition("Ready", "True", "Ready", "Certificate is up to date")]],
            .current, "Ready", "Certificate is up to date"
        ),
        HealthCase(
            "it is not ready",
            status: ["conditions": [condition("Ready", "False", "DoesNotExist", "Issuing certificate")]],
            .inProgress, "DoesNotExist", "Issuing certificate"
        ),
        HealthCase(
            "nobody knows whether it is ready", status: ["conditions": [condition("Ready", "Unknown")]],
            .inProgress, "NotReady", "the object is not ready"
        ),
        HealthCase(
            "its Ready condition is that of an older generation",
            status: ["conditions": [["type": "Ready", "status": "True", "observedGeneration": 1]]],
            metadata: ["generation": 2],
            .inProgress, "LatestGenerationNotObserved", "the controller has not yet seen the latest change"
        ),
        HealthCase(
            "it says Available in place of Ready", status: ["conditions": [condition("Available", "False")]],
            .inProgress, "NotAvailable", "the object is not available"
        ),
        HealthCase(
            "its latest change could not be carried out",
            status: [
                "conditions": [
                    condition("Ready", "True"), condition("Synced", "False", "ReconcileError", "cannot update"),
                ]
            ],
            .inProgress, "ReconcileError", "cannot update"
        ),
        HealthCase(
            "its controller has seen only the generation before", status: ["observedGeneration": 1],
            metadata: ["generation": 2],
            .inProgress, "LatestGenerationNotObserved", "the controller has not yet seen the latest change"
        ),
        HealthCase(
            "its controller is stalled, though it reconciles too",
            status: [
                "conditions": [
                    condition("Reconciling", "True"), condition("Stalled", "True", "BadSource", "no such chart"),
                ]
            ],
            .failed, "BadSource", "no such chart"
        ),
        HealthCase(
            "its controller is at work, though it is ready",
            status: ["conditions": [condition("Ready", "True"), condition("Reconciling", "True")]],
            .inProgress, "Reconciling", "the controller is still at work"
        ),
        HealthCase(
            "it is being deleted", status: ["conditions": [condition("Ready", "True")]],
            metadata: ["deletionTimestamp": timestamp(0), "finalizers": ["example.com/a", "example.com/b"]],
            .terminating, "Terminating", "the object is being deleted and waits for example.com/a, example.com/b"
        ),
        HealthCase(
            "it is being deleted and nothing holds it", metadata: ["deletionTimestamp": timestamp(0)],
            .terminating, "Terminating", "the object is being deleted"
        ),
    ])
    func `a custom resource is judged by the conditions that many share`(_ testCase: HealthCase) {
        #expect(testCase.health(as: "cert-manager.io/v1", "Certificate") == testCase.expected)
    }
}
