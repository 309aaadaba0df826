internal import CZlib

/// How records lie in a file: a line that names the format, then for each record its length, a checksum, and its bytes.
///
/// Numbers have four bytes, the lowest first. The checksum (CRC-32) covers the length too: zeros are no record.
enum RecordFormat {
    static let header = Array("endstate-sandbox 1\n".utf8)
    static let largestRecord = 1 << 30
    private static let prefixLength = 8

    static func encode(_ record: [UInt8]) -> [UInt8] {
        let length = bytes(UInt32(record.count))
        return length + bytes(checksum(length[...], record[...])) + record
    }

    struct Contents {
        var records: [[UInt8]] = []
        /// Where the last whole record ends, in bytes from the file's beginning; 0 where not even the header is whole.
        var end = 0
        /// Whether more stands behind it than a crash leaves: the beginning of one record, or zeros.
        var isDamaged = false
    }

    /// - Returns: the whole records from the beginning on, up to the first that is torn or damaged; nil where the file
    ///   has another format.
    static func decode(_ file: [UInt8]) -> Contents? {
        guard file.starts(with: header) else { return header.starts(with: file) ? Contents() : nil }
        var contents = Contents(end: header.count)
        while let record = record(in: file[contents.end...]) {
            contents.records.append(Array(record))
            contents.end += prefixLength + record.count
        }
        contents.isDamaged = isDamaged(file[contents.end...])
        return contents
    }

    /// Whether something stands behind the first record of the rest, which is not whole.
    private static func isDamaged(_ rest: ArraySlice<UInt8>) -> Bool {
        if let end = recordEnd(in: rest), rest[end...].contains(where: { $0 != 0 }) { return true }
        // Where its length is damaged, it does not say where the next one begins.
        return rest.indices.dropFirst().contains(where: { record(in: rest[$0...]) != nil })
    }

    private static func record(in rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let end = recordEnd(in: rest) else { return nil }
        let start = rest.startIndex
        let record = rest[start + prefixLength..<end]
        let isWhole = number(rest[start + 4..<start + 8]) == checksum(rest[start..<start + 4], record)
        return isWhole ? record : nil
    }

    /// Where the first record of the rest ends by its length; nil where the file ends before.
    private static func recordEnd(in rest: ArraySlice<UInt8>) -> Int? {
        guard rest.count >= prefixLength else { return nil }
        let length = Int(number(rest.prefix(4)))
        return length <= rest.count - prefixLength ? rest.startIndex + prefixLength + length : nil
    }

    private static func checksum(_ length: ArraySlice<UInt8>, _ record: ArraySlice<UInt8>) -> UInt32 {
        [length, record].reduce(UInt32(0)) { sum, part in
            part.withUnsafeBufferPointer { UInt32(crc32_z(UInt(sum), $0.baseAddress, $0.count)) }
        }
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
