/// Prometheus' text format 0.0.4 (prometheus.io, "Exposition formats").
enum MetricText {
    /// The value of `Content-Type` that goes with a page.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func header(_ family: MetricFamily) -> String {
        let type =
            switch family.kind {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        return "# HELP \(family.name) \(escapedHelp(family.help))\n# TYPE \(family.name) \(type)\n"
    }

    /// - Parameter labels: each as `name="value"`.
    static func line(_ name: String, _ labels: [String], _ value: Double) -> String {
        let braces = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
        return "\(name)\(braces) \(number(value))\n"
    }

    static func labels(_ names: [String], _ values: [String]) -> [String] {
        zip(names, values).map { "\($0)=\"\(escapedValue($1))\"" }
    }

    /// A number as Go's `strconv.ParseFloat` reads it; whole ones without a fraction.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    static func escapedHelp(_ text: String) -> String {
        escaped(text, quotes: false)
    }

    static func escapedValue(_ text: String) -> String {
        escaped(text, quotes: true)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\"" where quotes: result.append(contentsOf: "\\\"".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
