/// Integers in JSON that no 64 bits hold: Go writes doubles up to 1e21 without an exponent, and simdjson refuses them.
enum LargeIntegers {
    /// The text with such integers written as fractions, which are read as doubles; nil where it has none.
    static func asFractions(_ json: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        var offset = 0
        while offset < json.count {
            switch json[offset] {
            case UInt8(ascii: "\""): offset = stringEnd(json, offset)
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let end = json[offset...].firstIndex { !"+-.eE0123456789".utf8.contains($0) } ?? json.count
                if isTooLarge(json[offset..<end]) {
                    result += json[copied..<end]
                    result += ".0".utf8
                    copied = end
                }
                offset = end
            default: offset += 1
            }
        }
        return copied == 0 ? nil : result + json[copied...]
    }

    private static func stringEnd(_ json: [UInt8], _ start: Int) -> Int {
        var offset = start + 1
        while offset < json.count, json[offset] != UInt8(ascii: "\"") {
            offset += json[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        return offset + 1
    }

    private static func isTooLarge(_ number: ArraySlice<UInt8>) -> Bool {
        let digits = number.first == UInt8(ascii: "-") ? number.dropFirst() : number
        guard digits.count > 18, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return false
        }
        let text = String(decoding: number, as: UTF8.self)
        return Int64(text) == nil && UInt64(text) == nil
    }
}
