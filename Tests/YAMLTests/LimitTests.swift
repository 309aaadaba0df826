import Glibc
import Resources
import Testing
import YAML

/// Files that ask for too much.
struct LimitTests {
    @Test func `a file above the limit is refused unread`() {
        let result = YAMLReader.documents(in: [UInt8](repeating: UInt8(ascii: "a"), count: 100 << 20))
        #expect(result.documents.isEmpty)
        #expect(result.errors.map(\.description) == ["1:1: the file has 100 MiB, the limit is 16 MiB: split it"])
        let small = YAMLReader.documents(in: Array("a: 1".utf8), limits: YAMLLimits(maximumBytes: 3))
        #expect(small.errors.map(\.code) == ["too-large"])
    }

    static let nesting: [(open: String, middle: String, close: String)] = [
        ("[", "", "]"), ("{a: ", "1", "}"), ("{\"a\":", "1", "}"), ("- ", "1", ""), ("[\n", "", "]"), ("? - ", "1", ""),
    ]

    @Test(arguments: nesting)
    func `nesting of 100,000 levels is refused at once`(open: String, middle: String, close: String) {
        let text = String(repeating: open, count: 100_000) + middle + String(repeating: close, count: 100_000)
        var result: (documents: [YAMLDocument], errors: [YAMLError]) = ([], [])
        let time = ContinuousClock().measure { result = YAMLReader.documents(in: Array(text.utf8)) }
        #expect(result.errors.map(\.message) == ["nesting deeper than 10,000"])
        #expect(time < .seconds(20))
    }

    @Test(arguments: nesting.dropLast())
    func `nesting of 10,000 levels is read`(open: String, middle: String, close: String) async {
        let text = String(repeating: open, count: 10_000) + middle + String(repeating: close, count: 10_000)
        let result = YAMLReader.documents(in: Array(text.utf8))
        #expect(result.errors.isEmpty)
        var depth = 0
        var value = result.documents.first?.value
        while let next = value?[0] ?? value?["a"] {
            value = next
            depth += 1
        }
        #expect(depth == (middle.isEmpty ? 9_999 : 10_000))
    }

    @Test func `much text inside of deep brackets is refused before it takes long`() {
        let text = String(repeating: "[", count: 9_990) + String(repeating: "1,", count: 1_000_000)
        #expect(errors(of: text).map { $0.hasSuffix("too much text inside of deeply nested [ ] and { }") } == [true])
    }

    @Test func `empty scalars with tags take no longer at the end of a text than at its beginning`() {
        let text = "[" + String(repeating: "!!str , ", count: 131_072) + "]"
        let start = Self.processorTime
        #expect(errors(of: text).isEmpty)
        #expect(Self.processorTime - start < 5)
    }

    /// Of this thread, in seconds: what else the machine does is no matter.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Each line holds nine aliases of the line before.
    static let bomb = zip("abcdefgh", "bcdefghi").reduce("a: &a [x,x,x,x,x,x,x,x,x]\n") { text, names in
        text + "\(names.1): &\(names.1) [" + Array(repeating: "*\(names.0)", count: 9).joined(separator: ",") + "]\n"
    }

    @Test func `a bomb of aliases is refused in milliseconds`() {
        #expect(Self.bomb.utf8.count < 380)
        var found: [String] = []
        let time = ContinuousClock().measure { found = errors(of: Self.bomb) }
        #expect(found == ["4:17: the aliases expand to too many values (4189 so far)"])
        #expect(time < .seconds(1))
    }

    @Test func `a bomb of merges is refused`() {
        let fields = (0..<1_000).map { "k\($0): 1" }.joined(separator: ", ")
        let text = "a: &a {\(fields)}\nb:\n" + String(repeating: "  <<: *a\n", count: 1_000)
        #expect(YAMLReader.documents(in: Array(text.utf8)).errors.map(\.code) == ["excessive-aliases"])
    }

    @Test func `ordinary use of aliases is allowed`() throws {
        let text = "a: &a {x: 1, y2: [1, 2, 3]}\nb:\n" + String(repeating: "- *a\n", count: 10_000)
        #expect(try value(of: text)["b"]?.array?.count == 10_000)
    }

    @Test func `nesting through aliases has the same limit`() {
        let half = String(repeating: "[", count: 6_000)
        let text =
            "a: &a \(half)\(String(repeating: "]", count: 6_000))\nb: \(half)*a\(String(repeating: "]", count: 6_000))\n"
        #expect(errors(of: text) == ["2:6004: nesting deeper than 10,000"])
    }

    @Test func `errors without end are cut off`() {
        let text = String(repeating: "a: 1\n", count: 100_000)
        #expect(errors(of: text).count == 21)
    }
}
