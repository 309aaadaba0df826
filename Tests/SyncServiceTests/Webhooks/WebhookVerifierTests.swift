import FoundationEssentials
import HTTPTypes
import Resources
import SyncService
import Testing

struct WebhookVerifierTests {
    private static let secret = "It's a Secret to Everybody"
    private static let body = "Hello, World!"
    /// What GitHub publishes for the two.
    private static let digits = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    private static let hubForm = "sha256=<64 hexadecimal digits, in lower case>"
    private static let bareForm = "<64 hexadecimal digits, in lower case>"

    @Test(arguments: [
        (
            WebhookSender.gitHub, "72d3162e",
            [("X-Hub-Signature-256", "sha256=\(digits)"), ("X-GitHub-Delivery", "72d3162e")]
        ),
        (.gitea, "f6266f16", [("X-Gitea-Signature", digits), ("X-Gitea-Delivery", "f6266f16")]),
        (.forgejo, "a1", [("X-Forgejo-Signature", digits), ("X-Forgejo-Delivery", "a1")]),
        (.forgejo, "a2", [("x-forgejo-signature", digits), ("X-Gitea-Delivery", "a2")]),
        (.bitbucket, "cloud", [("X-Hub-Signature", "sha256=\(digits)"), ("X-Request-UUID", "cloud")]),
        (.bitbucket, "server", [("X-Hub-Signature", "sha256=\(digits)"), ("X-Request-Id", "server")]),
        (.gitLab, "9", [("X-Gitlab-Token", secret), ("Idempotency-Key", "9"), ("X-Gitlab-Event-UUID", "13792a34")]),
    ])
    func `each sender's own form is accepted`(
        sender: WebhookSender, id: String, headers: [(String, String)]
    ) throws {
        let delivery = try #require(try WebhookVerifier(Self.secret).verify(headers, Self.body).delivery)
        #expect(delivery.sender == sender)
        #expect(delivery.id == id)
        #expect(delivery.digest.count == 32)
    }

    @Test(arguments: [
        ([], WebhookRefusal.unsigned),
        ([("X-GitHub-Delivery", "1"), ("X-GitHub-Event", "push")], .unsigned),
        ([("Authorization", "Bearer \(secret)")], .unsigned),
        ([("webhook-id", "1"), ("webhook-timestamp", "1")], .unsigned),
        ([("X-Hub-Signature-256", "")], .empty(header: "X-Hub-Signature-256")),
        ([("X-Gitea-Signature", "")], .empty(header: "X-Gitea-Signature")),
        ([("X-Gitlab-Token", "")], .empty(header: "X-Gitlab-Token")),
        ([("X-Hub-Signature-256", digits)], .malformed(header: "X-Hub-Signature-256", form: hubForm)),
        ([("X-Hub-Signature-256", "sha256=")], .malformed(header: "X-Hub-Signature-256", form: hubForm)),
        ([("X-Hub-Signature-256", "SHA256=\(digits)")], .malformed(header: "X-Hub-Signature-256", form: hubForm)),
        (
            [("X-Hub-Signature-256", "sha256=\(digits.uppercased())")],
            .malformed(header: "X-Hub-Signature-256", form: hubForm)
        ),
        (
            [("X-Hub-Signature-256", "sha256=\(digits.dropLast())")],
            .malformed(header: "X-Hub-Signature-256", form: hubForm)
        ),
        ([("X-Hub-Signature-256", "sha256=\(digits)0")], .malformed(header: "X-Hub-Signature-256", form: hubForm)),
        ([("X-Hub-Signature-256", "sha256= \(digits)")], .malformed(header: "X-Hub-Signature-256", form: hubForm)),
        (
            [("X-Hub-Signature-256", "sha256=" + String(repeating: "é", count: 32))],
            .malformed(header: "X-Hub-Signature-256", form: hubForm)
        ),
        ([("X-Hub-Signature-256", "null")], .malformed(header: "X-Hub-Signature-256", form: hubForm)),
        ([("X-Hub-Signature-256", "sha1=\(digits)")], .weak(header: "X-Hub-Signature-256")),
        ([("X-Hub-Signature", "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59")], .weak(header: "X-Hub-Signature")),
        ([("X-Hub-Signature", digits)], .malformed(header: "X-Hub-Signature", form: hubForm)),
        ([("X-Gitea-Signature", "sha256=\(digits)")], .malformed(header: "X-Gitea-Signature", form: bareForm)),
        ([("X-Forgejo-Signature", "[]")], .malformed(header: "X-Forgejo-Signature", form: bareForm)),
        ([("X-Hub-Signature-256", "sha256=0\(digits.dropFirst())")], .mismatch(header: "X-Hub-Signature-256")),
        ([("X-Gitea-Signature", "\(digits.dropLast())0")], .mismatch(header: "X-Gitea-Signature")),
        ([("X-Gitlab-Token", "it's a secret to everybody")], .mismatch(header: "X-Gitlab-Token")),
        ([("X-Gitlab-Token", "It's a Secret to Everybod")], .mismatch(header: "X-Gitlab-Token")),
        ([("X-Gitlab-Token", digits)], .mismatch(header: "X-Gitlab-Token")),
        (
            [("X-Gitlab-Token", secret), ("X-Gitlab-Token", secret)],
            .repeated(header: "X-Gitlab-Token")
        ),
        (
            [("X-Gitea-Signature", "0"), ("x-gitea-signature", digits)], .repeated(header: "X-Gitea-Signature")
        ),
    ])
    func `whatever else is refused`(headers: [(String, String)], refusal: WebhookRefusal) throws {
        #expect(try WebhookVerifier(Self.secret).verify(headers, Self.body) == .refused(refusal))
    }

    @Test(arguments: ["", "Hello, World", "Hello, World!\n", "hello, World!", "Hello, World!\0"])
    func `a body that was tampered with is refused`(body: String) throws {
        for (name, value) in [("X-Hub-Signature-256", "sha256=\(Self.digits)"), ("X-Gitea-Signature", Self.digits)] {
            #expect(try WebhookVerifier(Self.secret).verify([(name, value)], body).refusal == .mismatch(header: name))
        }
    }

    @Test(arguments: ["", "{", "null", "\0", "{\"ref\": 1}"])
    func `nothing in the body matters, if it is signed`(body: String) throws {
        let headers = [("X-Hub-Signature-256", "sha256=\(Signing.hexadecimal(body, Self.secret))")]
        #expect(try WebhookVerifier(Self.secret).verify(headers, body).delivery?.sender == .gitHub)
    }

    /// In the order of preference; a request has the right header of one, and the wrong ones of all before it.
    private static let right = [
        ("X-Forgejo-Signature", digits), ("X-Gitea-Signature", digits), ("X-Hub-Signature-256", "sha256=\(digits)"),
        ("X-Hub-Signature", "sha256=\(digits)"), ("X-Gitlab-Token", secret),
    ]

    @Test(
        arguments: 0..<5, [String(repeating: "0", count: 64), "sha256=" + String(repeating: "0", count: 64), "", "x"])
    func `a weaker scheme doesn't make up for a stronger one that fails`(position: Int, wrong: String) throws {
        let verifier = try WebhookVerifier(Self.secret)
        let failing = [("webhook-signature", wrong), ("webhook-id", "1"), ("webhook-timestamp", "1614265330")]
        for stronger in [failing] + Self.right[..<position].map({ [($0.0, wrong)] }) {
            // The order in the request doesn't matter.
            #expect(verifier.verify([Self.right[position]] + stronger, Self.body).delivery == nil)
            #expect(verifier.verify(stronger + [Self.right[position]], Self.body).delivery == nil)
        }
        #expect(verifier.verify(Array(Self.right[position...]), Self.body).delivery != nil)
    }

    @Test func `GitHub's and Gitea's old SHA-1 header is ignored beside the new one`() throws {
        let headers = [("X-Hub-Signature", "sha1=01dc10d0"), ("X-Hub-Signature-256", "sha256=\(Self.digits)")]
        #expect(try WebhookVerifier(Self.secret).verify(headers, Self.body).delivery?.sender == .gitHub)
    }

    @Test func `any of several secrets may fit`() throws {
        let headers = [("X-Gitea-Signature", Self.digits)]
        #expect(try WebhookVerifier("old", Self.secret).verify(headers, Self.body).delivery != nil)
        #expect(try WebhookVerifier(Self.secret, "new").verify(headers, Self.body).delivery != nil)
        #expect(try WebhookVerifier("old", "new").verify(headers, Self.body).delivery == nil)
        let token = [("X-Gitlab-Token", "new")]
        #expect(try WebhookVerifier("old", "new").verify(token, Self.body).delivery?.sender == .gitLab)
    }

    @Test func `the digest is of what was signed, whatever header it came in and whatever id it claims`() throws {
        let verifier = try WebhookVerifier(Self.secret)
        let digests = Self.right.map { header in
            verifier.verify([header, ("X-GitHub-Delivery", header.0)], Self.body).delivery?.digest
        }
        #expect(Set(digests).count == 1)
        let other = verifier.verify([("X-Gitlab-Token", Self.secret)], "another").delivery?.digest
        #expect(other != digests[0])
    }

    @Test func `no text tells the secret or the right signature`() throws {
        let verifier = try WebhookVerifier(Self.secret)
        let wrong = String(repeating: "0", count: 64)
        let headers = [
            "X-Hub-Signature-256": "sha256=\(wrong)", "X-Gitea-Signature": wrong, "X-Gitlab-Token": "x",
            "X-Hub-Signature": "sha1=\(wrong)", "X-Forgejo-Signature": "x",
        ]
        for (name, value) in headers {
            let refusal = try #require(verifier.verify([(name, value)], Self.body).refusal)
            #expect(refusal.description.contains(name))
            #expect(!refusal.description.contains(Self.digits))
            #expect(!refusal.description.contains(Self.secret))
        }
        var dumped = ""
        dump(verifier, to: &dumped)
        #expect(!("\(verifier)" + String(reflecting: verifier) + dumped).contains("Secret to"))
        #expect(!dumped.contains("73"))  // The first byte, where bytes are printed.
    }
}
