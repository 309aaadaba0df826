import Diffing
import Testing

struct LineDiffTests {
    private func text(_ old: String, _ new: String, context: Int = 3) -> String {
        LineDiff.hunks(from: old, to: new, context: context).flatMap { hunk in
            [hunk.header] + hunk.lines.map { $0.prefix + $0.text }
        }.joined(separator: "\n")
    }

    private func numbers(_ range: ClosedRange<Int>, _ replaced: [Int: String] = [:]) -> String {
        range.map { (replaced[$0] ?? String($0)) + "\n" }.joined()
    }

    @Test func `equal texts have no hunks`() {
        #expect(LineDiff.hunks(from: "a\nb\n", to: "a\nb\n").isEmpty)
        #expect(LineDiff.hunks(from: "", to: "").isEmpty)
    }

    @Test func `a changed line has three lines around it`() {
        #expect(
            text(numbers(1...9), numbers(1...9, [5: "five"]))
                == "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8")
    }

    @Test func `changes far apart are hunks of their own, near ones share one`() {
        let far = LineDiff.hunks(from: numbers(1...30), to: numbers(1...30, [3: "x", 25: "y"]))
        #expect(far.map(\.header) == ["@@ -1,6 +1,6 @@", "@@ -22,7 +22,7 @@"])
        let near = LineDiff.hunks(from: numbers(1...30), to: numbers(1...30, [3: "x", 10: "y"]))
        #expect(near.map(\.header) == ["@@ -1,13 +1,13 @@"])
        let touching = LineDiff.hunks(from: numbers(1...30), to: numbers(1...30, [3: "x", 11: "y"]))
        #expect(touching.map(\.header) == ["@@ -1,6 +1,6 @@", "@@ -8,7 +8,7 @@"])
    }

    @Test(arguments: [
        ("", "a\n", "@@ -0,0 +1 @@\n+a"),
        ("a\n", "", "@@ -1 +0,0 @@\n-a"),
        ("a\nb\n", "a\nx\nb\n", "@@ -1,2 +1,3 @@\n a\n+x\n b"),
        ("a\nb\nc\n", "a\nc\n", "@@ -1,3 +1,2 @@\n a\n-b\n c"),
        ("a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a"),
        ("a\nb", "x\nb", "@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file"),
        ("a\r\nb\r\n", "a\nb\r\n", "@@ -1,2 +1,2 @@\n-a\r\n+a\n b\r"),
        ("\u{E9}\n", "e\u{301}\n", "@@ -1 +1 @@\n-\u{E9}\n+e\u{301}"),
    ])
    func `hunks are those of diff`(old: String, new: String, expected: String) {
        #expect(text(old, new) == expected)
    }

    @Test func `texts that differ in very many lines are replaced`() {
        let hunks = LineDiff.hunks(from: numbers(1...5_000), to: numbers(10_001...15_000))
        #expect(hunks.map(\.header) == ["@@ -1,5000 +1,5000 @@"])
        #expect(LineDiff.hunks(from: numbers(1...5_000), to: numbers(1...5_000, [2_000: "x"])).count == 1)
    }

    /// Applying the hunks to the old text gives the new one.
    @Test func `hunks turn one text into the other`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let words = ["a", "b", "c", "d"]
            let old = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                words.randomElement(using: &generator) ?? ""
            }
            let new = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                words.randomElement(using: &generator) ?? ""
            }
            let hunks = LineDiff.hunks(
                from: old.map { $0 + "\n" }.joined(), to: new.map { $0 + "\n" }.joined(), context: 1)
            var result: [String] = []
            var position = 0
            for hunk in hunks {
                let start = hunk.oldCount == 0 ? hunk.oldStart : hunk.oldStart - 1
                result += old[position..<start]
                result += hunk.lines.filter { $0.kind != .removed }.map(\.text)
                position = start + hunk.oldCount
            }
            #expect(result + old[position...] == new)
        }
    }
}

extension LineDiff.Line {
    fileprivate var prefix: String {
        switch kind {
        case .context: " "
        case .removed: "-"
        case .added: "+"
        case .note: ""
        }
    }
}
