internal import NIOCore
internal import SandboxCluster

/// What a connection hands on, in the order in which it must be answered.
enum Incoming: Sendable {
    case request(SandboxRequest)
    /// A request that the transport itself answers.
    case refused(SandboxResponse)
}

/// What answers an `Incoming`: a whole response, or a head, any number of parts of the body, and an end.
enum Outgoing: Sendable {
    case whole(ResponseHead, ByteBuffer)
    case head(ResponseHead)
    case body(ByteBuffer)
    case end
    /// The connection ends here, without a word.
    case breakOff
    /// The connection is reset.
    case reset
}

struct ResponseHead: Sendable {
    var status: Int
    var headers: [(name: String, value: String)]
    /// Of the body in bytes; nil where nobody knows, and the body comes in chunks.
    var length: Int?
}
