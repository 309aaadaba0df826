import Resources

/// A sum of quantities: exact, and written as `Quantity.Add` of Kubernetes would write it, in the form of the first one
/// that is not zero.
struct ResourceTotal: Hashable, Sendable {
    private(set) var nanos: Int128
    private(set) var format: Quantity.Format

    init(nanos: Int128 = 0, format: Quantity.Format = .decimalSI) {
        self.nanos = nanos
        self.format = format
    }

    init(_ quantity: Quantity) {
        self.init(nanos: quantity.nanos, format: quantity.format)
    }

    static func count(_ number: Int) -> ResourceTotal {
        ResourceTotal(nanos: Int128(number) * one)
    }

    static func += (total: inout ResourceTotal, amount: ResourceTotal) {
        if total.nanos == 0 { total.format = amount.format }
        total.nanos = total.nanos.addingClamped(amount.nanos)
    }

    /// What is left, but not less than nothing.
    static func -= (total: inout ResourceTotal, amount: ResourceTotal) {
        total.nanos = max(0, total.nanos - amount.nanos)
    }

    private static let one: Int128 = 1_000_000_000

    /// The canonical text, as in statuses and messages.
    var text: String {
        if format == .binarySI, nanos % Self.one == 0, abs(nanos) >= 1024 * Self.one {
            let whole = nanos / Self.one
            return whole % 1024 == 0 ? Quantity("\(whole / 1024)Ki")?.text ?? "" : "\(whole)"
        }
        let exponent = format == .decimalExponent ? "e-9" : "n"
        return Quantity("\(nanos)\(exponent)")?.text ?? ""
    }
}

extension Int128 {
    /// The sum, or the nearest number that there is: a manifest can ask for more than anybody can count, twice.
    func addingClamped(_ other: Int128) -> Int128 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? (other < 0 ? -Int128.max : Int128.max) : sum
    }
}
