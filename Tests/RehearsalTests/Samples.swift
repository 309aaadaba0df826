import Resources

/// Manifests and live objects of an application in the namespace `shop`.
enum Samples {
    /// - Parameter metadata: One more line of the metadata.
    static func configMap(
        _ name: String, colour: String = "green", metadata: String = "namespace: shop"
    ) -> String {
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: \(name)
          \(metadata)
        data:
          colour: \(colour)
        """
    }

    /// - Parameter pod: One more line of the pods' specification.
    static func deployment(
        image: String = "endstate.test/run:1", replicas: Int = 1, pod: String = "restartPolicy: Always"
    ) -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: \(replicas)
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              \(pod)
              containers:
                - name: web
                  image: \(image)
        """
    }

    static func claim(className: String) -> String {
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          storageClassName: \(className)
          accessModes: [ReadWriteOnce]
          resources:
            requests:
              storage: 1Gi
        """
    }

    static func ingress(_ name: String) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: \(name)
        spec:
          ingressClassName: nginx
          defaultBackend:
            service:
              name: web
              port:
                number: 80
        """
    }

    static func widget(size: Int) -> String {
        """
        apiVersion: example.org/v1
        kind: Widget
        metadata:
          name: one
        spec:
          size: \(size)
        """
    }

    static func identity(_ kind: String, _ name: String, group: String = "") -> ObjectIdentity {
        ObjectIdentity(group: group, kind: kind, namespace: "shop", name: name)
    }
}

// MARK: what a cluster has
extension Samples {
    static func object(
        _ apiVersion: String, _ kind: String, _ name: String, namespace: String = "", _ fields: [String: Value] = [:]
    ) -> KubernetesObject {
        var metadata: Value = ["name": .string(name), "uid": .string("uid-\(kind)-\(name)")]
        if !namespace.isEmpty { metadata["namespace"] = .string(namespace) }
        let basis: [String: Value] = ["apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": metadata]
        return KubernetesObject(.object(basis.merging(fields) { $1 }))
    }

    static func namespace(_ name: String) -> KubernetesObject {
        object("v1", "Namespace", name, ["spec": ["finalizers": ["kubernetes"]], "status": ["phase": "Active"]])
    }

    static func storageClass(_ name: String, _ provisioner: String) -> KubernetesObject {
        object(
            "storage.k8s.io/v1", "StorageClass", name,
            ["provisioner": .string(provisioner), "reclaimPolicy": "Delete", "volumeBindingMode": "Immediate"])
    }

    static var widgetDefinition: KubernetesObject {
        let names: Value = ["plural": "widgets", "singular": "widget", "kind": "Widget", "listKind": "WidgetList"]
        let schema: Value = ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]]
        let version: Value = [
            "name": "v1", "served": true, "storage": true, "schema": schema, "subresources": ["status": [:]],
        ]
        let spec: Value = [
            "group": "example.org", "scope": "Namespaced", "names": names, "versions": [version],
            "conversion": ["strategy": "None"],
        ]
        let conditions: Value = [
            ["type": "NamesAccepted", "status": "True"], ["type": "Established", "status": "True"],
        ]
        let status: Value = ["acceptedNames": names, "storedVersions": ["v1"], "conditions": conditions]
        return object(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "widgets.example.org",
            ["spec": spec, "status": status])
    }
}
