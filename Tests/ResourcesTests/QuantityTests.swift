import Resources
import Testing

struct QuantityTests {
    /// Texts and what Kubernetes' `resource.Quantity` makes of them, as its own code printed it.
    @Test(arguments: [
        ("0", "0"), ("00", "0"), ("-0", "0"), ("0m", "0"), ("0Mi", "0"), ("1", "1"), ("1.0", "1"), ("1000m", "1"),
        ("1500m", "1500m"), ("1001m", "1001m"), ("0.5", "500m"), (".5", "500m"), ("0.5m", "500u"), ("0.1n", "1n"),
        ("1.0000000001", "1000000001n"), ("1000", "1k"), ("1500", "1500"), ("1000k", "1M"), ("1.5G", "1500M"),
        ("1e3", "1e3"), ("1.5e3", "1500"), ("12E6", "12E6"), ("5e-3", "5e-3"), ("1E", "1E"), ("10E", "10E"),
        ("1Ki", "1Ki"), ("0.5Ki", "512"), ("1024Mi", "1Gi"), ("1000Mi", "1000Mi"), ("1.5Gi", "1536Mi"),
        ("0.1Gi", "107374182400m"), ("0.0005Ki", "512m"), ("131072Ki", "128Mi"), ("1048576Ki", "1Gi"),
        ("8Ei", "9223372036854775807"), ("134217728", "134217728"), ("-100m", "-100m"), ("-1.5", "-1500m"),
        ("-1Ki", "-1Ki"), ("100000000000000000000", "100E"),
    ])
    func `a quantity is written as the server stores it`(text: String, stored: String) throws {
        #expect(try #require(Quantity(text)).text == stored)
    }

    @Test(arguments: ["1.500", "+5", "+1Mi", "01Mi", "007", "1."])
    func `a text that the server's fast path takes for canonical stays`(text: String) throws {
        #expect(try #require(Quantity(text)).text == text)
    }

    @Test(arguments: [
        "", "a", "1a", "1.5.5", "1 Gi", "Gi", "1Gib", "1mi", "--1", "1e", "1e1.5", "1K", "1ki", "0x10", "1_0", "١",
    ])
    func `what is no quantity is refused`(text: String) {
        #expect(Quantity(text) == nil)
    }

    @Test func `an amount that can't be exact is refused`() {
        #expect(Quantity("1000E") == nil)
        #expect(Quantity("1e60") == nil)
        for exponent in [Int64.min, .max] { #expect(Quantity("0.0e\(exponent)") == nil) }
        #expect(Quantity("99999999999999999999999999999999999999999") == nil)
    }

    @Test func `quantities compare by their amounts`() throws {
        let texts = ["-1", "0", "100m", "0.5", "1", "1k", "1Ki", "1M", "1Mi", "1e9"]
        let quantities = try texts.map { try #require(Quantity($0)) }
        #expect(quantities.shuffled().sorted() == quantities)
        #expect(try #require(Quantity("1000m")) == #require(Quantity("1")))
        #expect(Set(quantities).count == quantities.count)
        #expect(try #require(Quantity("1.5")).nanos == 1_500_000_000)
    }

    @Test(arguments: [
        (Value.integer(2), "2"), (.integer(1000), "1k"), (.double(0.5), "500m"), (.double(1.25), "1250m"),
        (.string(" 1Gi\n"), "1Gi"),
    ])
    func `a manifest's number or string is read as the server reads it`(value: Value, stored: String) throws {
        #expect(try #require(Quantity(value)).text == stored)
    }

    @Test(arguments: [Value.null, true, [], [:], .double(1e300), .double(1e-7)])
    func `other values are no quantities`(value: Value) {
        #expect(Quantity(value) == nil)
    }
}
