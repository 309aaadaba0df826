internal import FoundationEssentials
internal import Resources

/// Where a list in chunks goes on (k8s.io/apiserver/pkg/storage/continue.go).
struct ContinueToken: Sendable {
    let version: UInt64
    /// The key after which to go on, relative to what is listed.
    let start: String

    init(version: UInt64, start: String) {
        self.version = version
        self.start = start
    }

    /// - Throws: Where the text is none of the server's tokens.
    init(_ text: String) throws(APIStatus) {
        let padded = text.replacing("-", with: "+").replacing("_", with: "/")
        let filled = padded + String(repeating: "=", count: (4 - padded.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: filled) else {
            throw Self.invalid(GoBase64.reason(against: padded) ?? "illegal base64 data at input byte 0")
        }
        guard let value = try? Value(json: Array(data)) else {
            throw Self.invalid(GoJSONSyntax.reason(against: Array(data)) ?? "unexpected end of JSON input")
        }
        guard value["v"] == "meta.k8s.io/v1" else {
            let version = Value.string(value["v"]?.string ?? "").json
            throw Self.invalid("server does not recognize this encoded version \(version)")
        }
        guard let version = value["rv"]?.integer, version > 0 else {
            throw Self.invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)")
        }
        guard let start = value["start"]?.string, !start.isEmpty else {
            throw Self.invalid("encoded start key empty (version meta.k8s.io/v1)")
        }
        self.init(version: UInt64(version), start: String(start.prefix { $0 != "\0" }))
    }

    private static func invalid(_ why: String) -> APIStatus {
        .badRequest("invalid continue token: continue key is not valid: \(why)")
    }

    var text: String {
        let value: Value = ["v": "meta.k8s.io/v1", "rv": .integer(Int64(version)), "start": .string(start + "\0")]
        return Data(value.jsonBytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
