internal import ArgumentParser
internal import Resources

/// A duration on the command line, such as `90s` or `1m30s`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = Duration(goText: argument), duration > .zero else { return nil }
        self.duration = duration
    }
}
