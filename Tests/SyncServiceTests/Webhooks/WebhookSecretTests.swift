import Resources
import SyncService
import Testing

struct WebhookSecretTests {
    @Test(arguments: ["", " ", "\n", "\t \r\n", "whsec_", "whsec_=", "whsec_not base64", "whsec_abc"])
    func `a secret that is empty or garbled is refused`(text: String) throws {
        let problem = #expect(throws: Diagnostic.self) { try WebhookSecret(text) }
        #expect(problem?.code == "webhook-secret")
        #expect(problem?.hint != nil)
    }

    @Test(arguments: ["a", "It's a Secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "WHSEC_x"])
    func `any other text is a secret, and shows nothing of itself`(text: String) throws {
        let secret = try WebhookSecret(text)
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret)" == "******")
        #expect(String(reflecting: secret) == "******")
        #expect(!dumped.contains(String(text.utf8.first ?? 0)))
    }
}
