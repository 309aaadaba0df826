import Placement
import Resources
import Testing

@Suite("Resources, number of pods and ports")
struct ResourceFilterTests {
    @Test("answer as the scheduler does", arguments: fit + ports)
    func answers(_ rule: FilterCase) {
        #expect(rule.failures.map { $0?.reasons.joined(separator: " + ") } == rule.says)
    }

    private static let fit = [
        FilterCase(name: "exactly what is there", pod: pod("p", "{cpu: 4, memory: 8Gi}"), says: [nil]),
        FilterCase(name: "a thousandth more", pod: pod("p", "{cpu: 4001m}"), says: ["Insufficient cpu"]),
        FilterCase(
            name: "what others leave", pods: [pod("o", "{cpu: 3, node: a}")], pod: pod("p", "{cpu: 1}"), says: [nil]),
        FilterCase(
            name: "more than others leave", pods: [pod("o", "{cpu: 3500m, node: a}")], pod: pod("p", "{cpu: 1}"),
            says: ["Insufficient cpu"]),
        FilterCase(name: "memory alone", pod: pod("p", "{cpu: 1, memory: 9Gi}"), says: ["Insufficient memory"]),
        FilterCase(
            name: "everything that is short", pod: pod("p", "{cpu: 5, memory: 9Gi}"),
            says: ["Insufficient cpu + Insufficient memory"]),
        FilterCase(
            name: "the number of pods, with all else", nodes: [node("a", "{allocatable: {pods: 1}}")],
            pods: [pod("o", "{node: a}")], pod: pod("p", "{cpu: 5}"), says: ["Too many pods + Insufficient cpu"]),
        FilterCase(
            name: "a node that says no number of pods", nodes: [node("a", "{allocatable: {pods: 0}}")], pod: pod("p"),
            says: ["Too many pods"]),
        FilterCase(
            name: "a request of zero on a node that is over-full", pods: [pod("o", "{cpu: 5, node: a}")],
            pod: pod("p", "{cpu: 0, memory: 1Gi}"), says: [nil]),
        FilterCase(
            name: "a resource that the node doesn't have",
            pod: pod("p", "{containers: [{resources: {limits: {nvidia.com/gpu: 1}}}]}"),
            says: ["Insufficient nvidia.com/gpu"]),
        FilterCase(
            name: "an extended resource", nodes: [node("a", "{allocatable: {nvidia.com/gpu: 2}}")],
            pods: [pod("o", "{node: a, containers: [{resources: {limits: {nvidia.com/gpu: 1}}}]}")],
            pod: pod("p", "{containers: [{resources: {limits: {nvidia.com/gpu: 1}}}]}"), says: [nil]),
        FilterCase(
            name: "a pod that is about to go still holds its resources",
            pods: [pod("o", "{cpu: 4, node: a, deleting: true}")],
            pod: pod("p", "{cpu: 1}"), says: ["Insufficient cpu"]),
        FilterCase(
            name: "a pod that has ended holds none", pods: [pod("o", "{cpu: 4, node: a, phase: Succeeded}")],
            pod: pod("p", "{cpu: 1}"), says: [nil]),
        FilterCase(
            name: "a pod that has failed holds none", pods: [pod("o", "{cpu: 4, node: a, phase: Failed}")],
            pod: pod("p", "{cpu: 1}"), says: [nil]),
    ]

    private static func port(_ fields: String, _ more: String = "") -> SchedulingPod {
        pod("p", "{containers: [{ports: [{containerPort: 80, \(fields)}]}]\(more)}")
    }

    private static func port(on node: String, _ fields: String, _ more: String = "") -> SchedulingPod {
        port(fields, ", node: \(node)\(more)")
    }

    private static let ports = [
        FilterCase(
            name: "the same host port", pods: [port(on: "a", "hostPort: 80")], pod: port("hostPort: 80"),
            says: [portRules]),
        FilterCase(
            name: "another host port", pods: [port(on: "a", "hostPort: 81")], pod: port("hostPort: 80"), says: [nil]),
        FilterCase(
            name: "another protocol", pods: [port(on: "a", "hostPort: 80, protocol: UDP")], pod: port("hostPort: 80"),
            says: [nil]),
        FilterCase(
            name: "two addresses", pods: [port(on: "a", "hostPort: 80, hostIP: 10.0.0.1")],
            pod: port("hostPort: 80, hostIP: 10.0.0.2"), says: [nil]),
        FilterCase(
            name: "every address and one", pods: [port(on: "a", "hostPort: 80")],
            pod: port("hostPort: 80, hostIP: 10.0.0.2"), says: [portRules]),
        FilterCase(
            name: "one address and 0.0.0.0", pods: [port(on: "a", "hostPort: 80, hostIP: 10.0.0.2")],
            pod: port("hostPort: 80, hostIP: 0.0.0.0"), says: [portRules]),
        FilterCase(
            name: "a container's port on the host's network", pods: [port(on: "a", "name: x", ", hostNetwork: true")],
            pod: port("hostPort: 80"), says: [portRules]),
        FilterCase(
            name: "a container's port that is not the host's", pods: [port(on: "a", "name: x")],
            pod: port("hostPort: 80"), says: [nil]),
        FilterCase(
            name: "ports come before resources", pods: [port(on: "a", "hostPort: 80")],
            pod: pod(
                "p",
                "{containers: [{ports: [{containerPort: 80, hostPort: 80}], resources: {requests: {cpu: 9}}}]}"),
            says: [portRules]),
        FilterCase(
            name: "a sidecar's host port",
            pods: [
                pod(
                    "o",
                    "{node: a, initContainers: [{restartPolicy: Always, ports: [{containerPort: 1, hostPort: 80}]}]}")
            ], pod: port("hostPort: 80"), says: [portRules]),
    ]
}
