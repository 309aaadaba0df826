internal import HTTPTypes
internal import Resources

/// A response, before it is written.
struct Answer: Hashable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: String

    private init(_ status: HTTPResponse.Status, type: String, _ body: String) {
        self.status = status
        self.body = body
        headers = [.contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
    }

    static func json(_ value: Value, _ status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status, type: "application/json", value.json + "\n")
    }

    static func error(_ status: HTTPResponse.Status, _ message: String) -> Answer {
        json(["error": .string(message)], status)
    }

    /// - Parameter lines: end with a line end each.
    static func text(_ lines: [String], _ status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status, type: "text/plain; charset=utf-8", lines.map { $0 + "\n" }.joined())
    }

    /// https://prometheus.io/docs/instrumenting/exposition_formats
    static func metrics(_ text: String) -> Answer {
        Answer(.ok, type: MetricText.contentType, text)
    }

    func with(_ name: HTTPField.Name, _ value: String) -> Answer {
        var answer = self
        answer.headers[name] = value
        return answer
    }
}
