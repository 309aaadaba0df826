/// What becomes of one request.
enum Fault: String, CaseIterable {
    /// The program is killed before it sends it.
    case killBefore = "kill-before"
    /// The program is killed when the server has answered, before it sees the answer.
    case killAfter = "kill-after"
    /// The server refuses it, as it does a write that came too late.
    case conflict = "409"
    /// The server refuses it as invalid.
    case invalid = "422"
    /// The server is busy, for a second.
    case busy = "429"
    /// The server fails.
    case internalError = "500"
    /// The connection ends before the server has seen it.
    case reset
    /// The connection ends after the server has acted on it.
    case lost
    /// The server acts on it and never answers.
    case hang

    /// Whether the server gets to see the request.
    var isSent: Bool {
        switch self {
        case .killAfter, .lost, .hang: true
        case .killBefore, .conflict, .invalid, .busy, .internalError, .reset: false
        }
    }
}
