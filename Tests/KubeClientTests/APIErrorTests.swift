import KubeClient
import Resources
import TestSupport
import Testing

struct APIErrorTests {
    private func invalid(_ causes: [(String, String, String)], about kind: String = "Deployment") -> APIError {
        APIError(
            operation: "apply \(kind) shop/web",
            status: 422,
            reason: "Invalid",
            message: "\(kind) \"web\" is invalid: " + causes.map(\.2).joined(separator: ", "),
            causes: causes.map { APIError.Cause(reason: $0.0, field: $0.1, message: $0.2) },
            about: GroupKind(group: "", kind: kind)
        )
    }

    @Test(arguments: [
        ("FieldValueInvalid", "Invalid value: map[string]string{\"a\":\"b\"}: field is immutable", true),
        ("FieldValueInvalid", "Invalid value: []string{\"10.0.0.1\"}: may not change once set", true),
        ("FieldValueInvalid", "Invalid value: rbac.RoleRef{Name:\"x\"}: cannot change roleRef", true),
        ("FieldValueInvalid", "Invalid value: \"x: field is immutable\"", false),
        ("FieldValueInvalid", "Invalid value: \"field is immutable\": must be a number", false),
        ("FieldValueInvalid", "Invalid value: -1: must be greater than or equal to 0", false),
        ("FieldValueForbidden", "Forbidden: field is immutable when `immutable` is set", true),
        (
            "FieldValueForbidden",
            "Forbidden: updates to statefulset spec for fields other than 'replicas' and 'template' are forbidden", true
        ),
        ("FieldValueForbidden", "Forbidden: spec is immutable after creation except resources.requests\n  x", true),
        ("FieldValueForbidden", "Forbidden: updates to parameters are forbidden.", true),
        ("FieldValueForbidden", "Forbidden: pod updates may not change fields other than `spec.containers`", true),
        ("FieldValueForbidden", "Forbidden: may not be changed in an update.", true),
        ("FieldValueForbidden", "Forbidden: must not be set, because the field is immutable", false),
        ("FieldValueRequired", "Required value: field is immutable", false),
    ])
    func `a cause names an immutable field or it does not`(reason: String, message: String, isImmutable: Bool) {
        let error = invalid([(reason, "spec.field", message)])
        #expect(error.isImmutableField == isImmutable)
        #expect(error.immutableFields == (isImmutable ? ["spec.field"] : []))
    }

    @Test func `only a 422 can be about an immutable field`() {
        let cause = APIError.Cause(
            reason: "FieldValueInvalid", field: "spec", message: "Invalid value: 1: field is immutable")
        let error = APIError(operation: "apply x", status: 403, reason: "Forbidden", message: "", causes: [cause])
        #expect(!error.isImmutableField)
    }

    @Test func `what a server echoes of a Secret is withheld, but immutable fields are still known`() {
        let error = invalid(
            [
                ("FieldValueInvalid", "data[password]", "Invalid value: \"hunter2\": not base64"),
                ("FieldValueForbidden", "data", "Forbidden: field is immutable when `immutable` is set"),
            ],
            about: "Secret"
        )
        #expect(!"\(error)".contains("hunter2"))
        #expect(!described(error).contains("hunter2"))
        #expect(error.immutableFields == ["data"])
        #expect(
            described(error) == """
                api-invalid: cannot apply Secret shop/web: 422 Invalid: the server's message is withheld, because it may \
                contain the Secret's values
                cause: data[password]: FieldValueInvalid
                cause: data: FieldValueForbidden
                hint: the object must be replaced to change data
                """
        )
    }

    @Test(arguments: [(401, "Unauthorized"), (403, "Forbidden")])
    func `who is refused a Secret is told`(status: Int, reason: String) {
        let message = "secrets is forbidden: User \"bob\" cannot list resource \"secrets\""
        let error = APIError(
            HTTPResponse.status(status, reason, message),
            operation: "list secrets", about: GroupKind(group: "", kind: "Secret"))
        #expect(error.message == message)
    }

    @Test func `an admission webhook's refusal of a Secret stays withheld`() {
        let message = "admission webhook \"x.example\" denied the request: password hunter2 is too short"
        let error = APIError(
            HTTPResponse.status(403, "Forbidden", message),
            operation: "apply Secret shop/web", about: GroupKind(group: "", kind: "Secret"))
        #expect(!described(error).contains("hunter2"))
    }

    @Test func `a conflict over a Secret's fields still names the managers`() {
        let error = APIError(
            operation: "apply Secret shop/web",
            status: 409,
            reason: "Conflict",
            message: "Apply failed with 1 conflict",
            causes: [.init(reason: "FieldManagerConflict", field: ".data.key", message: "conflict with \"kubectl\"")],
            about: GroupKind(group: "", kind: "Secret")
        )
        #expect(error.fieldManagerConflicts.map(\.message) == ["conflict with \"kubectl\""])
        #expect(error.fieldManagerConflicts.map(\.field) == [".data.key"])
    }

    @Test func `a status tells reason, causes and delay`() {
        let response = HTTPResponse.status(
            409, "Conflict", "Apply failed",
            causes: [
                ["reason": "FieldManagerConflict", "field": ".spec.replicas", "message": "conflict with \"hpa\""]
            ],
            headers: ["retry-after": "7"]
        )
        let error = APIError(response, operation: "apply Deployment shop/web")
        #expect(error.isConflict)
        #expect(!error.isAlreadyExists)
        #expect(error.retryAfter == .seconds(7))
        #expect(
            error.fieldManagerConflicts == [
                .init(reason: "FieldManagerConflict", field: ".spec.replicas", message: "conflict with \"hpa\"")
            ])
    }

    @Test(arguments: [
        (403, "Forbidden", [("NamespaceTerminating", "namespace shop is being terminated")], "terminating"),
        (403, "Forbidden", [], "forbidden"),
        (404, "NotFound", [], "not found"),
        (404, "", [], nil),
        (404, "Gone", [], nil),
        (409, "AlreadyExists", [], "exists"),
        (409, "Conflict", [], "conflict"),
        (410, "Expired", [], "expired"),
        (401, "Unauthorized", [], "unauthorized"),
        (422, "Invalid", [], "invalid"),
    ])
    func `each refusal answers to its name alone`(
        status: Int, reason: String, causes: [(String, String)], name: String?
    ) {
        let error = APIError(
            operation: "apply x",
            status: status,
            reason: reason,
            message: "m",
            causes: causes.map { APIError.Cause(reason: $0.0, field: "", message: $0.1) }
        )
        let names: [String: Bool] = [
            "terminating": error.isNamespaceTerminating,
            "forbidden": error.isForbidden && !error.isNamespaceTerminating,
            "not found": error.isNotFound, "exists": error.isAlreadyExists, "conflict": error.isConflict,
            "expired": error.isExpired, "unauthorized": error.isUnauthorized, "invalid": error.isInvalid,
        ]
        #expect(names.filter(\.value).keys.sorted() == [name].compactMap { $0 })
    }

    @Test(arguments: [
        (HTTPResponse.unserved, true),
        (HTTPResponse(status: 404, body: Array("404 page not found\n".utf8)), false),
        (HTTPResponse(status: 404, headers: ["Cache-Control": "no-cache, private"], body: Array("<html>".utf8)), false),
        (.status(404, "NotFound", "404 page not found", headers: ["Cache-Control": "no-cache, private"]), false),
    ])
    func `only the API server's own page says that it does not serve a path`(response: HTTPResponse, says: Bool) {
        #expect(APIError(response, operation: "list x").isUnserved == says)
    }

    @Test func `a webhook that can't dry-run is recognised`() {
        let message = "admission webhook \"x.example\" does not support dry run"
        let response = HTTPResponse.status(400, "BadRequest", message)
        #expect(APIError(response, operation: "apply x").isDryRunUnsupported)
        #expect(
            APIError(response, operation: "apply x", about: GroupKind(group: "", kind: "Secret")).isDryRunUnsupported)
        let other = HTTPResponse.status(400, "BadRequest", "admission webhook \"x\" denied the request")
        #expect(!APIError(other, operation: "apply x").isDryRunUnsupported)
    }

    @Test func `an answer of no API server is told by its beginning, escaped`() {
        let page = "<html>\u{1B}[31m" + String(repeating: "x", count: 500)
        let error = APIError(HTTPResponse(status: 502, body: Array(page.utf8)), operation: "list pods")
        let start = String(repeating: "x", count: 200 - 11)
        #expect(
            described(error)
                == "api-status-502: cannot list pods: the server answered with status 502: \"<html>\\u001b[31m\(start)\""
        )
    }

    @Test func `an answer without a body still says something`() {
        let error = APIError(HTTPResponse(status: 503), operation: "list pods")
        #expect(described(error) == "api-status-503: cannot list pods: the server answered with status 503")
    }

    @Test(arguments: [
        ("299 - \"spec.x: deprecated\"", ["spec.x: deprecated"]),
        ("299 kube-apiserver \"say \\\"hi\\\" \\\\ there\"", ["say \"hi\" \\ there"]),
        ("299 - \"one\" \"Wed, 21 Oct 2026 07:28:00 GMT\", 299 - \"two\"", ["one", "two"]),
        ("299 - \"one\",299 - \"two, three\"", ["one", "two, three"]),
        ("299 -", []),
        ("299 - \"open", ["open"]),
        ("", []),
    ])
    func `warnings are read from their header field`(field: String, texts: [String]) {
        #expect(WarningHeader.texts(in: ["warning": field]) == texts)
    }
}
