internal import CZlib

/// Bytes in the zlib format (RFC 1950).
package enum Compression {
    /// Nothing larger is ever decompressed, whatever it says of itself.
    package static let largestSize = 512 << 20

    package static func compress(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
        var code = Z_OK
        let compressed = [UInt8](unsafeUninitializedCapacity: Int(compressBound(UInt(bytes.count)))) { buffer, count in
            var length = UInt(buffer.count)
            code = compress2(buffer.baseAddress, &length, bytes, UInt(bytes.count), Z_DEFAULT_COMPRESSION)
            count = code == Z_OK ? Int(length) : 0
        }
        guard code == Z_OK else { throw CompressionError.outOfMemory }
        return compressed
    }

    /// - Parameter size: how many bytes must come out: never more memory is taken.
    package static func decompress(_ bytes: [UInt8], size: Int) throws(CompressionError) -> [UInt8] {
        guard size > 0, size <= largestSize else { throw CompressionError.tooLarge }
        var code = Z_OK
        let result = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var length = UInt(size)
            code = uncompress(buffer.baseAddress, &length, bytes, UInt(bytes.count))
            count = code == Z_OK ? Int(length) : 0
        }
        if code == Z_MEM_ERROR { throw CompressionError.outOfMemory }
        // Also where there is no room for all of it: the size is a wrong one then.
        guard code == Z_OK, result.count == size else { throw CompressionError.corrupt }
        return result
    }
}

package enum CompressionError: String, Error {
    case corrupt = "it can't be decompressed"
    case tooLarge = "its size isn't one that a revision can have"
    case outOfMemory = "there isn't enough memory to compress or decompress it"
}
