import Resources

/// A place at which two outcomes are not the same.
struct Difference: Sendable {
    let scenario: String
    /// The step's number, which counts from 1.
    let step: Int
    let stepText: String
    /// `body.metadata.labels.app`; empty for the outcome as a whole.
    let path: String
    /// Nil where there is nothing at the path.
    let expected: Value?
    let actual: Value?

    var text: String {
        func shown(_ value: Value?) -> String { value.map(\.json) ?? "absent" }
        return
            "      \(path.isEmpty ? "all" : path)\n        - \(shown(expected))\n        + \(shown(actual))"
    }
}

enum Comparison {
    /// The innermost places at which the answers differ.
    static func differences(of scenario: Scenario, expected: [Outcome], actual: [Outcome])
        -> [Difference]
    {
        var differences: [Difference] = []
        for index in 0..<max(expected.count, actual.count) {
            let left: Value? = index < expected.count ? .some(expected[index].value) : .none
            let right: Value? = index < actual.count ? .some(actual[index].value) : .none
            let step = scenario.steps[min(index, scenario.steps.count - 1)]
            compare(left, right, at: "") { path, left, right in
                differences.append(
                    Difference(
                        scenario: scenario.title, step: step.number, stepText: step.text, path: path,
                        expected: left,
                        actual: right))
            }
        }
        return differences
    }

    private static func compare(
        _ left: Value?, _ right: Value?, at path: String, report: (String, Value?, Value?) -> Void
    ) {
        guard left != right else { return }
        switch (left, right) {
        case (.object(let left), .object(let right)):
            for key in Set(left.keys).union(right.keys).sorted() {
                compare(left[key], right[key], at: path.isEmpty ? key : "\(path).\(key)", report: report)
            }
        case (.array(let left), .array(let right)):
            for index in 0..<max(left.count, right.count) {
                // Not `nil`, which would be the JSON null.
                let first: Value? = index < left.count ? .some(left[index]) : .none
                let second: Value? = index < right.count ? .some(right[index]) : .none
                compare(first, second, at: "\(path)[\(index)]", report: report)
            }
        default: report(path, left, right)
        }
    }
}
