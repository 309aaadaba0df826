package import Resources

/// What the API answers instead of an object: a `Status` of `meta/v1`
/// (k8s.io/apimachinery/pkg/api/errors/errors.go has the wording).
package struct APIStatus: Error, Hashable, Sendable {
    package var code: Int
    package var reason: String
    package var message: String
    package var details: Value?
    package var isSuccess: Bool { code < 400 }

    package init(code: Int, reason: String, message: String, details: Value? = nil) {
        self.code = code
        self.reason = reason
        self.message = message
        self.details = details
    }

    /// The object that goes over the wire.
    package var value: Value {
        var value: Value = [
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": isSuccess ? "Success" : "Failure",
            "code": .integer(Int64(code)),
        ]
        if !message.isEmpty { value["message"] = .string(message) }
        if !reason.isEmpty { value["reason"] = .string(reason) }
        if let details { value["details"] = details }
        return value
    }
}
