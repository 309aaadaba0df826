import Resources
import SandboxCluster
import Synchronization
import Testing

struct FaultRuleTests {
    @Test(arguments: [
        ("/api/v1/pods", "/api/v1/pods", true), ("/api/v1/pods", "/api/v1/pods/a", false),
        ("/api/v1/*", "/api/v1/pods", true), ("/api/v1/*", "/api/v1", false), ("/api/v1/*", "/api/v1/a/b", false),
        ("/apis/**", "/apis", true), ("/apis/**", "/apis/apps/v1", true), ("/apis/**", "/api/v1", false),
        ("/**/configmaps/*", "/api/v1/namespaces/a/configmaps/b", true), ("/**/configmaps/*", "/configmaps/b", true),
        ("/**/configmaps/*", "/api/v1/namespaces/a/configmaps", false), ("/**/a/**/b", "/x/a/y/a/z/b", true),
        ("/web-*", "/web-1", true), ("/web-*", "/web", false), ("/*-1", "/web-1", true), ("/w*b*1", "/web-b-1", true),
        ("/a*a", "/a", false), ("/a*b*b", "/ab", false), ("**", "/", true), ("/", "/", true), ("/", "/a", false),
    ])
    func `a pattern matches paths`(pattern: String, path: String, matches: Bool) {
        #expect(PathPattern(pattern).matches(path) == matches)
    }

    @Test(arguments: [
        ("3", [3]), ("2,5-7", [2, 5, 6, 7]), ("8-", [8, 9]), (" 1 , 3 ", [1, 3]), ("1-9", Array(1...9)),
    ])
    func `numbers of requests are told by a text`(text: String, numbers: [Int]) throws {
        let parsed = try #require(RequestNumbers(text))
        #expect((1...9).filter(parsed.contains) == numbers)
    }

    @Test(arguments: ["", "0", "-1", "a", "1-2-3", "3-2", "1,,2", "1.5"])
    func `what is no number of a request is none`(text: String) {
        #expect(RequestNumbers(text) == nil)
    }

    @Test func `a document tells rules`() throws {
        let text = """
            {"rules": [
                {"method": "PATCH", "path": "/api/**", "requests": "2-", "fault": "conflict", "takesEffect": true},
                {"delay": "1m30s", "requests": 3}, {"fault": "too-many-requests", "retryAfter": 7},
                {"fault": "too-many-requests"}, {"fault": "internal-error"}, {"fault": "unavailable"},
                {"fault": "reset"}, {"fault": "half-body"}, {"fault": "watch-expired", "afterEvents": 3},
                {"fault": "watch-ended"}, {"fault": "watch-broken", "afterEvents": 1, "method": "WATCH"},
                {"fault": "clock-jump", "by": "1h"}, {"fault": "clock-jump", "by": "-90s", "requests": "3"}
            ]}
            """
        let rules = try FaultDocument.rules(json: Array(text.utf8))
        #expect(
            rules == [
                FaultRule(
                    method: "PATCH", path: PathPattern("/api/**"), requests: RequestNumbers(2...Int.max),
                    fault: .conflict,
                    takesEffect: true),
                FaultRule(requests: RequestNumbers(3...3), delay: .seconds(90)),
                FaultRule(fault: .tooManyRequests(retryAfter: 7)), FaultRule(fault: .tooManyRequests(retryAfter: 1)),
                FaultRule(fault: .internalError), FaultRule(fault: .unavailable), FaultRule(fault: .reset),
                FaultRule(fault: .halfBody), FaultRule(fault: .watchExpired(afterEvents: 3)),
                FaultRule(fault: .watchEnded(afterEvents: 0)),
                FaultRule(method: "WATCH", fault: .watchBroken(afterEvents: 1)),
                FaultRule(fault: .clockJump(by: .seconds(3600))),
                FaultRule(requests: RequestNumbers(3...3), fault: .clockJump(by: .seconds(-90))),
            ])
    }

    @Test(arguments: [
        ("{", "the fault rules are not JSON: "), ("[]", "the fault rules must be an object with a list `rules`"),
        (#"{"rules": [], "x": 1}"#, "the fault rules have an unknown field `x`"),
        (#"{"rules": [1]}"#, "rules[0] of the fault rules must be an object"),
        (#"{"rules": [{}]}"#, "rules[0] of the fault rules needs a `fault` or a `delay`"),
        (#"{"rules": [{"fault": "reset"}, {"falt": "reset"}]}"#, "rules[1].falt of the fault rules is unknown"),
        (#"{"rules": [{"fault": "rest"}]}"#, "rules[0].fault of the fault rules must be one of conflict, "),
        (#"{"rules": [{"fault": 1}]}"#, "rules[0].fault of the fault rules must be a text"),
        (#"{"rules": [{"fault": "reset", "method": "get"}]}"#, "rules[0].method of the fault rules must be one of GET"),
        (#"{"rules": [{"fault": "reset", "requests": 0}]}"#, "rules[0].requests of the fault rules must be numbers"),
        (#"{"rules": [{"delay": "1"}]}"#, "rules[0].delay of the fault rules must be a duration like"),
        (#"{"rules": [{"delay": "-1s"}]}"#, "rules[0].delay of the fault rules must be a duration like"),
        (#"{"rules": [{"fault": "reset", "retryAfter": 1}]}"#, "rules[0].retryAfter of the fault rules belongs to"),
        (#"{"rules": [{"fault": "reset", "afterEvents": 1}]}"#, "rules[0].afterEvents of the fault rules belongs to"),
        (#"{"rules": [{"fault": "reset", "by": "1s"}]}"#, "rules[0].by of the fault rules belongs to"),
        (#"{"rules": [{"fault": "clock-jump"}]}"#, "rules[0].by of the fault rules must be a duration like"),
        (
            #"{"rules": [{"fault": "clock-jump", "by": "0s"}]}"#,
            "rules[0].by of the fault rules must be a duration like"
        ),
        (#"{"rules": [{"fault": "reset", "takesEffect": 1}]}"#, "rules[0].takesEffect of the fault rules must be true"),
        (
            #"{"rules": [{"fault": "too-many-requests", "retryAfter": -1}]}"#,
            "rules[0].retryAfter of the fault rules must be a number, 0 or above"
        ),
    ])
    func `what a document gets wrong is told with its place`(text: String, message: String) {
        let error = #expect(throws: Diagnostic.self) { try FaultDocument.rules(json: Array(text.utf8)) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test func `a misspelt fault has a hint`() {
        let text = #"{"rules": [{"fault": "half-bodies"}]}"#
        let error = #expect(throws: Diagnostic.self) { try FaultDocument.rules(json: Array(text.utf8)) }
        #expect(error?.hint == "did you mean half-body?")
    }
}

struct FaultyResponderTests {
    private static let path = "/apis/apps/v1/namespaces/a/deployments/web"

    /// Counts the requests that reach it.
    private final class Base: SandboxResponder {
        private let count = Mutex(0)
        private let body: SandboxResponse.Body
        var requests: Int { count.withLock { $0 } }

        init(_ body: SandboxResponse.Body = .bytes(Array("12345".utf8))) {
            self.body = body
        }

        func respond(to request: SandboxRequest) async -> SandboxResponse {
            count.withLock { $0 += 1 }
            return SandboxResponse(status: 200, body: body)
        }
    }

    private static func watch(_ chunks: String...) -> SandboxResponse.Body {
        .chunks(
            AsyncStream { feed in
                for chunk in chunks { feed.yield(Array(chunk.utf8)) }
                feed.finish()
            })
    }

    private func text(_ response: SandboxResponse) async -> String {
        switch response.body {
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .chunks(let chunks): await chunks.reduce(into: "") { $0 += String(decoding: $1, as: UTF8.self) } + "."
        case .brokenChunks(let chunks):
            await chunks.reduce(into: "") { $0 += String(decoding: $1, as: UTF8.self) } + "!"
        case .cut(let bytes, let announced): "\(String(decoding: bytes, as: UTF8.self)) of \(announced)"
        case .reset: "reset"
        }
    }

    @Test(arguments: [
        (
            FaultRule.Fault.conflict, 409, nil as String?, "Conflict",
            "Operation cannot be fulfilled on deployments.apps \"web\": the object has been modified; "
                + "please apply your changes to the latest version and try again"
        ),
        (
            .tooManyRequests(retryAfter: 3), 429, "3", "TooManyRequests",
            "the server has received too many requests and has asked us to try again later"
        ),
        (.internalError, 500, nil, "InternalError", "Internal error occurred: injected fault"),
        (.unavailable, 503, nil, "ServiceUnavailable", "the server is currently unable to handle the request"),
    ])
    func `a refusal reads like the API's`(
        fault: FaultRule.Fault, code: Int, retryAfter: String?, reason: String, message: String
    ) async throws {
        for takesEffect in [false, true] {
            let base = Base()
            let responder = FaultyResponder(base, rules: [FaultRule(fault: fault, takesEffect: takesEffect)])
            let response = await responder.respond(to: SandboxRequest(method: "PATCH", path: Self.path))
            #expect(response.status == code)
            #expect(response.header("retry-after") == retryAfter)
            #expect(response.header("content-type") == "application/json")
            let status = try Value(json: await text(response))
            #expect(status["code"]?.integer == code)
            #expect(status["reason"]?.string == reason)
            #expect(status["message"]?.string == message)
            #expect(base.requests == (takesEffect ? 1 : 0))
        }
    }

    @Test(arguments: [
        ("/apis/apps/v1/namespaces/a/deployments/web/scale", "deployments.apps", "web"),
        ("/api/v1/namespaces/a/configmaps/c?x=y", "configmaps", "c"), ("/api/v1/namespaces/a", "namespaces", "a"),
        ("/api/v1/nodes/n", "nodes", "n"), ("/apis/g.io/v1/things/t", "things.g.io", "t"),
        ("/api/v1/namespaces/a/pods", "pods", ""),
    ])
    func `a conflict names what the path is about`(path: String, resource: String, name: String) async throws {
        let responder = FaultyResponder(Base(), rules: [FaultRule(fault: .conflict)])
        let response = await responder.respond(to: SandboxRequest(method: "PUT", path: path))
        let message = try Value(json: await text(response))["message"]?.string
        #expect(message?.hasPrefix("Operation cannot be fulfilled on \(resource) \"\(name)\": ") == true)
    }

    @Test func `connections end as a rule says`() async {
        let request = SandboxRequest(method: "GET", path: Self.path)
        for (fault, expected, reached) in [(FaultRule.Fault.reset, "reset", 0), (.halfBody, "12 of 5", 1)] {
            let base = Base()
            let responder = FaultyResponder(base, rules: [FaultRule(fault: fault)])
            #expect(await text(responder.respond(to: request)) == expected)
            #expect(base.requests == reached)
        }
    }

    @Test(arguments: [
        (FaultRule.Fault.watchEnded(afterEvents: 0), "."), (.watchEnded(afterEvents: 1), "1\n."),
        (.watchEnded(afterEvents: 3), "1\n2\n3\n."), (.watchEnded(afterEvents: 9), "1\n2\n3\n4\n."),
        (.watchBroken(afterEvents: 2), "1\n2\n!"), (.watchBroken(afterEvents: 9), "1\n2\n3\n4\n!"), (.halfBody, "!"),
        (.watchExpired(afterEvents: 2), "1\n2\nERROR 410."), (.watchExpired(afterEvents: 0), "ERROR 410."),
    ])
    func `a watch ends after its events, however they come`(fault: FaultRule.Fault, expected: String) async throws {
        for chunks in [
            Self.watch("1\n2\n3\n4\n"), Self.watch("1\n", "2", "\n3\n4", "\n"), Self.watch("1", "\n2\n3\n", "4\n"),
        ] {
            let responder = FaultyResponder(Base(chunks), rules: [FaultRule(fault: fault)])
            let response = await responder.respond(to: SandboxRequest(method: "GET", path: "/api/v1/pods?watch=true"))
            var seen = await text(response)
            if let start = seen.firstIndex(of: "{") {
                let event = try Value(json: String(seen[start...].dropLast()))
                #expect(event["object"]?["reason"] == "Expired")
                let code = event["object"]?["code"]?.integer ?? 0
                seen = "\(seen[..<start])\(event["type"]?.string ?? "") \(code)."
            }
            #expect(seen == expected)
        }
    }

    @Test(arguments: [
        ("GET", "/a", "GET", true), ("GET", "/a?watch=true", "GET", false), ("GET", "/a?watch=1", "WATCH", true),
        ("GET", "/a?x=y&watch", "WATCH", true), ("GET", "/a?watch=false", "WATCH", false),
        ("GET", "/a", "WATCH", false),
        ("POST", "/a?watch=true", "WATCH", false), ("POST", "/a", "POST", true), ("PUT", "/a", "POST", false),
    ])
    func `a rule is for one method, and a watch is one of its own`(
        method: String, path: String, ruleMethod: String, matches: Bool
    ) async {
        let responder = FaultyResponder(Base(), rules: [FaultRule(method: ruleMethod, fault: .unavailable)])
        let response = await responder.respond(to: SandboxRequest(method: method, path: path))
        #expect(response.status == (matches ? 503 : 200))
    }

    @Test func `a fault of watches leaves other requests alone`() async {
        let rule = FaultRule(requests: RequestNumbers(1...1), fault: .watchExpired(afterEvents: 0))
        let responder = FaultyResponder(Base(Self.watch("1\n")), rules: [rule])
        #expect(await text(responder.respond(to: SandboxRequest(method: "GET", path: "/api/v1/pods"))) == "1\n.")
        #expect(responder.injections == [0])
        let watch = await responder.respond(to: SandboxRequest(method: "GET", path: "/api/v1/pods?watch=true"))
        #expect(await text(watch).hasPrefix("{"))
        #expect(responder.injections == [1])
    }

    @Test func `requests are counted by each rule, delays add up, and the first fault wins`() async {
        let slept = Mutex<[Duration]>([])
        let rules = [
            FaultRule(path: PathPattern("/a"), delay: .seconds(1)),
            FaultRule(requests: RequestNumbers(2...2), delay: .seconds(10), fault: .unavailable),
            FaultRule(path: PathPattern("/a"), requests: RequestNumbers(2...3), fault: .internalError),
        ]
        let responder = FaultyResponder(Base(), rules: rules) { duration in slept.withLock { $0.append(duration) } }
        var statuses: [Int] = []
        for path in ["/b", "/a", "/b", "/a", "/a", "/a"] {
            statuses.append(await responder.respond(to: SandboxRequest(method: "GET", path: path)).status)
        }
        #expect(statuses == [200, 503, 200, 500, 500, 200])
        #expect(slept.withLock { $0 } == [.seconds(11), .seconds(1), .seconds(1), .seconds(1)])
        #expect(responder.injections == [4, 1, 2])
    }
}
