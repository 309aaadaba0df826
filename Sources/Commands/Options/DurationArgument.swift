internal import ArgumentParser
internal import Resources

/// A duration on the command line that is longer than zero, such as `90s` or `1m30s`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = Duration(goText: argument), duration > .zero else { return nil }
        self.duration = duration
    }
}

/// How long to wait for something that may already be there: also `0s`.
struct PatienceArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = Duration(goText: argument), duration >= .zero else { return nil }
        self.duration = duration
    }
}
