import Resources

/// Tells what a scalar means, by the rules of Kubernetes' YAML reader (sigs.k8s.io/yaml, `goyaml.v2/resolve.go`).
enum ScalarResolver {
    private static let tagPrefix = "tag:yaml.org,2002:"

    /// Why a scalar's text does not fit its tag.
    struct Mismatch: Error {
        let message: String
    }

    /// The meaning of a scalar that has a tag.
    ///
    /// Unknown tags mean nothing, but keep a text from being read as another type.
    static func resolve(_ text: String, tag: String) throws(Mismatch) -> Scalar {
        guard tag.hasPrefix(tagPrefix) else { return .string(text) }
        let name = tag.dropFirst(tagPrefix.count)
        switch name {
        case "null", "bool", "int", "float", "timestamp": break
        case "binary": return try binary(text)
        default: return .string(text)
        }
        switch (name, plain(text)) {
        case ("null", .null): return .null
        case ("bool", .bool(let value)): return .bool(value)
        case ("int", .integer(let value)): return .integer(value)
        case ("int", .unsigned(let value)): return .unsigned(value)
        case ("float", .float(let value)): return .float(value)
        case ("float", .integer(let value)): return .float(Double(value))
        case ("timestamp", .string(let value)): return .string(value)
        default: throw Mismatch(message: "the text does not fit its tag !!\(name)")
        }
    }

    private static func binary(_ text: String) throws(Mismatch) -> Scalar {
        guard let bytes = Base64.decode(text) else { throw Mismatch(message: "the text of !!binary is no base64") }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw Mismatch(message: "the bytes of !!binary are no valid UTF-8, so they can't be a text value")
        }
        return .string(decoded)
    }

    /// The meaning of a scalar without quotes and tag.
    static func plain(_ text: String) -> Scalar {
        var text = text
        return text.withUTF8 { plain($0) }
    }

    /// The meaning of a scalar without quotes and tag.
    static func plain(_ text: UnsafeBufferPointer<UInt8>) -> Scalar {
        guard let first = text.first else { return .null }
        let meaning: Scalar? =
            switch first {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): Number(text).meaning
            case UInt8(ascii: "+"), UInt8(ascii: "-"): word(text) ?? Number(text).meaning
            case UInt8(ascii: "."): word(text) ?? Number.fraction(text)
            case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
                UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"),
                UInt8(ascii: "~"):
                word(text)
            default: nil
            }
        return meaning ?? .string(String(decoding: text, as: UTF8.self))
    }

    private static func word(_ text: UnsafeBufferPointer<UInt8>) -> Scalar? {
        guard text.count <= 5 else { return nil }
        return switch String(decoding: text, as: UTF8.self) {
        case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .bool(true)
        case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .bool(false)
        case "~", "null", "Null", "NULL": .null
        case ".nan", ".NaN", ".NAN": .float(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": .float(-.infinity)
        default: nil
        }
    }
}
