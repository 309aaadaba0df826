import Resources

/// How a client tells the server who it is, besides a certificate.
package enum Credentials: Sendable {
    case none
    case token(Confidential<String>)
    /// Read again as it rotates; the fallback serves until it can be read.
    case tokenFile(String, fallback: Confidential<String>?)
    case password(String, Confidential<String>)
    case exec(ExecPlugin)
}

/// A client's certificate and its key, both PEM.
package struct ClientCertificate: Hashable, Sendable {
    package let chain: [UInt8]
    package let key: Confidential<[UInt8]>
    /// Where it is from, for messages.
    package let origin: String

    package init(chain: [UInt8], key: Confidential<[UInt8]>, origin: String) {
        self.chain = chain
        self.key = key
        self.origin = origin
    }
}

/// What a request carries to be let in.
struct Identity: Hashable, Sendable {
    /// The `Authorization` field.
    var authorization: Confidential<String>?
    var certificate: ClientCertificate?
}
