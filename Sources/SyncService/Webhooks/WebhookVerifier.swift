internal import Crypto
package import FoundationEssentials
package import HTTPTypes
internal import Resources

/// Tells whether a request to a webhook was signed with a secret of ours, by its headers and the raw bytes of its body.
///
/// Nothing in the body is ever read. A request with signatures of several schemes has to pass the one that `WebhookScheme`
/// prefers, so that a forger can't choose the weakest.
package struct WebhookVerifier: Sendable {
    /// How far a signed time may be from now, in seconds, as the libraries of Standard Webhooks have it.
    static let window: TimeInterval = 300

    /// Any of them may fit, so that a secret can be changed at the sender and here one after the other.
    private let secrets: [WebhookSecret]

    package init(secrets: [WebhookSecret]) {
        self.secrets = secrets
    }

    /// - Parameter now: only Standard Webhooks tell when they were sent.
    package func verify(_ headers: HTTPFields, _ body: [UInt8], now: Date) -> WebhookVerdict {
        guard let scheme = WebhookScheme.chosen(by: headers) else { return .refused(.unsigned) }
        do {
            let code = try code(scheme, headers, body)
            if scheme == .standard { try checkTime(headers, now) }
            let id = scheme.idHeaders.lazy.compactMap { headers[$0] }.first { !$0.isEmpty }
            let digest = Array(SHA256.hash(data: code + body))
            return .accepted(WebhookDelivery(sender: scheme.sender, id: id, digest: digest))
        } catch {
            return .refused(error)
        }
    }

    /// The authentication code of the body under the secret that fits.
    private func code(
        _ scheme: WebhookScheme, _ headers: HTTPFields, _ body: [UInt8]
    ) throws(WebhookRefusal) -> [UInt8] {
        let given = try value(of: scheme.header, in: headers)
        let fitting: [UInt8]?
        switch scheme {
        case .standard: fitting = try standardCode(given, headers, body)
        case .gitLab:
            fitting = match { secret in (secret.code(of: body), ConstantTime.areEqual(given.utf8, secret.text)) }
        case .forgejo, .gitea, .gitHub, .bitbucket:
            let digits = try hexadecimal(given, scheme)
            fitting = match { secret in
                let code = secret.code(of: body)
                return (code, ConstantTime.areEqual(digits.utf8, code.hexadecimal.utf8))
            }
        }
        guard let fitting else { throw .mismatch(header: scheme.header.rawName) }
        return fitting
    }

    /// Asks all secrets, so that the time doesn't tell which one fits.
    private func match(_ code: (WebhookSecret) -> (code: [UInt8], fits: Bool)) -> [UInt8]? {
        secrets.reduce(nil) { found, secret in
            let answer = code(secret)
            return answer.fits ? answer.code : found
        }
    }

    private func value(of name: HTTPField.Name, in headers: HTTPFields) throws(WebhookRefusal) -> String {
        let values = headers[values: name]
        guard let value = values.first else { throw .missing(header: name.rawName) }
        guard values.count == 1 else { throw .repeated(header: name.rawName) }
        guard !value.isEmpty else { throw .empty(header: name.rawName) }
        return value
    }

    private func hexadecimal(_ given: String, _ scheme: WebhookScheme) throws(WebhookRefusal) -> Substring {
        let prefix = scheme.hexadecimalPrefix ?? ""
        if given.hasPrefix("sha1=") { throw .weak(header: scheme.header.rawName) }
        let digits = given.dropFirst(prefix.count)
        guard given.hasPrefix(prefix), digits.utf8.count == 64, digits.utf8.allSatisfy(Self.isHexadecimal) else {
            throw .malformed(header: scheme.header.rawName, form: "\(prefix)<64 hexadecimal digits, in lower case>")
        }
        return digits
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}

// MARK: - Standard Webhooks

extension WebhookVerifier {
    /// Of several signatures, separated by spaces, one of the version `v1` has to fit; those of other versions are for others.
    private func standardCode(
        _ given: String, _ headers: HTTPFields, _ body: [UInt8]
    ) throws(WebhookRefusal) -> [UInt8]? {
        let id = try value(of: .webhookID, in: headers)
        let timestamp = try value(of: .webhookTimestamp, in: headers)
        let signatures = given.split(separator: " ").filter { $0.hasPrefix("v1,") }.map { $0.dropFirst(3) }
        guard !signatures.isEmpty else {
            throw .malformed(header: HTTPField.Name.webhookSignature.rawName, form: "v1,<base64>")
        }
        return match { secret in
            let code = secret.standardCode(id: id, timestamp: timestamp, body: body)
            let expected = Base64.encode(code)
            return (code, signatures.count { ConstantTime.areEqual($0.utf8, expected.utf8) } > 0)
        }
    }

    private func checkTime(_ headers: HTTPFields, _ now: Date) throws(WebhookRefusal) {
        let text = try value(of: .webhookTimestamp, in: headers)
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let second = Int64(text)
        else { throw .malformed(header: HTTPField.Name.webhookTimestamp.rawName, form: "<seconds since 1970>") }
        let age = now.timeIntervalSince1970 - TimeInterval(second)
        if age > Self.window { throw .expired }
        if age < -Self.window { throw .early }
    }
}
