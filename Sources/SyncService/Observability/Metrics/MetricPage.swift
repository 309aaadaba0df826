/// The values of all series, and the page that shows them.
struct MetricPage: Sendable {
    /// By the family's name, then by the values of its labels.
    private var numbers: [String: [[String]: Double]] = [:]
    private var histograms: [String: [[String]: Histogram]] = [:]

    /// - Parameter labels: the values of the family's labels, in its order.
    mutating func set(_ family: MetricFamily, _ labels: String..., to value: Double) {
        numbers[family.name, default: [:]][labels] = value
    }

    /// Makes the series where it isn't there yet.
    mutating func add(_ amount: Int, to family: MetricFamily, _ labels: String...) {
        numbers[family.name, default: [:]][labels, default: 0] += Double(max(0, amount))
    }

    mutating func observe(_ value: Double, in family: MetricFamily, _ labels: String...) {
        guard case .histogram(let bounds) = family.kind else { return }
        histograms[family.name, default: [:]][labels, default: Histogram(bounds: bounds)].observe(max(0, value))
    }

    /// Drops every series that has the value in the label; any value where it is nil.
    mutating func forget(_ label: String, _ value: String? = nil) {
        for family in MetricFamily.all {
            guard let position = family.labels.firstIndex(of: label) else { continue }
            let stays: ([String]) -> Bool = { value != nil && $0[position] != value }
            numbers[family.name] = numbers[family.name]?.filter { stays($0.key) }
            histograms[family.name] = histograms[family.name]?.filter { stays($0.key) }
        }
    }

    /// The page in Prometheus' text format 0.0.4: families in their order, series by the values of their labels.
    var text: String {
        MetricFamily.all.map(text).joined()
    }

    private func text(_ family: MetricFamily) -> String {
        let numbers = Self.sorted(numbers[family.name] ?? [:])
        let histograms = Self.sorted(histograms[family.name] ?? [:])
        guard !(numbers.isEmpty && histograms.isEmpty) else { return "" }
        let lines =
            numbers.map { MetricText.line(family.name, MetricText.labels(family.labels, $0.key), $0.value) }
            + histograms.flatMap { $0.value.lines(family.name, MetricText.labels(family.labels, $0.key)) }
        return MetricText.header(family) + lines.joined()
    }

    private static func sorted<Sample>(_ series: [[String]: Sample]) -> [(key: [String], value: Sample)] {
        series.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}

/// How many observations were at most as large as each of some bounds.
struct Histogram: Sendable {
    private let bounds: [Double]
    /// One more than there are bounds: the last is for what is above all of them.
    private var counts: [Int]
    private var sum = 0.0

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func observe(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// The cumulative buckets, the sum and the number of observations.
    fileprivate func lines(_ name: String, _ labels: [String]) -> [String] {
        var total = 0
        var lines: [String] = []
        for (bound, count) in zip(bounds + [.infinity], counts) {
            total += count
            let bucket = labels + ["le=\"\(MetricText.number(bound))\""]
            lines.append(MetricText.line(name + "_bucket", bucket, Double(total)))
        }
        lines.append(MetricText.line(name + "_sum", labels, sum))
        lines.append(MetricText.line(name + "_count", labels, Double(total)))
        return lines
    }
}
