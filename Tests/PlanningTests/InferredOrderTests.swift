import Planning
import Resources
import Testing

@Suite struct `inferred order` {
    /// A pod specification, the object that it names, and why there is an edge.
    @Test(arguments: [
        ("{serviceAccountName: x}", "v1 ServiceAccount shop/x", "its pods run as that account"),
        ("{serviceAccount: x}", "v1 ServiceAccount shop/x", "its pods run as that account"),
        ("{}", "v1 ServiceAccount shop/default", "its pods run as that account"),
        ("{imagePullSecrets: [{name: x}]}", "v1 Secret shop/x", "its images are pulled with it"),
        ("{priorityClassName: x}", "scheduling.k8s.io/v1 PriorityClass x", "its pods have that priority"),
        ("{runtimeClassName: x}", "node.k8s.io/v1 RuntimeClass x", "its pods run with that runtime"),
        (
            "{containers: [{name: c, env: [{name: V, valueFrom: {configMapKeyRef: {name: x, key: k, optional: true}}}]}]}",
            "v1 ConfigMap shop/x", "container c reads environment variables from it"
        ),
        (
            "{containers: [], initContainers: [{name: c, env: [{name: V, valueFrom: {secretKeyRef: {name: x, key: k}}}]}]}",
            "v1 Secret shop/x", "init container c reads environment variables from it"
        ),
        (
            "{containers: [], ephemeralContainers: [{name: c, envFrom: [{configMapRef: {name: x}}]}]}",
            "v1 ConfigMap shop/x", "ephemeral container c reads environment variables from it"
        ),
        (
            "{containers: [{name: c, envFrom: [{secretRef: {name: x, optional: true}}]}]}",
            "v1 Secret shop/x", "container c reads environment variables from it"
        ),
        ("{volumes: [{name: v, configMap: {name: x}}]}", "v1 ConfigMap shop/x", "volume v mounts it"),
        ("{volumes: [{name: v, secret: {secretName: x}}]}", "v1 Secret shop/x", "volume v mounts it"),
        (
            "{volumes: [{name: v, persistentVolumeClaim: {claimName: x}}]}",
            "v1 PersistentVolumeClaim shop/x", "volume v mounts it"
        ),
        (
            "{volumes: [{name: v, projected: {sources: [{configMap: {name: x}}]}}]}", "v1 ConfigMap shop/x",
            "volume v mounts it"
        ),
        (
            "{volumes: [{name: v, projected: {sources: [{secret: {name: x}}]}}]}", "v1 Secret shop/x",
            "volume v mounts it"
        ),
        (
            "{volumes: [{name: v, projected: {sources: [{clusterTrustBundle: {name: x}}]}}]}",
            "certificates.k8s.io/v1beta1 ClusterTrustBundle x", "volume v mounts it"
        ),
        ("{volumes: [{name: v, csi: {driver: x}}]}", "storage.k8s.io/v1 CSIDriver x", "volume v is opened with it"),
        (
            "{volumes: [{name: v, csi: {driver: d, nodePublishSecretRef: {name: x}}}]}",
            "v1 Secret shop/x", "volume v is opened with it"
        ),
        ("{volumes: [{name: v, azureFile: {secretName: x}}]}", "v1 Secret shop/x", "volume v is opened with it"),
        ("{volumes: [{name: v, rbd: {secretRef: {name: x}}}]}", "v1 Secret shop/x", "volume v is opened with it"),
        (
            "{volumes: [{name: v, ephemeral: {volumeClaimTemplate: {spec: {storageClassName: x}}}}]}",
            "storage.k8s.io/v1 StorageClass x", "its storage is of that class"
        ),
        (
            "{resourceClaims: [{name: gpu, resourceClaimTemplateName: x}]}",
            "resource.k8s.io/v1 ResourceClaimTemplate shop/x", "its pods claim by it"
        ),
    ])
    func `pods wait for what they name`(podSpec: String, named: String, reason: String) throws {
        let dependency = try object(named)
        let graph = try graph([deployment("web", podSpec), dependency])
        #expect(graph.sentences == ["Deployment shop/web after \(dependency.identity), because \(reason)"])
        #expect(graph.edges.allSatisfy { $0.kind == .inferred && $0.location == nil })
    }

    @Test(arguments: [
        ("v1 Pod shop/w", "{spec: POD}"),
        ("apps/v1 StatefulSet shop/w", "{spec: {template: {spec: POD}}}"),
        ("apps/v1 DaemonSet shop/w", "{spec: {template: {spec: POD}}}"),
        ("batch/v1 Job shop/w", "{spec: {template: {spec: POD}}}"),
        ("batch/v1 CronJob shop/w", "{spec: {jobTemplate: {spec: {template: {spec: POD}}}}}"),
        ("v1 PodTemplate shop/w", "{template: {spec: POD}}"),
        ("argoproj.io/v1alpha1 Rollout shop/w", "{spec: {template: {spec: POD}}}"),
    ])
    func `every kind with pods counts`(title: String, yaml: String) throws {
        let pod = "{containers: [{name: c}], volumes: [{name: v, configMap: {name: x}}]}"
        let workload = try object(title, yaml.replacing("POD", with: pod))
        let graph = try graph([workload, object("v1 ConfigMap shop/x")])
        #expect(graph.sentences == ["\(workload.identity) after ConfigMap shop/x, because volume v mounts it"])
    }

    /// An object's title and its fields, the object that it names, and why there is an edge.
    @Test(arguments: [
        ("v1 ConfigMap shop/o", "{}", "v1 Namespace shop", "it lives in that namespace"),
        (
            "v1 PersistentVolumeClaim shop/o", "{spec: {storageClassName: x}}", "storage.k8s.io/v1 StorageClass x",
            "its storage is of that class"
        ),
        (
            "v1 PersistentVolumeClaim shop/o", "{spec: {volumeName: x}}", "v1 PersistentVolume x",
            "it claims that volume"
        ),
        (
            "v1 PersistentVolumeClaim shop/o",
            "{spec: {dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: x}}}",
            "snapshot.storage.k8s.io/v1 VolumeSnapshot shop/x", "its storage is filled from it"
        ),
        (
            "v1 PersistentVolume o", "{spec: {storageClassName: x}}", "storage.k8s.io/v1 StorageClass x",
            "its storage is of that class"
        ),
        (
            "v1 ServiceAccount shop/o", "{imagePullSecrets: [{name: x}]}", "v1 Secret shop/x",
            "its images are pulled with it"
        ),
        (
            "v1 Secret shop/o",
            "{type: kubernetes.io/service-account-token, metadata: {annotations: {kubernetes.io/service-account.name: x}}}",
            "v1 ServiceAccount shop/x", "it holds a token of that account"
        ),
        (
            "rbac.authorization.k8s.io/v1 RoleBinding shop/o", "{roleRef: {kind: Role, name: x}}",
            "rbac.authorization.k8s.io/v1 Role shop/x", "it grants that role"
        ),
        (
            "rbac.authorization.k8s.io/v1 RoleBinding shop/o", "{roleRef: {kind: ClusterRole, name: x}}",
            "rbac.authorization.k8s.io/v1 ClusterRole x", "it grants that role"
        ),
        (
            "rbac.authorization.k8s.io/v1 ClusterRoleBinding o",
            "{roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: ServiceAccount, name: x, namespace: ops}]}",
            "v1 ServiceAccount ops/x", "it grants a role to that account"
        ),
        (
            "rbac.authorization.k8s.io/v1 RoleBinding shop/o", "{subjects: [{kind: ServiceAccount, name: x}]}",
            "v1 ServiceAccount shop/x", "it grants a role to that account"
        ),
        (
            "networking.k8s.io/v1 Ingress shop/o", "{spec: {ingressClassName: x}}",
            "networking.k8s.io/v1 IngressClass x", "it is of that class"
        ),
        (
            "networking.k8s.io/v1 Ingress shop/o", "{spec: {tls: [{secretName: x}]}}",
            "v1 Secret shop/x", "its TLS certificate is in it"
        ),
        (
            "networking.k8s.io/v1 Ingress shop/o", "{spec: {defaultBackend: {service: {name: x}}}}",
            "v1 Service shop/x", "it routes traffic to it"
        ),
        (
            "networking.k8s.io/v1 Ingress shop/o",
            "{spec: {rules: [{http: {paths: [{backend: {service: {name: x}}}]}}]}}",
            "v1 Service shop/x", "it routes traffic to it"
        ),
        (
            "extensions/v1beta1 Ingress shop/o", "{spec: {rules: [{http: {paths: [{backend: {serviceName: x}}]}}]}}",
            "v1 Service shop/x", "it routes traffic to it"
        ),
        (
            "gateway.networking.k8s.io/v1 HTTPRoute shop/o", "{spec: {rules: [{backendRefs: [{name: x, port: 80}]}]}}",
            "v1 Service shop/x", "it routes traffic to it"
        ),
        (
            "gateway.networking.k8s.io/v1 HTTPRoute shop/o", "{spec: {parentRefs: [{name: x, namespace: edge}]}}",
            "gateway.networking.k8s.io/v1 Gateway edge/x", "its traffic comes from it"
        ),
        (
            "gateway.networking.k8s.io/v1 Gateway shop/o", "{spec: {gatewayClassName: x}}",
            "gateway.networking.k8s.io/v1 GatewayClass x", "it is of that class"
        ),
        (
            "gateway.networking.k8s.io/v1 Gateway shop/o",
            "{spec: {listeners: [{tls: {certificateRefs: [{name: x}]}}]}}",
            "v1 Secret shop/x", "its TLS certificate is in it"
        ),
        (
            "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration o",
            "{webhooks: [{name: check.example.org, clientConfig: {service: {name: x, namespace: shop}}}]}",
            "v1 Service shop/x", "its webhook check.example.org calls it"
        ),
        (
            "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding o", "{spec: {policyName: x}}",
            "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy x", "it puts that policy into force"
        ),
        (
            "apiregistration.k8s.io/v1 APIService o", "{spec: {service: {name: x, namespace: shop}}}",
            "v1 Service shop/x", "its API is served by it"
        ),
        (
            "autoscaling/v2 HorizontalPodAutoscaler shop/o",
            "{spec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: x}}}",
            "apps/v1 StatefulSet shop/x", "it scales it"
        ),
        (
            "keda.sh/v1alpha1 ScaledObject shop/o", "{spec: {scaleTargetRef: {name: x}}}", "apps/v1 Deployment shop/x",
            "it scales it"
        ),
        (
            "apps/v1 StatefulSet shop/o", "{spec: {serviceName: x}}", "v1 Service shop/x",
            "its pods have their DNS names from it"
        ),
        (
            "apps/v1 StatefulSet shop/o", "{spec: {volumeClaimTemplates: [{spec: {storageClassName: x}}]}}",
            "storage.k8s.io/v1 StorageClass x", "its storage is of that class"
        ),
    ])
    func `objects wait for what they name`(title: String, yaml: String, named: String, reason: String) throws {
        let (dependent, dependency) = (try object(title, yaml), try object(named))
        let graph = try graph([dependency, dependent])
        #expect(graph.sentences == ["\(dependent.identity) after \(dependency.identity), because \(reason)"])
    }

    @Test func `a name in another namespace is another object`() throws {
        let web = try deployment("web", "{volumes: [{name: v, configMap: {name: x}}]}")
        #expect(try graph([web, object("v1 ConfigMap other/x")]).edges.isEmpty)
    }

    @Test func `custom resources wait for their definition`() throws {
        let graph = try graph([
            object("example.org/v1 Widget shop/w"),
            object("example.com/v1 Widget shop/w"),
            object(
                "apiextensions.k8s.io/v1 CustomResourceDefinition widgets.example.org",
                "{spec: {group: example.org, names: {kind: Widget}}}"
            ),
        ])
        #expect(
            graph.sentences == [
                "Widget.example.org shop/w after CustomResourceDefinition widgets.example.org, "
                    + "because its kind is defined by it"
            ]
        )
    }

    @Test func `an Ingress waits for the workloads behind its Service too`() throws {
        let graph = try graph([
            object("networking.k8s.io/v1 Ingress shop/front", "{spec: {defaultBackend: {service: {name: web}}}}"),
            object("v1 Service shop/web", "{spec: {selector: {app: web}}}"),
            deployment("web", labels: "{app: web, tier: front}"),
            deployment("other", labels: "{app: other}"),
            object(
                "batch/v1 Job shop/once", "{spec: {template: {metadata: {labels: {app: web}}, spec: {containers: []}}}}"
            ),
        ])
        #expect(
            graph.sentences == [
                "Ingress shop/front after Deployment shop/web, because it routes traffic to it through Service web",
                "Ingress shop/front after Service shop/web, because it routes traffic to it",
            ]
        )
    }

    @Test func `a Service without a selector has nothing behind it`() throws {
        let graph = try graph([
            object("networking.k8s.io/v1 Ingress shop/front", "{spec: {defaultBackend: {service: {name: web}}}}"),
            object("v1 Service shop/web", "{spec: {type: ExternalName}}"),
            deployment("web", labels: "{app: web}"),
        ])
        #expect(graph.edges.map(\.dependency.description) == ["Service shop/web"])
    }

    @Test(arguments: [
        ("policy/v1", "{matchLabels: {app: web}}", true),
        ("policy/v1", "{matchExpressions: [{key: app, operator: In, values: [web, api]}]}", true),
        ("policy/v1", "{matchLabels: {app: api}}", false),
        ("policy/v1", "{}", true),
        ("policy/v1beta1", "{}", false),
    ])
    func `a disruption budget waits for the workloads that it selects`(version: String, selector: String, selects: Bool)
        throws
    {
        let graph = try graph([
            object("\(version) PodDisruptionBudget shop/b", "{spec: {selector: \(selector)}}"),
            deployment("web", labels: "{app: web}"),
        ])
        let sentence = "PodDisruptionBudget shop/b after Deployment shop/web, because it limits disruptions of its pods"
        #expect(graph.sentences == (selects ? [sentence] : []))
    }

    @Test(arguments: [
        ("topologyKey: zone, labelSelector: {matchLabels: {app: web}}", true),
        ("topologyKey: zone, labelSelector: {}", true),
        ("topologyKey: zone", false),
        ("topologyKey: zone, labelSelector: {matchLabels: {app: other}}", false),
        ("topologyKey: zone, labelSelector: {matchLabels: {app: web}}, namespaces: [other]", false),
        ("topologyKey: zone, labelSelector: {matchLabels: {app: web}}, namespaces: [other, shop]", true),
        ("topologyKey: zone, labelSelector: {matchLabels: {app: web}}, namespaceSelector: {}", true),
    ])
    func `a workload waits for those whose pods its own must be near`(term: String, waits: Bool) throws {
        let kinds = ["podAffinity": waits, "podAntiAffinity": false]
        for (kind, waits) in kinds {
            let graph = try graph([
                deployment(
                    "near",
                    "{affinity: {\(kind): {requiredDuringSchedulingIgnoredDuringExecution: [{\(term)}]}}}",
                    labels: "{app: near}"),
                deployment("web", labels: "{app: web}"),
            ])
            let sentence = "Deployment shop/near after Deployment shop/web, because its pods must be near those of it"
            #expect(graph.sentences == (waits ? [sentence] : []))
        }
    }

    @Test func `two objects have one edge, with the first reason`() throws {
        let yaml =
            "{containers: [{name: c, envFrom: [{secretRef: {name: x}}]}], volumes: [{name: v, secret: {secretName: x}}]}"
        let graph = try graph([deployment("web", yaml), object("v1 Secret shop/x")])
        #expect(
            graph.sentences == [
                "Deployment shop/web after Secret shop/x, because container c reads environment variables from it"
            ])
    }
}
