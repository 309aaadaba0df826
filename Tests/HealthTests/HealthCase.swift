import FoundationEssentials
import Health
import Resources
import Testing

/// One line of a kind's table: what an object looks like, and how it must be judged.
struct HealthCase: Sendable, CustomTestStringConvertible {
    let name: String
    var spec: Value = [:]
    var status: Value = [:]
    var metadata: Value = [:]
    var context = HealthContext()
    let expected: ObjectHealth

    init(
        _ name: String, spec: Value = [:], status: Value = [:], metadata: Value = [:],
        context: HealthContext = HealthContext(), _ state: HealthStatus, _ reason: String, _ message: String
    ) {
        self.name = name
        self.spec = spec
        self.status = status
        self.metadata = metadata
        self.context = context
        expected = ObjectHealth(state, reason, message)
    }

    var testDescription: String { name }

    func health(as apiVersion: String, _ kind: String) -> ObjectHealth {
        Health.assess(
            KubernetesObject(
                [
                    "apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": metadata, "spec": spec,
                    "status": status,
                ]
            ),
            context: context
        )
    }
}

func condition(_ type: String, _ status: String, _ reason: String? = nil, _ message: String? = nil) -> Value {
    var condition: Value = ["type": .string(type), "status": .string(status)]
    condition["reason"] = reason.map(Value.string)
    condition["message"] = message.map(Value.string)
    return condition
}

/// A quarter past noon on a certain day, and some seconds.
func time(_ seconds: Int) -> Date {
    Date(timeIntervalSince1970: 1_767_269_700 + Double(seconds))
}

/// The same time as the API writes it.
func timestamp(_ seconds: Int) -> Value {
    .string(time(seconds).formatted(.iso8601))
}
