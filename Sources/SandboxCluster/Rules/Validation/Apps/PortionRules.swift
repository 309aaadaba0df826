internal import Resources

/// Parts of a workload's pods, as a number or as a percentage.
enum PortionRules {
    static func check(_ portion: Field, _ findings: inout Findings) {
        if let text = portion.value?.string {
            findings.invalid(
                portion, shown: GoSyntax.intOrString(portion.value), all: Names.percentage(text))
        } else {
            findings.checkNotNegative(portion)
        }
    }

    static func checkAtMostAll(_ portion: Field, _ findings: inout Findings) {
        if let percentage = percentage(portion), percentage > 100 {
            findings.invalid(
                portion, shown: GoSyntax.intOrString(portion.value), "must not be greater than 100%")
        }
    }

    private static func percentage(_ portion: Field) -> Int? {
        guard let text = portion.value?.string, Names.percentage(text).isEmpty else { return nil }
        return Int(text.dropLast()) ?? Int.max
    }

    /// The number that stands there, whether of pods or of hundredths.
    static func amount(_ portion: Field, default: Int) -> Int {
        guard portion.isPresent else { return `default` }
        return percentage(portion) ?? portion.integer ?? Int(portion.string) ?? 0
    }
}

/// The counts in the status of workloads.
enum StatusCounts {
    /// - Parameter notAbove: those that may not be greater than `replicas`.
    static func check(
        _ status: Field, _ counts: [String], notAbove: [String], _ findings: inout Findings
    ) {
        for name in counts { findings.checkNotNegative(status[name]) }
        for name in notAbove where status[name].number > status["replicas"].number {
            findings.invalid(status[name], "cannot be greater than status.replicas")
        }
    }

    static func checkReady(_ status: Field, _ findings: inout Findings) {
        if status["availableReplicas"].number > status["readyReplicas"].number {
            findings.invalid(status["availableReplicas"], "cannot be greater than readyReplicas")
        }
    }

    static func checkCollisions(_ status: Field, old: Field, _ findings: inout Findings) {
        let (new, before) = (status["collisionCount"], old["collisionCount"])
        if before.isPresent, !new.isPresent || new.number < before.number {
            findings.invalid(new, shown: String(new.number), "cannot be decremented")
        }
    }
}
