import Resources
import Testing

@testable import Placement

@Suite("What a pod asks for")
struct PodRequestsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let spec: String
        let cpu: Int64
        var memory: Int64 = 0
        var testDescription: String { name }
    }

    @Test("is counted as the scheduler counts it", arguments: cases)
    func requests(_ row: Case) {
        let amounts = PodRequests.amounts(of: value(row.spec))
        #expect(amounts.milliCPU == row.cpu)
        #expect(amounts.memory == row.memory)
    }

    private static func container(_ cpu: String, _ more: String = "") -> String {
        "{resources: {requests: {cpu: \(cpu)}}\(more)}"
    }

    private static let cases = [
        Case(
            name: "the sum of the containers", spec: "{containers: [\(container("100m")), \(container("0.2"))]}",
            cpu: 300),
        Case(
            name: "a fraction is rounded up",
            spec: "{containers: [{resources: {requests: {cpu: 100u, memory: 1500m}}}]}",
            cpu: 1, memory: 2),
        Case(
            name: "limits stand for requests that are not given",
            spec: "{containers: [{resources: {requests: {cpu: 1}, limits: {cpu: 2, memory: 1Ki}}}]}", cpu: 1000,
            memory: 1024),
        Case(
            name: "an init container that asks for more",
            spec: "{containers: [\(container("1"))], initContainers: [\(container("2"))]}", cpu: 2000),
        Case(
            name: "an init container that asks for less",
            spec: "{containers: [\(container("1"))], initContainers: [\(container("500m"))]}", cpu: 1000),
        Case(
            name: "init containers run one after another",
            spec: "{containers: [\(container("1"))], initContainers: [\(container("600m")), \(container("600m"))]}",
            cpu: 1000),
        Case(
            name: "a sidecar runs beside the containers",
            spec:
                "{containers: [\(container("1"))], initContainers: [\(container("500m", ", restartPolicy: Always"))]}",
            cpu: 1500),
        Case(
            name: "a sidecar runs beside the init containers after it",
            spec: "{containers: [\(container("1"))], "
                + "initContainers: [\(container("500m", ", restartPolicy: Always")), \(container("2"))]}", cpu: 2500),
        Case(
            name: "a sidecar does not run beside the init containers before it",
            spec: "{containers: [\(container("1"))], "
                + "initContainers: [\(container("2")), \(container("500m", ", restartPolicy: Always"))]}", cpu: 2000),
        Case(
            name: "the pod's own resources override",
            spec: "{containers: [\(container("1"))], resources: {requests: {cpu: 3}}}", cpu: 3000),
        Case(
            name: "the pod's own limits stand where nothing is requested",
            spec: "{containers: [{}], resources: {limits: {cpu: 3}}}", cpu: 3000),
        Case(
            name: "overhead is added at the end",
            spec: "{containers: [\(container("1"))], resources: {requests: {cpu: 3}}, overhead: {cpu: 250m}}", cpu: 3250
        ),
    ]
}
