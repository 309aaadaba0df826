import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

/// What writes cost, in a processor's time: what else the machine does is no matter.
@Suite struct ApplyCostTests {
    @Test func `an apply costs no more among 2,000 objects than among 200`() throws {
        var few = Cluster(objects: 200)
        var many = Cluster(objects: 2000)
        // The least of several is the one that was disturbed least.
        let costs = try (1...6).map { round in (try few.cost(round: round), try many.cost(round: round)) }
        let (least, most) = (costs.map(\.0).min() ?? 0, costs.map(\.1).min() ?? 0)
        #expect(most < 2 * least)
    }

    /// An API server with its controllers, in this thread.
    private struct Cluster {
        private var api = APIServer(version: .newest, now: Date(timeIntervalSince1970: 1_700_000_000))
        private var controllers = ControllerManager()

        init(objects: Int) {
            SandboxSettings().populate(&api)
            api.load((0..<objects).map { KubernetesObject(Self.configMap("old-\($0)", "before")) })
            settle()
        }

        /// The seconds that 20 applies take that create, and 20 that change.
        mutating func cost(round: Int) throws -> Double {
            let start = ProcessorTime.ofThread
            for text in ["first", "second"] {
                for number in 0..<20 { try apply(Self.configMap("new-\(round)-\(number)", text)) }
            }
            return ProcessorTime.ofThread - start
        }

        private mutating func apply(_ value: Value) throws {
            let path = "/api/v1/namespaces/default/configmaps/\(KubernetesObject(value).name)?fieldManager=test"
            var request = SandboxRequest(method: "PATCH", path: path)
            request.headers = [("Content-Type", "application/apply-patch+yaml")]
            request.body = value.jsonBytes
            guard case .response(let response) = api.answer(request) else { return }
            try #require(response.status < 300)
            settle()
        }

        private mutating func settle() {
            repeat {
                for entry in api.store.takeChanges() {
                    controllers.note(
                        ObjectChange(entry.change, entry.object.object, earlier: entry.earlier?.object))
                }
            } while controllers.step(&api)
        }

        private static func configMap(_ name: String, _ text: String) -> Value {
            [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": ["name": .string(name), "namespace": "default", "labels": ["app": "test"]],
                "data": ["text": .string(text)],
            ]
        }
    }
}
