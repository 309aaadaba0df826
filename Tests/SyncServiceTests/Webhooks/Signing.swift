import Crypto
import FoundationEssentials
import HTTPTypes
import SyncService

/// Signs as the senders do, by code of its own.
enum Signing {
    static func hexadecimal(_ body: String, _ secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func standard(_ text: String, key: Data) -> String {
        "v1,"
            + Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))
            .base64EncodedString()
    }
}

extension WebhookVerifier {
    init(_ secrets: String...) throws {
        self.init(secrets: try secrets.map { try WebhookSecret($0) })
    }

    func verify(_ headers: [(String, String)], _ body: String, now: Date = .now) -> WebhookVerdict {
        verify(HTTPFields(headers), Array(body.utf8), now: now)
    }
}

extension HTTPFields {
    init(_ headers: [(String, String)]) {
        self.init()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { preconditionFailure(name) }
            append(HTTPField(name: name, value: value))
        }
    }
}

extension WebhookVerdict {
    var delivery: WebhookDelivery? {
        if case .accepted(let delivery) = self { delivery } else { nil }
    }

    var refusal: WebhookRefusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }
}
