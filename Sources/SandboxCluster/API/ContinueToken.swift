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
        guard let data = Data(base64Encoded: filled), let value = try? Value(json: Array(data)),
            let version = value["rv"]?.integer, let start = value["start"]?.string, !start.isEmpty
        else {
            throw .badRequest("invalid continue token: continue key is not valid: illegal base64 data at input byte 0")
        }
        guard value["v"] == "meta.k8s.io/v1" else {
            throw .badRequest(
                "invalid continue token: continue key is not valid: server does not recognize this encoded version")
        }
        self.init(version: UInt64(max(0, version)), start: String(start.prefix { $0 != "\0" }))
    }

    var text: String {
        let value: Value = ["v": "meta.k8s.io/v1", "rv": .integer(Int64(version)), "start": .string(start + "\0")]
        return Data(value.jsonBytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
