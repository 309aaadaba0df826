import Resources

/// The objects that are measured with: a quarter each of ConfigMaps, Deployments without replicas, headless Services and
/// ServiceAccounts, in that order, which is also the one that they are applied in: with Deployments earlier, the controllers
/// take more of the machine while the rest is sent.
enum Workload {
    static func objects(_ count: Int, namespace: String) -> [KubernetesObject] {
        (0..<count).map { index in
            let name = "bench-\(index)"
            var object: KubernetesObject
            switch index * 4 / count {
            case 0: object = configMap(name)
            case 1: object = deployment(name)
            case 2: object = service(name)
            default:
                object = KubernetesObject([
                    "apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": .string(name)],
                ])
            }
            object.namespace = namespace
            object.labels = ["app": name]
            return object
        }
    }

    private static func configMap(_ name: String) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name)],
            "data": ["name": .string(name), "text": "first line\nsecond line\n"],
        ])
    }

    private static func service(_ name: String) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name)],
            "spec": [
                "clusterIP": "None", "selector": ["app": .string(name)],
                "ports": [["name": "http", "port": 80, "protocol": "TCP", "targetPort": 8080]],
            ],
        ])
    }

    private static func deployment(_ name: String) -> KubernetesObject {
        let container: Value = [
            "name": "web", "image": "example.com/web:1", "ports": [["containerPort": 8080, "protocol": "TCP"]],
            "env": [["name": "NAME", "value": .string(name)]],
            "resources": ["requests": ["cpu": "50m", "memory": "32Mi"]],
        ]
        return KubernetesObject([
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": .string(name)],
            "spec": [
                "replicas": 0, "selector": ["matchLabels": ["app": .string(name)]],
                "template": ["metadata": ["labels": ["app": .string(name)]], "spec": ["containers": [container]]],
            ],
        ])
    }
}
