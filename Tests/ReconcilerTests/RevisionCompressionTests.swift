import Reconciler
import Testing

@Suite struct RevisionCompressionTests {
    @Test(arguments: [Array("a".utf8), Array(repeating: 7, count: 3 << 20), (0..<100_000).map { UInt8($0 % 251) }])
    func `what was compressed comes back equal`(_ bytes: [UInt8]) throws {
        let compressed = try Compression.compress(bytes)
        #expect(try Compression.decompress(compressed, size: bytes.count) == bytes)
    }

    @Test func `what is larger than it says takes no more memory than it says`() throws {
        let bomb = try Compression.compress(Array(repeating: 0, count: 64 << 20))
        #expect(bomb.count < 100_000)
        #expect(throws: CompressionError.corrupt) { try Compression.decompress(bomb, size: 1000) }
    }

    @Test(arguments: [Compression.largestSize + 1, 0, -1])
    func `a size that no revision has is refused`(_ size: Int) throws {
        let bytes = try Compression.compress([1, 2, 3])
        #expect(throws: CompressionError.tooLarge) { try Compression.decompress(bytes, size: size) }
    }

    @Test func `damaged bytes are refused`() throws {
        let bytes = Array("the quick brown fox jumps over the lazy dog".utf8)
        let compressed = try Compression.compress(bytes)
        var changed = compressed
        changed[compressed.count / 2] ^= 0xFF
        for damaged in [changed, Array(compressed.dropLast(5)), [], [1, 2, 3]] {
            #expect(throws: CompressionError.corrupt) { try Compression.decompress(damaged, size: bytes.count) }
        }
        #expect(throws: CompressionError.corrupt) { try Compression.decompress(compressed, size: bytes.count + 1) }
    }
}
