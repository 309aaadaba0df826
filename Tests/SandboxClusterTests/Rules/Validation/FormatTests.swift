import Resources
import Testing

@testable import SandboxCluster

@Suite struct FormatTests {
    @Test(arguments: [
        ("10.9.8.7", true), ("0.0.0.0", true), ("255.255.255.255", true), ("256.1.1.1", false), ("1.2.3", false),
        ("1.2.3.4.5", false), ("01.2.3.4", false), ("1.2.3.+4", false), ("", false), ("::", true), ("::1", true),
        ("2001:db8::ffff", true), ("1:2:3:4:5:6:7:8", true), ("1:2:3:4:5:6:7:8:9", false), ("1::2::3", false),
        ("::ffff:1.2.3.4", true), ("1:2:3:4:5:6:7::", true), ("12345::", false), ("::g", false),
    ])
    func `addresses are those that Go reads`(_ text: String, _ isAddress: Bool) {
        #expect((IPAddress(text) != nil) == isAddress)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.128/25", "10.0.0.127", false),
        ("0.0.0.0/0", "1.2.3.4", true), ("10.0.0.0/8", "::1", false), ("2001:db8::/33", "2001:db8:7fff::", true),
        ("2001:db8::/33", "2001:db8:8000::", false),
    ])
    func `ranges contain what begins as they do`(_ range: String, _ address: String, _ isInside: Bool) throws {
        let parsed = try #require(AddressRange(range))
        #expect(parsed.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(arguments: ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "x/8", "10.0.0.0/8/8"])
    func `ranges have an address and a length`(_ text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: [
        ("2024-02-29T00:00:00Z", true), ("2023-02-29T00:00:00Z", false), ("2000-02-29t23:59:59z", true),
        ("1900-02-29T00:00:00Z", false), ("2024-04-31T00:00:00Z", false), ("2024-13-01T00:00:00Z", false),
        ("2024-01-02T03:04:05.678901Z", true), ("2024-01-02T03:04:05.Z", false), ("2024-01-02T03:04:05.1", false),
        ("2024-01-02T03:04:05+23:59", true), ("2024-01-02T03:04:05.5-01:30", true),
        ("2024-01-02T03:04:05+24:00", false), ("2024-01-02T03:04:05+0100", false), ("2024-01-02T03:04:05", false),
        ("2024-01-02T24:00:00Z", false),
        ("2024-01-02T03:60:00Z", false), ("2024-01-02T03:04:60Z", false), ("2024-01-02 03:04:05Z", false),
        ("2024-01-02T03:04:05Z ", false), ("2024-01-02T3:04:05.00Z", false), ("2024-1-02T03:04:05.0Z", false),
        ("2024-01-02T+3:04:05Z", false), ("２024-01-02T03:04:05Z", false), ("", false),
    ])
    func `times are those of RFC 3339`(_ text: String, _ isTime: Bool) {
        #expect(TimeText.isDateTime(text) == isTime)
    }

    @Test(arguments: [
        "* * * * *", "*/15 0-6,12 1,15 * mon-fri", "0 0 1 JAN ?", "5/10 * * * *", "@hourly", "@every 1h30m",
    ])
    func `schedules are those that robfig cron reads`(_ text: String) {
        #expect(CronSyntax.reason(against: text) == nil)
    }

    @Test(arguments: [
        ("a\"b\\c", #""a\"b\\c""#), ("é\u{1F600}", "\"é\u{1F600}\""), ("\u{1}\u{7}\n\u{7F}", #""\x01\a\n\x7f""#),
        ("\u{200B}\u{E000}", #""\u200b\ue000""#), ("\u{F0000}", #""\U000f0000""#),
    ])
    func `texts are quoted as Go does`(_ text: String, _ quoted: String) {
        #expect(GoSyntax.quoted(text) == quoted)
    }

    @Test(arguments: [
        (1.5, "1.5"), (2, "2"), (-0.25, "-0.25"), (1e21, "1e+21"), (1e-7, "1e-07"), (1.5e300, "1.5e+300"),
    ])
    func `numbers are written as Go does`(_ number: Double, _ text: String) {
        #expect(GoSyntax.double(number) == text)
    }

    @Test(arguments: [
        (#"[]"#, "null", true), ("{}", "null", true), (#"{"a": []}"#, "{}", true), (#"{"a": {}}"#, "{}", true),
        (#"{"a": 1}"#, "{}", false), ("[1]", "[2]", false), ("\"\"", "null", false),
    ])
    func `what is empty is the same as what is absent`(_ left: String, _ right: String, _ isSame: Bool) throws {
        let values = (try Value(json: left), try Value(json: right))
        #expect(Sameness.holds(values.0, values.1) == isSame)
        #expect(Sameness.holds(values.1, values.0) == isSame)
    }
}
