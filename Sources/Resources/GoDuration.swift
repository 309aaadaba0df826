extension Duration {
    /// Reads a duration in the text form of Go's `time.ParseDuration`, as Kubernetes' APIs and annotations have it:
    /// `1m30s`, `1.5h`, `300ms`, `0`; nil where the text is none or the value is beyond Go's (about 292 years).
    package init?(goText text: String) {
        var rest = Substring(text)
        let isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        if rest == "0" {
            self = .zero
            return
        }
        guard !rest.isEmpty else { return nil }
        var nanoseconds = 0.0
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            rest.removeFirst(number.count)
            let unit = rest.prefix { $0.isLetter }
            rest.removeFirst(unit.count)
            guard let factor = Self.nanosecondsByUnit[String(unit)], let value = Self.decimal(number) else {
                return nil
            }
            nanoseconds += value * factor
        }
        guard nanoseconds < Double(Int64.max) else { return nil }
        self = .nanoseconds(Int64(nanoseconds) * (isNegative ? -1 : 1))
    }

    private static let nanosecondsByUnit: [String: Double] = [
        "ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9,
    ]

    private static func decimal(_ digits: Substring) -> Double? {
        guard digits.contains(where: \.isNumber) else { return nil }
        if digits.first == "." { return Double("0" + digits) }
        return digits.last == "." ? Double(digits.dropLast()) : Double(digits)
    }
}
