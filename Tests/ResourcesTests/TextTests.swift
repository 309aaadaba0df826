import Resources
import Testing

@Suite struct SpellingTests {
    private let known = ["replicas", "revisionHistoryLimit", "selector", "strategy", "template", "paused"]

    @Test(arguments: [
        ("replica", "replicas"), ("Replicas", "replicas"), ("replcias", "replicas"), ("selectors", "selector"),
        ("stratgy", "strategy"),
        ("revisionhistorylimit", "revisionHistoryLimit"), ("foo", nil), ("", nil), ("temp", nil),
    ])
    func `the nearest name is found, if one is near`(name: String, expected: String?) {
        #expect(Spelling.nearest(to: name, in: known) == expected)
    }
}

@Suite struct GoDurationTests {
    @Test(arguments: [
        ("1m30s", Duration.seconds(90)), ("1.5h", .seconds(5_400)), ("300ms", .milliseconds(300)), ("0", .zero),
        ("-2s", .seconds(-2)),
        ("+5m", .seconds(300)), ("1h1m1s", .seconds(3_661)), (".5s", .milliseconds(500)), ("1.s", .seconds(1)),
        ("2us", .microseconds(2)),
        ("2µs", .microseconds(2)), ("7ns", .nanoseconds(7)),
    ])
    func `Go's durations are read`(text: String, duration: Duration) {
        #expect(Duration(goText: text) == duration)
    }

    @Test(arguments: ["", "5", "s", "1d", "1 m", "m1", "1m30", "1..5s", ".s", "-", "99999999999h", "5 minutes", "٣s"])
    func `other texts are none`(text: String) {
        #expect(Duration(goText: text) == nil)
    }
}

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the vectors of RFC 4648 hold both ways`(text: String, encoded: String) {
        #expect(Base64.encode(text.utf8) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test func `every byte survives`() {
        let bytes = (0...255).map(UInt8.init)
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }

    @Test(arguments: ["Zg", "Zg=", "Z", "Zg==Zg==", "Z g=", "Zm8-", "=", "Zm9v=", "Zg===", "Zm8_"])
    func `other texts are none`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func `line breaks are skipped`() {
        #expect(Base64.decode("Zm9v\r\nYmFy\n") == Array("foobar".utf8))
    }
}
