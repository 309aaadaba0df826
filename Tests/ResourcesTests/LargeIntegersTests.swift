import Resources
import Testing

struct LargeIntegersTests {
    @Test(
        arguments: [
            ("18446744073709551615", .unsigned(.max)),
            ("18446744073709551616", .double(18_446_744_073_709_551_616)),
            ("100000000000000000000", .double(1e20)),
            ("-9223372036854775808", .integer(.min)),
            ("-9223372036854775809", .integer(.min)),
            (
                #"{"a\"1":[100000000000000000000,-100000000000000000000],"99999999999999999999":0.12345678901234567890}"#,
                ["a\"1": [.double(1e20), .double(-1e20)], "99999999999999999999": .double(0.12345678901234568)]
            ),
        ] as [(String, Value)])
    func `integers that no 64 bits hold become doubles`(text: String, expected: Value) throws {
        #expect(try Value(json: text) == expected)
    }

    @Test(arguments: [
        "100000000000000000000x", "[100000000000000000000", "0100000000000000000000", "\"100000000000000000000",
    ])
    func `what is no JSON is still refused`(text: String) {
        #expect(throws: JSONError.self) { try Value(json: text) }
    }
}
