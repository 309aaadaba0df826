internal import FoundationEssentials
internal import Resources

extension Date {
    /// As the API writes times: whole seconds.
    var apiTime: Value { .string(formatted(.iso8601)) }

    /// The beginning of its second, which is all of it that the API keeps.
    var wholeSecond: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down)) }
}

extension Value {
    /// The instant of an RFC 3339 time; nil for what is none.
    var instant: Date? {
        guard let text = string else { return nil }
        return (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}
