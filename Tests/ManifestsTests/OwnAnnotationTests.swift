import Testing

/// The annotations by which a manifest asks Endstate for something.
@Suite struct OwnAnnotationTests {
    private static func manifest(_ annotation: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    \(annotation)\n"
    }

    @Test(arguments: [
        "endstate.dev/adopt: 'true'", "endstate.dev/replace: 'false'", "endstate.dev/timeout: 1h30m",
        "other.endstate.dev/adopted: x",
    ])
    func `known ones with a value of theirs are fine`(annotation: String) {
        #expect(report(Self.manifest(annotation)).isEmpty)
    }

    @Test func `a misspelt one is told with the one that may be meant`() {
        #expect(
            report(Self.manifest("endstate.dev/adpot: 'true'")) == """
                error[unknown-annotation]: ConfigMap a: unknown annotation endstate.dev/adpot
                 --> shop.yaml:6:5
                  |
                6 |     endstate.dev/adpot: 'true'
                  |     ^
                hint: did you mean endstate.dev/adopt?
                """
        )
    }

    @Test func `an unknown one is told with those that there are`() {
        #expect(
            report(Self.manifest("endstate.dev/wave: '1'")).hasSuffix(
                "hint: known are: endstate.dev/adopt, endstate.dev/replace, endstate.dev/timeout"))
    }

    @Test(arguments: [
        ("adopt: 'True'", "True", "\"true\" or \"false\""), ("replace: 'yes'", "yes", "\"true\" or \"false\""),
        ("replace: ''", "", "\"true\" or \"false\""), ("timeout: 0s", "0s", "a duration longer than 0, such as 1m30s"),
        ("timeout: '-1m'", "-1m", "a duration longer than 0, such as 1m30s"),
        ("timeout: '10'", "10", "a duration longer than 0, such as 1m30s"),
    ])
    func `a value that means nothing is told`(annotation: String, value: String, expected: String) {
        let name = annotation.prefix { $0 != ":" }
        #expect(
            report(Self.manifest("endstate.dev/" + annotation)).hasPrefix(
                """
                error[invalid-annotation]: ConfigMap a: the annotation endstate.dev/\(name) with value "\(value)" \
                is invalid: it must be \(expected)
                 --> shop.yaml:6:
                """
            ), "\(report(Self.manifest("endstate.dev/" + annotation)))")
    }

    @Test func `a value that is no text is told once`() {
        #expect(codes(Self.manifest("endstate.dev/adopt: true")) == ["wrong-type"])
    }
}
