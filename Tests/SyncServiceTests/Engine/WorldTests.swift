import Foundation
import KubeClient
import Manifests
import Resources

@testable import SyncService

/// Tests of a service in a simulated world, with what its repositories declare.
protocol WorldTests {
    var world: SimulatedWorld { get }
}

extension WorldTests {
    func settings(_ value: String, name: String = "settings") -> String {
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: \(name)}
        data: {value: "\(value)"}
        """
    }

    func web(image: String = "nginx", behaviour: String? = nil) -> String {
        let annotations = behaviour.map { ", annotations: {endstate.dev/sandbox: \($0)}" } ?? ""
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}\(annotations)}
                spec:
                  containers: [{name: web, image: "\(image)"}]
            """
    }

    func value(_ name: String = "settings") async throws -> String? {
        try await world.person.get(.configMaps, namespace: "default", name: name)?.value[path: "data", "value"]?
            .string
    }

    func patch(_ name: String, _ value: String) async throws {
        _ = try await world.person.patch(
            .configMaps, namespace: "default", name: name, .merge(["data": ["value": .string(value)]]),
            fieldManager: "somebody")
    }

    func commit(_ name: String, _ files: [String: String]) {
        world.git.commit("https://git.example.com/\(name).git", files)
    }

    var results: [SyncEnd.Result] { world.ends.map(\.end.result) }

    /// A window that is not open while a test runs: the clock begins on a first of January.
    func inJune() throws -> @Sendable (inout SyncSettings) -> Void {
        let cron = try CronExpression("0 0 1 6 *")
        return { $0.windows = [ChangeWindow(cron: cron, duration: .seconds(60))] }
    }

    /// Another workload than `web`.
    /// - Parameter isRecreated: Whether its pods of before go before new ones come.
    func other(image: String, behaviour: String? = nil, isRecreated: Bool = false) -> String {
        let strategy = isRecreated ? "  strategy: {type: Recreate}\n" : ""
        return web(image: image, behaviour: behaviour).replacingOccurrences(of: "name: web}", with: "name: other}")
            .replacingOccurrences(of: "app: web", with: "app: other")
            .replacingOccurrences(of: "  replicas", with: strategy + "  replicas")
    }

    /// Somebody gives `web` an image that does not exist.
    func breakWeb() async throws {
        let container: Value = ["name": "web", "image": "missing"]
        let annotations: Value = ["endstate.dev/sandbox": "image-missing"]
        let template: Value = ["metadata": ["annotations": annotations], "spec": ["containers": [container]]]
        _ = try await world.person.patch(
            .deployments, namespace: "default", name: "web",
            .merge(["spec": ["strategy": ["type": "Recreate", "rollingUpdate": .null], "template": template]]),
            fieldManager: "somebody")
    }
}

extension APIResource {
    static let deployments = APIResource(
        .init(apiVersion: "apps/v1", kind: "Deployment"), plural: "deployments", isNamespaced: true)
}
