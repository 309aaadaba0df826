internal import Resources

/// What objects other than pods name; `references(of:pods:)` is the entry.
extension ReferenceList {
    static func references(of object: KubernetesObject, pods: PodTemplate?) -> [Reference] {
        var list = ReferenceList(namespace: object.namespace)
        list.addClusterScoped("", "Namespace", .string(object.namespace), "it lives in that namespace")
        if let pods { list.addPods(pods) }
        list.addKind(of: object)
        return list.references
    }

    private mutating func addKind(of object: KubernetesObject) {
        let spec = object.value["spec"] ?? .null
        switch object.kind {
        case "StatefulSet": addStatefulSet(spec)
        case "PersistentVolumeClaim": addClaim(spec)
        case "PersistentVolume":
            addClusterScoped("storage.k8s.io", "StorageClass", spec["storageClassName"], "its storage is of that class")
        case "ServiceAccount", "Secret": addAccount(object)
        case "RoleBinding", "ClusterRoleBinding": addBinding(object)
        case "Ingress": addIngress(object, spec)
        case "IngressClass": addParameters(spec["parameters"], "its parameters are there")
        case "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration": addWebhooks(object)
        case "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicyBinding": addPolicyBinding(object.kind, spec)
        case "APIService":
            let namespace = spec[path: "service", "namespace"]?.string
            addBackend(spec[path: "service", "name"], in: namespace, "its API is served by it")
        default: addExtended(object, spec)
        }
        addScaleTarget(spec["scaleTargetRef"])
    }

    /// Kinds that no group of Kubernetes itself defines.
    private mutating func addExtended(_ object: KubernetesObject, _ spec: Value) {
        switch (object.groupVersionKind.group, object.kind) {
        case ("gateway.networking.k8s.io", "Gateway"): addGateway(spec)
        case ("gateway.networking.k8s.io", "GatewayClass"):
            addParameters(spec["parametersRef"], "its parameters are there")
        case ("gateway.networking.k8s.io", let kind) where kind.hasSuffix("Route"): addRoute(spec)
        case ("autoscaling.k8s.io", "VerticalPodAutoscaler"): addScaleTarget(spec["targetRef"])
        default: break
        }
    }

    private mutating func addStatefulSet(_ spec: Value) {
        add("", "Service", spec["serviceName"], "its pods have their DNS names from it")
        for claim in spec["volumeClaimTemplates"]?.array ?? [] {
            addClaim(claim["spec"] ?? .null)
        }
    }

    private mutating func addAccount(_ object: KubernetesObject) {
        for secret in object.value["imagePullSecrets"]?.array ?? [] {
            add("", "Secret", secret["name"], "its images are pulled with it")
        }
        if object.value["type"] == "kubernetes.io/service-account-token" {
            // The server deletes a token whose account isn't there yet.
            let account = object.annotations["kubernetes.io/service-account.name"].map(Value.string)
            add("", "ServiceAccount", account, "it holds a token of that account")
        }
    }

    private mutating func addBinding(_ object: KubernetesObject) {
        let role = object.value["roleRef"] ?? .null
        let roleNamespace = role["kind"] == "Role" ? namespace : ""
        let kind = role["kind"]?.string ?? ""
        add("rbac.authorization.k8s.io", kind, in: roleNamespace, role["name"], "it grants that role")
        for subject in object.value["subjects"]?.array ?? [] where subject["kind"] == "ServiceAccount" {
            let accountNamespace = subject["namespace"]?.string ?? namespace
            add("", "ServiceAccount", in: accountNamespace, subject["name"], "it grants a role to that account")
        }
    }

    private mutating func addIngress(_ object: KubernetesObject, _ spec: Value) {
        let ingressClass =
            spec["ingressClassName"] ?? object.annotations["kubernetes.io/ingress.class"].map(Value.string)
        addClusterScoped("networking.k8s.io", "IngressClass", ingressClass, "it is of that class")
        addIngressBackend(spec["defaultBackend"] ?? spec["backend"])
        for rule in spec["rules"]?.array ?? [] {
            for path in rule[path: "http", "paths"]?.array ?? [] {
                addIngressBackend(path["backend"])
            }
        }
        for certificate in spec["tls"]?.array ?? [] {
            add("", "Secret", certificate["secretName"], "its TLS certificate is in it")
        }
    }

    private mutating func addIngressBackend(_ backend: Value?) {
        // The versions before networking.k8s.io/v1 have `serviceName`.
        addBackend(backend?[path: "service", "name"] ?? backend?["serviceName"], "it routes traffic to it")
        if let resource = backend?["resource"] {
            add(
                resource["apiGroup"]?.string ?? "", resource["kind"]?.string ?? "", resource["name"],
                "it routes traffic to it")
        }
    }

    private mutating func addParameters(_ reference: Value?, _ reason: String) {
        guard let reference else { return }
        let group = reference["apiGroup"]?.string ?? reference["group"]?.string ?? ""
        let namespace = reference["namespace"]?.string ?? ""
        add(group, reference["kind"]?.string ?? "", in: namespace, reference["name"], reason)
    }

    private mutating func addGateway(_ spec: Value) {
        addClusterScoped("gateway.networking.k8s.io", "GatewayClass", spec["gatewayClassName"], "it is of that class")
        for listener in spec["listeners"]?.array ?? [] {
            for certificate in listener[path: "tls", "certificateRefs"]?.array ?? [] {
                let (group, kind) = (certificate["group"]?.string ?? "", certificate["kind"]?.string ?? "Secret")
                let certificateNamespace = certificate["namespace"]?.string ?? namespace
                add(group, kind, in: certificateNamespace, certificate["name"], "its TLS certificate is in it")
            }
        }
    }

    private mutating func addRoute(_ spec: Value) {
        for parent in spec["parentRefs"]?.array ?? [] {
            let group = parent["group"]?.string ?? "gateway.networking.k8s.io"
            let kind = parent["kind"]?.string ?? "Gateway"
            add(group, kind, in: parent["namespace"]?.string ?? namespace, parent["name"], "its traffic comes from it")
        }
        for rule in spec["rules"]?.array ?? [] {
            let mirrors = (rule["filters"]?.array ?? []).compactMap { $0[path: "requestMirror", "backendRef"] }
            for backend in (rule["backendRefs"]?.array ?? []) + mirrors {
                let (group, kind) = (backend["group"]?.string ?? "", backend["kind"]?.string ?? "Service")
                let backendNamespace = backend["namespace"]?.string ?? namespace
                if group.isEmpty, kind == "Service" {
                    addBackend(backend["name"], in: backendNamespace, "it routes traffic to it")
                } else {
                    add(group, kind, in: backendNamespace, backend["name"], "it routes traffic to it")
                }
            }
        }
    }

    private mutating func addWebhooks(_ object: KubernetesObject) {
        for webhook in object.value["webhooks"]?.array ?? [] {
            guard let service = webhook[path: "clientConfig", "service"] else { continue }
            let title = "its webhook \(webhook["name"]?.string ?? "")"
            addBackend(service["name"], in: service["namespace"]?.string, "\(title) calls it")
        }
    }

    private mutating func addPolicyBinding(_ kind: String, _ spec: Value) {
        let policy = String(kind.dropLast("Binding".count))
        addClusterScoped("admissionregistration.k8s.io", policy, spec["policyName"], "it puts that policy into force")
    }

    private mutating func addScaleTarget(_ target: Value?) {
        guard let target else { return }
        let version = GroupVersionKind(apiVersion: target["apiVersion"]?.string ?? "apps/v1", kind: "")
        add(version.group, target["kind"]?.string ?? "Deployment", target["name"], "it scales it")
    }
}
