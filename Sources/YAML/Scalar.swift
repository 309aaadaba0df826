import Resources

/// What a scalar of a YAML document means before it becomes a JSON value.
enum Scalar: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// An integer above `Int64.max`.
    case unsigned(UInt64)
    case float(Double)
    case string(String)

    /// The JSON value; `none` for infinities and NaN, which JSON can't hold.
    var value: Value? {
        switch self {
        case .null: .some(.null)
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .unsigned(let value): .unsigned(value)
        case .float(let value): value.isFinite ? Value(value) : .none  // a nil would be JSON's null
        case .string(let value): .string(value)
        }
    }

    /// The text of a JSON object's key; nil where sigs.k8s.io/yaml refuses the scalar as a key.
    var key: String? {
        switch self {
        case .null, .unsigned: nil
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .float(let value): Self.keyText(of: value)
        case .string(let value): value
        }
    }

    /// The float with 32 bits of precision, as Go's `strconv.FormatFloat(value, 'g', -1, 32)` writes it.
    private static func keyText(of value: Double) -> String {
        let float = Float(value)
        if float.isNaN { return ".nan" }
        if float.isInfinite { return float < 0 ? "-.inf" : ".inf" }
        let sign = float.sign == .minus ? "-" : ""
        let (digits, point) = decimal(of: float.magnitude)
        let exponent = point - 1
        if exponent < -4 || exponent >= 6 {
            let fraction = digits.dropFirst()
            let magnitude = String(exponent.magnitude)
            return sign + String(digits.prefix(1)) + (fraction.isEmpty ? "" : "." + fraction)
                + "e" + (exponent < 0 ? "-" : "+") + (magnitude.count < 2 ? "0" : "") + magnitude
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if digits.count <= point { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// The shortest digits that mean the float, without zeros at either end, and how many of them stand before the point.
    private static func decimal(of float: Float) -> (digits: String, point: Int) {
        if float == 0 { return ("0", 1) }
        let parts = float.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        var digits = mantissa.joined()
        var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.first == "0" {
            digits.removeFirst()
            point -= 1
        }
        while digits.last == "0" { digits.removeLast() }
        return (digits, point)
    }
}
