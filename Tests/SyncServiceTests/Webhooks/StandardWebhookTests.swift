import FoundationEssentials
import SyncService
import Testing

/// https://github.com/standard-webhooks/standard-webhooks: the values that its libraries are tested with.
struct StandardWebhookTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private static let time = "1614265330"
    private static let body = #"{"test": 2432232314}"#
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    private static let other = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="

    private func verdict(
        _ signature: String = signature, id: String? = id, time: String? = time, body: String = body,
        after age: Int = 0,
        secret: String = secret
    ) throws -> WebhookVerdict {
        let headers = [("webhook-signature", signature), ("webhook-id", id), ("webhook-timestamp", time)]
        return try WebhookVerifier(secret).verify(
            headers.compactMap { name, value in value.map { (name, $0) } }, body,
            now: Date(timeIntervalSince1970: TimeInterval(1_614_265_330 + age)))
    }

    @Test func `the published example is accepted`() throws {
        let delivery = try #require(try verdict().delivery)
        #expect(delivery.sender == .standard)
        #expect(delivery.id == Self.id)
    }

    @Test(arguments: [
        "\(other) \(signature)", "\(signature) \(other)", "v1a,abc \(signature)", "v2,abc  \(signature)",
        "\(other) \(signature.replacing("v1", with: "v2")) \(signature) \(other)",
    ])
    func `one of several signatures may fit`(signatures: String) throws {
        #expect(try verdict(signatures).delivery != nil)
    }

    @Test(
        arguments: [
            (other, WebhookRefusal.mismatch(header: "webhook-signature")),
            ("v1,", .mismatch(header: "webhook-signature")),
            (String(signature.dropLast()), .mismatch(header: "webhook-signature")),
            (String(signature.prefix(8)), .mismatch(header: "webhook-signature")),
            (signature + "=", .mismatch(header: "webhook-signature")),
            (signature.replacing(",", with: ",\n"), .mismatch(header: "webhook-signature")),
            (signature.lowercased(), .mismatch(header: "webhook-signature")),
            (signature.replacing(" ", with: ","), .mismatch(header: "webhook-signature")),
            (signature.replacing("v1", with: "v2"), .malformed(header: "webhook-signature", form: "v1,<base64>")),
            (signature.replacing("v1", with: "V1"), .malformed(header: "webhook-signature", form: "v1,<base64>")),
            (String(signature.dropFirst(3)), .malformed(header: "webhook-signature", form: "v1,<base64>")),
            ("v1=\(signature.dropFirst(3))", .malformed(header: "webhook-signature", form: "v1,<base64>")),
            ("", .empty(header: "webhook-signature")),
        ].filter { $0.0 != signature })
    func `other signatures are refused`(signature: String, refusal: WebhookRefusal) throws {
        #expect(try verdict(signature).refusal == refusal)
    }

    @Test func `id, time and body are signed`() throws {
        let mismatch = WebhookRefusal.mismatch(header: "webhook-signature")
        #expect(try verdict(id: "msg_other").refusal == mismatch)
        #expect(try verdict(time: "1614265331").refusal == mismatch)
        #expect(try verdict(body: "{}").refusal == mismatch)
        // The dots don't divide otherwise.
        #expect(try verdict(id: "\(Self.id).\(Self.time)", time: "1", body: Self.body).refusal == mismatch)
        #expect(try verdict(secret: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").refusal == mismatch)
    }

    @Test func `id and time have to be there`() throws {
        #expect(try verdict(id: nil).refusal == .missing(header: "webhook-id"))
        #expect(try verdict(time: nil).refusal == .missing(header: "webhook-timestamp"))
        #expect(try verdict(id: "").refusal == .empty(header: "webhook-id"))
    }

    @Test(arguments: [
        (0, WebhookRefusal?.none), (300, nil), (-300, nil), (301, .expired), (-301, .early), (1_000_000_000, .expired),
    ])
    func `the time has to be within five minutes`(age: Int, refusal: WebhookRefusal?) throws {
        #expect(try verdict(after: age).refusal == refusal)
    }

    @Test(arguments: [
        "hello", "-1614265330", "+1614265330", "1614265330.0", "0x6037B5F2", "99999999999999999999", "1e9",
    ])
    func `a time that is none is refused, be it signed`(time: String) throws {
        let key = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = Signing.standard("\(Self.id).\(time).\(Self.body)", key: key)
        let refusal = WebhookRefusal.malformed(header: "webhook-timestamp", form: "<seconds since 1970>")
        #expect(try verdict(signature, time: time).refusal == refusal)
    }

    @Test func `a secret without prefix is the key itself`() throws {
        let signature = Signing.standard("\(Self.id).\(Self.time).\(Self.body)", key: Data("plain".utf8))
        #expect(try verdict(signature, secret: "plain").delivery != nil)
    }
}
