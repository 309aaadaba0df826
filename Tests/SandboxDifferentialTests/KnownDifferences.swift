/// A difference that is meant to be, and is named in the documentation; one that is no more makes the suite fail.
struct KnownDifference: Hashable, Sendable {
    let scenario: String
    /// Nil for all steps of the scenario.
    let step: Int?
    /// A path of a difference, or, with `*` at its end, how such paths begin.
    let path: String
    let reason: String

    func covers(_ difference: Difference) -> Bool {
        guard difference.scenario == scenario, step == nil || step == difference.step else {
            return false
        }
        return path.hasSuffix("*")
            ? difference.path.hasPrefix(path.dropLast()) : difference.path == path
    }
}

extension KnownDifference {
    static let all: [KnownDifference] = []
}
