internal import Resources

/// The pods that a Job makes.
enum JobPods {
    static let indexAnnotation = "batch.kubernetes.io/job-completion-index"

    /// - Parameter index: Of a Job whose completions are counted by index (KEP-2214).
    static func pod(of job: KubernetesObject, index: Int?) -> KubernetesObject {
        var pod = PodTemplate.pod(of: job.spec["template"] ?? [:], for: job)
        guard let index else { return pod }
        let text = Value.string(String(index))
        pod.value.change(at: ["metadata", "annotations", indexAnnotation]) { $0 = text }
        pod.value.change(at: ["metadata", "labels", indexAnnotation]) { $0 = text }
        pod.value["metadata"]?["generateName"] = .string("\(job.name)-\(index)-")
        var spec = pod.spec
        spec["hostname"] = .string("\(job.name)-\(index)")
        for field in ["initContainers", "containers"] {
            guard let containers = spec[field]?.array else { continue }
            spec[field] = .array(
                containers.map { container in
                    var container = container
                    let variables = container["env"]?.array ?? []
                    container["env"] = .array(variables + [["name": "JOB_COMPLETION_INDEX", "value": text]])
                    return container
                })
        }
        pod.value["spec"] = spec
        return pod
    }

    /// `0-2,5`.
    static func text(of indexes: Set<Int>) -> String {
        var ranges: [ClosedRange<Int>] = []
        for index in indexes.sorted() {
            if let last = ranges.last, last.upperBound + 1 == index {
                ranges[ranges.count - 1] = last.lowerBound...index
            } else {
                ranges.append(index...index)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }
}
