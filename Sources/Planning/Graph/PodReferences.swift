internal import Resources

/// Everything that a pod specification can name (the PodSpec of Kubernetes 1.36's core/v1).
///
/// References marked `optional` count too: what is in the set is meant to be read.
extension ReferenceList {
    mutating func addPods(_ pods: PodTemplate) {
        let spec = pods.spec
        let account = spec["serviceAccountName"] ?? spec["serviceAccount"] ?? "default"
        add("", "ServiceAccount", account, "its pods run as that account")
        for secret in spec["imagePullSecrets"]?.array ?? [] {
            add("", "Secret", secret["name"], "its images are pulled with it")
        }
        addClusterScoped("scheduling.k8s.io", "PriorityClass", spec["priorityClassName"], "its pods have that priority")
        addClusterScoped("node.k8s.io", "RuntimeClass", spec["runtimeClassName"], "its pods run with that runtime")
        for container in pods.containers {
            addContainer(container.value, title: container.title)
        }
        for volume in spec["volumes"]?.array ?? [] {
            addVolume(volume)
        }
        for claim in spec["resourceClaims"]?.array ?? [] {
            add("resource.k8s.io", "ResourceClaim", claim["resourceClaimName"], "its pods claim it")
            add("resource.k8s.io", "ResourceClaimTemplate", claim["resourceClaimTemplateName"], "its pods claim by it")
        }
    }

    private mutating func addContainer(_ container: Value, title: String) {
        for variable in container["env"]?.array ?? [] {
            guard let source = variable["valueFrom"] else { continue }
            add(
                "", "ConfigMap", source[path: "configMapKeyRef", "name"], "\(title) reads environment variables from it"
            )
            add("", "Secret", source[path: "secretKeyRef", "name"], "\(title) reads environment variables from it")
        }
        for source in container["envFrom"]?.array ?? [] {
            add("", "ConfigMap", source[path: "configMapRef", "name"], "\(title) reads environment variables from it")
            add("", "Secret", source[path: "secretRef", "name"], "\(title) reads environment variables from it")
        }
    }

    private mutating func addVolume(_ volume: Value) {
        let mounted = "volume \(volume["name"]?.string ?? "") mounts it"
        add("", "ConfigMap", volume[path: "configMap", "name"], mounted)
        add("", "Secret", volume[path: "secret", "secretName"], mounted)
        add("", "PersistentVolumeClaim", volume[path: "persistentVolumeClaim", "claimName"], mounted)
        for source in volume[path: "projected", "sources"]?.array ?? [] {
            add("", "ConfigMap", source[path: "configMap", "name"], mounted)
            add("", "Secret", source[path: "secret", "name"], mounted)
            addClusterScoped(
                "certificates.k8s.io", "ClusterTrustBundle", source[path: "clusterTrustBundle", "name"], mounted)
        }
        addDriverReferences(of: volume)
        if let claim = volume[path: "ephemeral", "volumeClaimTemplate", "spec"] {
            addClaim(claim)
        }
    }

    /// What storage drivers are given; the in-tree ones name their Secret alike.
    private mutating func addDriverReferences(of volume: Value) {
        let opened = "volume \(volume["name"]?.string ?? "") is opened with it"
        addClusterScoped("storage.k8s.io", "CSIDriver", volume[path: "csi", "driver"], opened)
        add("", "Secret", volume[path: "csi", "nodePublishSecretRef", "name"], opened)
        add("", "Secret", volume[path: "azureFile", "secretName"], opened)
        for driver in ["cephfs", "cinder", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos"] {
            add("", "Secret", volume[path: driver, "secretRef", "name"], opened)
        }
        add("", "Endpoints", volume[path: "glusterfs", "endpoints"], opened)
    }

    /// What the `spec` of a PersistentVolumeClaim, or of a template of one, names.
    mutating func addClaim(_ claim: Value) {
        addClusterScoped("storage.k8s.io", "StorageClass", claim["storageClassName"], "its storage is of that class")
        addClusterScoped("", "PersistentVolume", claim["volumeName"], "it claims that volume")
        for field in ["dataSource", "dataSourceRef"] {
            guard let source = claim[field] else { continue }
            add(
                source["apiGroup"]?.string ?? "",
                source["kind"]?.string ?? "",
                in: source["namespace"]?.string ?? namespace,
                source["name"],
                "its storage is filled from it"
            )
        }
    }
}
