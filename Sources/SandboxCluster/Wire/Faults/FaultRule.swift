/// Something that shall go wrong with some requests.
package struct FaultRule: Hashable, Sendable {
    package enum Fault: Hashable, Sendable {
        /// 409: somebody has changed the object meanwhile.
        case conflict
        /// 429; the seconds are those of `Retry-After`.
        case tooManyRequests(retryAfter: Int)
        /// 500.
        case internalError
        /// 503.
        case unavailable
        /// The connection is reset before anything is answered.
        case reset
        /// The connection ends in the middle of the body.
        case halfBody
        /// After so many events, a watch tells that its resource version is too old (410), and ends.
        case watchExpired(afterEvents: Int)
        /// After so many events, a watch ends as after its timeout.
        case watchEnded(afterEvents: Int)
        /// After so many events, a watch's connection breaks off.
        case watchBroken(afterEvents: Int)
        /// The server's clock jumps, forward or back, before the request is answered, and stays there.
        case clockJump(by: Duration)
    }

    /// In capitals; `WATCH` means watches alone, `GET` all other reads. Nil means all requests.
    package var method: String?
    /// Nil means all paths.
    package var path: PathPattern?
    /// Which of the requests that `method` and `path` match, counted from 1 by each rule for itself.
    package var requests: RequestNumbers = .all
    /// How long the request waits before anything else.
    package var delay: Duration = .zero
    /// Nil where the delay is all.
    package var fault: Fault?
    /// Whether the request takes effect although its answer is lost. A half body always has.
    package var takesEffect = false

    package init(
        method: String? = nil, path: PathPattern? = nil, requests: RequestNumbers = .all, delay: Duration = .zero,
        fault: Fault? = nil, takesEffect: Bool = false
    ) {
        self.method = method
        self.path = path
        self.requests = requests
        self.delay = delay
        self.fault = fault
        self.takesEffect = takesEffect
    }

    /// Whether the rule counts the request as one of its own.
    func matches(_ request: SandboxRequest) -> Bool {
        let isWatch = request.isWatch
        if let fault, fault.isOfWatch, !isWatch { return false }
        if let method, method != (isWatch ? "WATCH" : request.method) { return false }
        return path?.matches(request.pathOnly) ?? true
    }
}

extension FaultRule.Fault {
    /// Whether it can only happen to a watch.
    var isOfWatch: Bool {
        switch self {
        case .watchExpired, .watchEnded, .watchBroken: true
        case .conflict, .tooManyRequests, .internalError, .unavailable, .reset, .halfBody, .clockJump: false
        }
    }
}
