import KubeClient
import Resources

/// What is declared for a shop of three services, each of which waits for the one below it.
enum SweepState: String, CaseIterable {
    /// Where each point starts.
    case first
    /// As the first, but for one value.
    case other
    /// Some objects changed, one new, two no longer declared, and three taken over from other tools.
    case second
    /// As the second, but the topmost service can't start.
    case failing

    /// The manifests by the names of their files.
    func files(namespace: String) -> [String: String] {
        var files = [
            "endstate.yaml": "apiVersion: endstate.dev/v1\nkind: Application\nspec: {keepRevisions: 3}\n",
            "database.yaml": database, "api.yaml": api(namespace), "web.yaml": web(namespace),
        ]
        if isSecond {
            files["new.yaml"] = SweepText.configMap("features", ["search": "on"])
            files["legacy.yaml"] = legacy
        } else {
            files["old.yaml"] =
                SweepText.configMap("banner", ["text": "sale"]) + SweepText.service("preview", ports: [80])
        }
        return files
    }

    private var isSecond: Bool { self == .second || self == .failing }

    private var database: String {
        SweepText.configMap("database", isSecond ? ["size": "20", "mode": "fast"] : ["size": "10", "log": "all"])
            + SweepText.secret("database", isSecond ? "c2Vjb25k" : "Zmlyc3Q=")
            + SweepText.service("database", ports: [5432])
            + SweepText.deployment("database", image: "endstate.test/run:1")
    }

    private func api(_ namespace: String) -> String {
        SweepText.service("api", ports: isSecond ? [8080, 9090] : [8080])
            + SweepText.deployment(
                "api", image: isSecond ? "endstate.test/run:2" : "endstate.test/run:1",
                after: "apps/namespaces/\(namespace)/Deployment/database")
    }

    private func web(_ namespace: String) -> String {
        let image = self == .failing ? "endstate.test/image-missing:1" : "endstate.test/run:1"
        return SweepText.configMap("web", ["colour": self == .other ? "red" : isSecond ? "blue" : "green"])
            + SweepText.service("web", ports: [80])
            + SweepText.deployment("web", image: image, after: "apps/namespaces/\(namespace)/Deployment/api")
    }

    private var legacy: String {
        SweepText.configMap("legacy", ["keep": "1", "change": "new", "add": "3"])
            + SweepText.service("legacy", ports: [8443])
            + SweepText.deployment("legacy", image: "endstate.test/run:1", replicas: 2)
    }
}

/// What other tools have made before, and still look after.
enum SweepForeigner: String, CaseIterable {
    case configMap
    case service
    case deployment

    var resource: APIResource {
        switch self {
        case .configMap: .configMaps
        case .service: .sweptServices
        case .deployment: .sweptDeployments
        }
    }

    var manager: String { self == .service ? "operator" : "kubectl-client-side-apply" }

    func object(namespace: String) -> KubernetesObject {
        var object: Value
        switch self {
        case .configMap:
            object = ["apiVersion": "v1", "kind": "ConfigMap", "data": ["keep": "1", "change": "old", "drop": "2"]]
        case .service:
            object = [
                "apiVersion": "v1", "kind": "Service",
                "spec": ["selector": ["app": "legacy"], "ports": [["name": "p80", "port": 80]]],
            ]
        case .deployment:
            object = [
                "apiVersion": "apps/v1", "kind": "Deployment",
                "spec": [
                    "replicas": 1, "selector": ["matchLabels": ["app": "legacy"]],
                    "template": [
                        "metadata": ["labels": ["app": "legacy"]],
                        "spec": ["containers": [["name": "main", "image": "endstate.test/run:1"]]],
                    ],
                ],
            ]
        }
        object["metadata"] = [
            "name": "legacy", "namespace": .string(namespace), "labels": ["team": "others"],
            "annotations": ["example.com/owner": "others"],
        ]
        return KubernetesObject(object)
    }
}

extension APIResource {
    static let sweptServices = APIResource(
        .init(apiVersion: "v1", kind: "Service"), plural: "services", isNamespaced: true)
    static let sweptDeployments = APIResource(
        .init(apiVersion: "apps/v1", kind: "Deployment"), plural: "deployments", isNamespaced: true)
    static let sweptLeases = APIResource(
        .init(apiVersion: "coordination.k8s.io/v1", kind: "Lease"), plural: "leases", isNamespaced: true)
}

/// Manifests as people write them.
enum SweepText {
    static func configMap(_ name: String, _ data: [String: String]) -> String {
        let lines = data.sorted { $0.key < $1.key }.map { "  \($0.key): \"\($0.value)\"\n" }.joined()
        return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\ndata:\n\(lines)"
    }

    static func secret(_ name: String, _ password: String) -> String {
        "---\napiVersion: v1\nkind: Secret\nmetadata: {name: \(name)}\ndata: {password: \(password)}\n"
    }

    static func service(_ name: String, ports: [Int]) -> String {
        let list = ports.map { "{name: p\($0), port: \($0)}" }.joined(separator: ", ")
        return "---\napiVersion: v1\nkind: Service\nmetadata: {name: \(name)}\n"
            + "spec: {selector: {app: \(name)}, ports: [\(list)]}\n"
    }

    static func deployment(_ name: String, image: String, replicas: Int = 1, after: String? = nil) -> String {
        let annotation = after.map { "\n  annotations: {config.kubernetes.io/depends-on: \($0)}" } ?? ""
        return """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: \(name)\(annotation)
            spec:
              replicas: \(replicas)
              selector: {matchLabels: {app: \(name)}}
              template:
                metadata: {labels: {app: \(name)}}
                spec: {containers: [{name: main, image: \(image)}]}

            """
    }
}
