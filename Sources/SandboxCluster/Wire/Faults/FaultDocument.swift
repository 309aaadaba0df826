package import Resources

/// Rules for faults, as a JSON document has them:
///
///     {"rules": [
///         {"method": "PATCH", "path": "/api/v1/namespaces/*/configmaps/*", "requests": "2,5-7", "fault": "conflict"},
///         {"method": "WATCH", "fault": "watch-expired", "afterEvents": 3},
///         {"path": "/apis/**", "delay": "200ms"},
///         {"requests": 100, "fault": "clock-jump", "by": "-90s"}
///     ]}
package enum FaultDocument {
    /// - Throws: a `Diagnostic` for the first field that can't be understood.
    package static func rules(json bytes: [UInt8]) throws(Diagnostic) -> [FaultRule] {
        let document: Value
        do {
            document = try Value(json: bytes)
        } catch {
            throw problem("the fault rules are not JSON: \(error)")
        }
        guard let fields = document.object, let items = document["rules"]?.array else {
            throw problem("the fault rules must be an object with a list `rules`")
        }
        if let other = fields.keys.sorted().first(where: { $0 != "rules" }) {
            throw problem("the fault rules have an unknown field `\(other)`")
        }
        var rules: [FaultRule] = []
        for (index, item) in items.enumerated() {
            rules.append(try FaultReader(item: item, place: "rules[\(index)]").rule())
        }
        return rules
    }

    fileprivate static func problem(_ message: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(code: "fault-rules", message, hint: hint)
    }
}

private struct FaultReader {
    let item: Value
    let place: String

    private static let keys = [
        "method", "path", "requests", "delay", "fault", "retryAfter", "afterEvents", "by", "takesEffect",
    ]
    private static let methods = ["GET", "WATCH", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
    private static let faults = [
        "conflict", "too-many-requests", "internal-error", "unavailable", "reset", "half-body", "watch-expired",
        "watch-ended", "watch-broken", "clock-jump",
    ]

    func rule() throws(Diagnostic) -> FaultRule {
        guard let fields = item.object else { throw problem("", "must be an object") }
        for key in fields.keys.sorted() where !Self.keys.contains(key) {
            throw problem(key, "is unknown", hint: Spelling.hint(key, in: Self.keys))
        }
        let rule = FaultRule(
            method: try method(), path: try text("path").map { PathPattern($0) }, requests: try requests(),
            delay: try delay(), fault: try fault(), takesEffect: try flag("takesEffect"))
        guard rule.fault != nil || rule.delay > .zero else { throw problem("", "needs a `fault` or a `delay`") }
        return rule
    }

    private func method() throws(Diagnostic) -> String? {
        guard let method = try text("method") else { return nil }
        guard Self.methods.contains(method) else {
            throw problem("method", "must be one of \(Self.methods.joined(separator: ", "))")
        }
        return method
    }

    private func requests() throws(Diagnostic) -> RequestNumbers {
        guard let value = item["requests"] else { return .all }
        if let text = value.string ?? value.integer.map({ "\($0)" }), let numbers = RequestNumbers(text) {
            return numbers
        }
        throw problem("requests", "must be numbers of requests like \"3\", \"2,5-7\" or \"10-\"")
    }

    private func delay() throws(Diagnostic) -> Duration {
        guard let text = try text("delay") else { return .zero }
        guard let delay = Duration(goText: text), delay >= .zero else {
            throw problem("delay", "must be a duration like \"200ms\" or \"1m30s\"")
        }
        return delay
    }

    private func fault() throws(Diagnostic) -> FaultRule.Fault? {
        let name = try text("fault")
        try checkOptions(of: name)
        let events = try number("afterEvents")
        switch name {
        case nil: return nil
        case "conflict": return .conflict
        case "too-many-requests": return .tooManyRequests(retryAfter: try number("retryAfter") ?? 1)
        case "internal-error": return .internalError
        case "unavailable": return .unavailable
        case "reset": return .reset
        case "half-body": return .halfBody
        case "watch-expired": return .watchExpired(afterEvents: events ?? 0)
        case "watch-ended": return .watchEnded(afterEvents: events ?? 0)
        case "watch-broken": return .watchBroken(afterEvents: events ?? 0)
        case "clock-jump": return .clockJump(by: try jump())
        case let name?:
            throw problem(
                "fault", "must be one of \(Self.faults.joined(separator: ", "))",
                hint: Spelling.hint(name, in: Self.faults))
        }
    }

    /// - Throws: Where a field stands there that says more of another fault.
    private func checkOptions(of fault: String?) throws(Diagnostic) {
        if item["retryAfter"] != nil, fault != "too-many-requests" {
            throw problem("retryAfter", "belongs to the fault too-many-requests")
        }
        if item["afterEvents"] != nil, fault?.hasPrefix("watch-") != true {
            throw problem("afterEvents", "belongs to the faults watch-expired, watch-ended and watch-broken")
        }
        if item["by"] != nil, fault != "clock-jump" { throw problem("by", "belongs to the fault clock-jump") }
    }

    private func jump() throws(Diagnostic) -> Duration {
        guard let jump = try text("by").flatMap({ Duration(goText: $0) }), jump != .zero else {
            throw problem("by", "must be a duration like \"90s\" or \"-90s\"")
        }
        return jump
    }

    private func text(_ key: String) throws(Diagnostic) -> String? {
        guard let value = item[key] else { return nil }
        guard let text = value.string else { throw problem(key, "must be a text") }
        return text
    }

    private func number(_ key: String) throws(Diagnostic) -> Int? {
        guard let value = item[key] else { return nil }
        guard let number = value.integer, number >= 0 else { throw problem(key, "must be a number, 0 or above") }
        return number
    }

    private func flag(_ key: String) throws(Diagnostic) -> Bool {
        guard let value = item[key] else { return false }
        guard let flag = value.bool else { throw problem(key, "must be true or false") }
        return flag
    }

    private func problem(_ key: String, _ what: String, hint: String? = nil) -> Diagnostic {
        FaultDocument.problem("\(key.isEmpty ? place : "\(place).\(key)") of the fault rules \(what)", hint: hint)
    }
}
