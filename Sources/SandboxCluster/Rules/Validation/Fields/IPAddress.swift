/// An address of the Internet Protocol, read as Go's `net.ParseIP` does.
struct IPAddress: Hashable, Sendable {
    /// Four bytes, or sixteen.
    let bytes: [UInt8]
    var isVersion4: Bool { bytes.count == 4 }

    init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text) else { return nil }
        let isMapped = bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10...11] == [255, 255]
        self.bytes = isMapped ? Array(bytes[12...]) : bytes
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private static func version4(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part -> UInt8? in
            guard part.count <= 3, part.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
            return part.count > 1 && part.first == "0" ? nil : UInt8(part)
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func version6(_ text: String) -> [UInt8]? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = groups(halves[0], isLast: halves.count == 1) else { return nil }
        if halves.count == 1 { return head.count == 16 ? head : nil }
        guard let tail = groups(halves[1], isLast: true), head.count + tail.count <= 14 else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// - Parameter isLast: whether an address of version 4 may stand at the end.
    private static func groups(_ text: Substring, isLast: Bool) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if isLast, index == parts.count - 1, part.contains(".") {
                guard let address = version4(String(part)) else { return nil }
                bytes += address
            } else {
                guard (1...4).contains(part.count), let group = UInt16(part, radix: 16), part.first != "+" else {
                    return nil
                }
                bytes += [UInt8(group >> 8), UInt8(group & 255)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }

    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }
    var isLoopback: Bool {
        isVersion4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }
    var isLinkLocal: Bool {
        isVersion4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }
    var isLinkLocalMulticast: Bool {
        isVersion4 ? bytes[..<3] == [224, 0, 0] : bytes[0] == 0xFF && bytes[1] & 0x0F == 0x02
    }

    /// What is wrong with a text that should be an address.
    static func messages(_ text: String) -> [String] {
        IPAddress(text) == nil ? ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"] : []
    }

    /// The address with all but its first bits cleared.
    fileprivate func masked(_ length: Int) -> IPAddress {
        IPAddress(
            bytes: bytes.enumerated().map { index, byte in
                let bits = min(max(length - index * 8, 0), 8)
                return byte & UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            })
    }
}

/// A range of addresses, `10.0.0.0/8`, read as Go's `net.ParseCIDR` does.
struct AddressRange: Hashable, Sendable {
    let network: IPAddress
    let length: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]),
            parts[1].allSatisfy({ $0.isASCII && $0.isNumber }), (0...address.bytes.count * 8).contains(length)
        else { return nil }
        network = address.masked(length)
        self.length = length
    }

    func contains(_ address: IPAddress) -> Bool {
        address.isVersion4 == network.isVersion4 && address.masked(length) == network
    }
}

extension Findings {
    /// An address outside of the ranges that mean this very machine or link.
    mutating func checkNotSpecial(_ field: Field) {
        guard let address = IPAddress(field.string) else { return invalid(field, "must be a valid IP address") }
        if address.isUnspecified { invalid(field, "may not be unspecified (0.0.0.0)") }
        if address.isLoopback { invalid(field, "may not be in the loopback range (127.0.0.0/8)") }
        if address.isLinkLocal { invalid(field, "may not be in the link-local range (169.254.0.0/16)") }
        if address.isLinkLocalMulticast {
            invalid(field, "may not be in the link-local multicast range (224.0.0.0/24)")
        }
    }
}
