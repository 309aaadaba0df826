package import Resources

extension APIError {
    /// Decodes what the server answered instead of what was asked for.
    ///
    /// An answer that is no `Status`, such as a proxy's page, gives its first 200 characters as the message.
    package init(_ response: HTTPResponse, operation: String, about groupKind: GroupKind? = nil) {
        let wait = response.headers["Retry-After"].flatMap(Int.init).map { Duration.seconds(max(0, $0)) }
        if let value = try? Value(json: response.body), value["kind"]?.string == "Status" {
            self.init(
                statusObject: value,
                operation: operation,
                httpStatus: response.status,
                retryAfter: wait,
                about: groupKind
            )
            return
        }
        self.init(
            operation: operation,
            status: response.status,
            reason: "",
            message: "the server answered with status \(response.status)" + Self.excerpt(response.body),
            retryAfter: wait,
            about: groupKind
        )
        isUnserved = Self.isUnserved(response)
    }

    /// An unknown path is answered with Go's own page, which other programs in Go send as well: but only the API server
    /// says, with each of its answers, that they may not be kept (apiserver's `WithCacheControl`).
    private static func isUnserved(_ response: HTTPResponse) -> Bool {
        response.status == 404 && String(decoding: response.body, as: UTF8.self).trimmed == "404 page not found"
            && response.headers["Cache-Control"] == "no-cache, private"
    }

    /// Decodes a `metav1.Status`, as a response's body or an `ERROR` event of a watch has it.
    package init(
        statusObject value: Value,
        operation: String,
        httpStatus: Int? = nil,
        retryAfter: Duration? = nil,
        about groupKind: GroupKind? = nil
    ) {
        let details = value["details"]
        let causes = (details?["causes"]?.array ?? []).map { cause in
            Cause(
                reason: cause["reason"]?.string ?? "",
                field: cause["field"]?.string ?? "",
                message: cause["message"]?.string ?? ""
            )
        }
        self.init(
            operation: operation,
            status: httpStatus ?? value["code"]?.integer ?? 500,
            reason: value["reason"]?.string ?? "",
            message: value["message"]?.string ?? "",
            causes: causes,
            retryAfter: retryAfter ?? details?["retryAfterSeconds"]?.integer.map { .seconds(max(0, $0)) },
            about: groupKind
        )
    }

    private static func excerpt(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(1000), as: UTF8.self)
        if text.isEmpty { return "" }
        return ": " + Value.string(String(text.prefix(200))).json
    }
}

/// The `Warning` fields of a response.
package enum WarningHeader {
    /// The texts of all warnings, without code, agent and date (RFC 7234, section 5.5).
    package static func texts(in headers: HeaderFields) -> [String] {
        headers.values(of: "Warning").flatMap(texts)
    }

    /// The quoted texts of one field: `299 - "TEXT" "DATE", 299 agent "TEXT"`.
    static func texts(_ field: String) -> [String] {
        var found: [String] = []
        var rest = field[...]
        while let quote = rest.firstIndex(of: "\"") {
            let (text, end) = quoted(rest[rest.index(after: quote)...])
            found.append(text)
            // A date may follow, up to the comma; it is quoted and holds a comma itself.
            rest = end.drop { $0 == " " }
            if rest.first == "\"" { rest = quoted(rest.dropFirst()).rest }
        }
        return found
    }

    private static func quoted(_ text: Substring) -> (String, rest: Substring) {
        var result = ""
        var index = text.startIndex
        while index < text.endIndex, text[index] != "\"" {
            if text[index] == "\\", text.index(after: index) < text.endIndex { index = text.index(after: index) }
            result.append(text[index])
            index = text.index(after: index)
        }
        return (result, text[index...].dropFirst())
    }
}
