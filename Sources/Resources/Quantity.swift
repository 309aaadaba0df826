/// An amount of a resource, such as `100m` or `1.5Gi`: exact to a nano, as `k8s.io/apimachinery`'s `resource.Quantity`.
package struct Quantity: Hashable, Sendable {
    /// How a quantity is written; the server keeps the way in which it was given.
    package enum Format: Hashable, Sendable {
        /// Powers of 1024: `Ki` to `Ei`.
        case binarySI
        /// Powers of 1000: `n`, `u`, `m`, none, `k` to `E`.
        case decimalSI
        /// `1e3`.
        case decimalExponent
    }

    /// The amount in billionths of the unit.
    package let nanos: Int128
    package let format: Format
    /// The text that the server stores and returns for this quantity.
    ///
    /// It is the canonical form, except where the server's fast path keeps what it was given (`1.500`, `+5`).
    package let text: String

    /// Parses a quantity's text; nil where it is none, or where its amount is too large to be exact here (about 10²⁹).
    ///
    /// As on the server, anything below a nano is rounded away from zero and a binary amount is capped at 2⁶³-1.
    package init?(_ text: String) {
        guard let parts = QuantityText(text), let amount = parts.nanos else { return nil }
        nanos = amount
        format = parts.format == .binarySI && abs(amount) < Self.one ? .decimalSI : parts.format
        if parts.keepsItsText {
            self.text = text
        } else if let canonical = Self.canonicalText(nanos: amount, format: format) {
            self.text = canonical
        } else {
            return nil
        }
    }

    /// Reads what a manifest may have at a quantity's place: a string or a number; nil for anything else.
    package init?(_ value: Value) {
        switch value {
        case .string(let text): self.init(text.trimmingGoSpace)
        case .integer(let number): self.init(String(number))
        case .double(let number) where abs(number) < 1e15 && abs(number) >= 1e-4: self.init("\(number)")
        default: return nil
        }
    }

    fileprivate static let one: Int128 = 1_000_000_000

    /// `Quantity.CanonicalizeBytes`: no fraction, the largest suffix that loses nothing; nil where no suffix exists.
    private static func canonicalText(nanos: Int128, format: Format) -> String? {
        if nanos == 0 { return "0" }
        let isSmall = abs(nanos) < 1024 * one
        if format == .binarySI, !isSmall, nanos % one == 0 {
            let (number, exponent) = dividing(nanos / one, by: 1024)
            return "\(number)" + Suffix.binary[exponent]
        }
        var (number, exponent) = dividing(nanos, by: 10)
        exponent -= 9
        while exponent % 3 != 0 {
            number *= 10
            exponent -= 1
        }
        if exponent == 0 { return "\(number)" }
        if format == .decimalExponent { return "\(number)e\(exponent)" }
        return Suffix.decimal[exponent].map { "\(number)" + $0 }
    }

    private static func dividing(_ number: Int128, by factor: Int128) -> (number: Int128, times: Int) {
        var result = (number: number, times: 0)
        while result.number % factor == 0 {
            result.number /= factor
            result.times += 1
        }
        return result
    }
}

extension Quantity: Comparable {
    package static func < (left: Quantity, right: Quantity) -> Bool { left.nanos < right.nanos }

    /// Quantities are equal when their amounts are, however they are written.
    package static func == (left: Quantity, right: Quantity) -> Bool { left.nanos == right.nanos }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(nanos)
    }
}

private enum Suffix {
    static let decimal: [Int: String] = [
        -9: "n", -6: "u", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T", 15: "P", 18: "E",
    ]
    static let binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

    /// A suffix's format and exponent (of 2 or of 10); nil where the text is none.
    static func interpret(_ text: Substring) -> (format: Quantity.Format, exponent: Int)? {
        if let exponent = decimal.first(where: { $0.value == text })?.key { return (.decimalSI, exponent) }
        if let power = binary.firstIndex(where: { $0 == text }) { return (.binarySI, power * 10) }
        guard let first = text.first, first == "e" || first == "E" else { return nil }
        return Int32(text.dropFirst()).map { (.decimalExponent, Int($0)) }
    }
}

/// A quantity's text taken apart as `parseQuantityString` does.
private struct QuantityText {
    let isNegative: Bool
    /// Without leading zeros; "0" where only zeros stood there.
    let whole: Substring
    let fraction: Substring
    let format: Quantity.Format
    let exponent: Int

    init?(_ text: String) {
        var rest = Substring(text)
        guard !rest.isEmpty, rest.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        let digits = rest.prefix(while: \.isNumber)
        rest = rest.dropFirst(digits.count)
        let significant = digits.drop { $0 == "0" }
        whole = significant.isEmpty ? "0" : significant
        if rest.first == "." {
            rest.removeFirst()
            fraction = rest.prefix(while: \.isNumber)
            rest = rest.dropFirst(fraction.count)
        } else {
            fraction = ""
        }
        guard !digits.isEmpty || !fraction.isEmpty, let suffix = Suffix.interpret(rest) else { return nil }
        format = suffix.format
        exponent = suffix.exponent
    }

    /// The amount in billionths; nil where it does not fit.
    var nanos: Int128? {
        guard let digits = Int128(whole + fraction) else { return nil }
        if digits == 0 { return 0 }
        var scale = 9 - fraction.count
        var amount = digits
        if format == .binarySI {
            guard exponent <= 60, let product = multiplied(amount, by: Int128(1) << Int128(exponent)) else {
                return nil
            }
            amount = product
        } else {
            guard abs(exponent) <= 60 else { return nil }
            scale += exponent
        }
        while scale > 0 {
            guard let product = multiplied(amount, by: 10) else { return nil }
            amount = product
            scale -= 1
        }
        var isRounded = false
        while scale < 0 {
            isRounded = isRounded || amount % 10 != 0
            amount /= 10
            scale += 1
        }
        if isRounded { amount += 1 }
        if format == .binarySI { amount = min(amount, Int128(Int64.max) * Quantity.one) }
        return isNegative ? -amount : amount
    }

    /// Whether the server's fast path takes the text for canonical and keeps it as it is (`ParseQuantity`).
    var keepsItsText: Bool {
        let digits = whole + fraction
        if format == .binarySI {
            let precision = 15 - whole.count - exponent * 3 / 10 - 1
            guard fraction.isEmpty, precision >= 0, let value = Int64(digits) else { return false }
            return value & 7 != 0
        }
        let scale = exponent - fraction.count
        guard digits.count <= 18, scale >= -9, scale % 3 == 0, Int64(digits) != nil else { return false }
        return !digits.hasSuffix("000") && digits.first != "0"
    }

    private func multiplied(_ left: Int128, by right: Int128) -> Int128? {
        let (product, overflows) = left.multipliedReportingOverflow(by: right)
        return overflows ? nil : product
    }
}

extension String {
    /// Without the white space at its ends, as the server reads a quantity.
    fileprivate var trimmingGoSpace: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        var text = Substring(self)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(text.drop(while: isSpace))
    }
}
