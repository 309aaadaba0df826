/// Finds what looks like the DNS name of a Service in a text: `orders:8080`, `http://orders/`, `orders.shop`,
/// `orders.shop.svc.cluster.local`.
struct ServiceNameScanner {
    struct Hit: Hashable {
        let service: String
        /// Nil where the name leaves it out: the namespace of whoever uses the name.
        let namespace: String?
        /// As it stands in the text.
        let text: String
    }

    /// The names that a hit's service must be one of.
    let services: Set<String>

    /// The hits in the order of the text.
    func hits(in text: String) -> [Hit] {
        let bytes = Array(text.utf8)
        var hits: [Hit] = []
        var position = 0
        while position < bytes.count {
            guard Self.isHostByte(bytes[position]) else {
                position += 1
                continue
            }
            let start = position
            while position < bytes.count, Self.isHostByte(bytes[position]) { position += 1 }
            if let hit = hit(bytes, start..<position) { hits.append(hit) }
        }
        return hits
    }

    private func hit(_ bytes: [UInt8], _ range: Range<Int>) -> Hit? {
        guard isAlone(bytes, range) else { return nil }
        let text = String(decoding: bytes[range], as: UTF8.self)
        var labels = text.split(separator: ".", omittingEmptySubsequences: false)
        if labels.last == "" { labels.removeLast() }
        // A pod of a StatefulSet has its own name before the Service's.
        for skipped in 0...1 where labels.count > skipped && services.contains(String(labels[skipped])) {
            let rest = labels[(skipped + 1)...]
            if rest.count >= 2, rest[rest.startIndex + 1] != "svc" { continue }
            if rest.isEmpty, !isAddress(bytes, range) { continue }
            return Hit(service: String(labels[skipped]), namespace: rest.first.map(String.init), text: text)
        }
        return nil
    }

    /// Whether the name isn't part of something longer that is no host name: a path, a variable, a word with capitals.
    private func isAlone(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        if range.upperBound < bytes.count, Self.isWordByte(bytes[range.upperBound]) { return false }
        guard range.lowerBound > 0 else { return true }
        let before = bytes[range.lowerBound - 1]
        if before == UInt8(ascii: "/") { return follows("//", bytes, range.lowerBound) }
        return !Self.isWordByte(before) && before != UInt8(ascii: "$") && before != UInt8(ascii: "{")
    }

    /// Whether a single word is meant as a host: it has a port, or is the host of a URL.
    private func isAddress(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let (colon, next) = (range.upperBound, range.upperBound + 1)
        if next < bytes.count, bytes[colon] == UInt8(ascii: ":") {
            return Self.isDigit(bytes[next]) || bytes[next] == UInt8(ascii: "$")
        }
        if follows("://", bytes, range.lowerBound) { return true }
        guard range.lowerBound > 0, bytes[range.lowerBound - 1] == UInt8(ascii: "@") else { return false }
        let credentials = bytes[..<range.lowerBound].lastIndex { $0 == UInt8(ascii: "/") || $0 <= UInt8(ascii: " ") }
        return credentials.map { follows("://", bytes, $0 + 1) } ?? false
    }

    private func follows(_ prefix: StaticString, _ bytes: [UInt8], _ position: Int) -> Bool {
        let count = prefix.utf8CodeUnitCount
        guard position >= count else { return false }
        return bytes[(position - count)..<position].elementsEqual(prefix.description.utf8)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || isDigit(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    /// What continues a word without being part of a host name; all of non-ASCII does.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
