import Resources
import Testing

@testable import SandboxCluster

@Suite struct OpenAPIProtobufTests {
    /// The bytes of gnostic's messages, each with its number, the length of what follows and that.
    @Test(arguments: [
        (#"{"swagger":"2.0"}"#, "0a 03 322e30 12 00 42 00 4a 00"),
        (#"{"info":{"title":"K","version":"v"}}"#, "12 06 0a 01 4b 12 01 76 42 00 4a 00"),
        (
            #"{"definitions":{"A":{"type":"object"}}}"#,
            "12 00 42 00 4a 12 0a 10 0a 01 41 12 0b b2 01 08 0a 06 6f626a656374"
        ),
        (
            #"{"definitions":{"A":{"x-y":"z"}}}"#,
            "12 00 42 00 4a 17 0a 15 0a 01 41 12 10 fa 01 0d 0a 03 782d79 12 06 12 04 227a220a"
        ),
    ])
    func `a document is written as its messages`(document: String, bytes: String) throws {
        let hexadecimal = OpenAPIDocuments.protobuf(try Value(json: document)).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        #expect(hexadecimal == bytes.replacing(" ", with: ""))
    }
}
