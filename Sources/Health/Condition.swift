internal import FoundationEssentials
internal import Resources

/// One entry of `status.conditions`, as `metav1.Condition` and its forerunners have it.
struct Condition: Hashable {
    let type: String
    /// `True`, `False` or `Unknown`.
    let status: String
    /// Nil where it is missing or empty.
    let reason: String?
    /// Nil where it is missing or empty.
    let message: String?
    let observedGeneration: Int?
    let lastTransition: Date?

    init?(_ value: Value) {
        guard let type = value["type"]?.string, let status = value["status"]?.string else { return nil }
        self.type = type
        self.status = status
        reason = value["reason"]?.nonEmptyString
        message = value["message"]?.nonEmptyString
        observedGeneration = value["observedGeneration"]?.integer
        lastTransition = value["lastTransitionTime"]?.date
    }

    var isTrue: Bool { status == "True" }
    var isFalse: Bool { status == "False" }

    /// What the condition tells people: its message, else its reason, else the given text.
    func text(or fallback: String) -> String {
        message ?? reason ?? fallback
    }
}

extension KubernetesObject {
    var spec: Value { value["spec"] ?? .null }
    var status: Value { value["status"] ?? .null }

    func condition(_ type: String) -> Condition? {
        status["conditions"]?.array?.lazy.compactMap(Condition.init).first { $0.type == type }
    }
}

extension Value {
    /// The string where the value is one and has a character.
    var nonEmptyString: String? {
        string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The strings of a list of strings.
    var strings: [String] {
        (array ?? []).compactMap(\.string)
    }

    /// The instant of an RFC 3339 time in UTC, with or without fractions of a second (`metav1.Time` and `MicroTime`).
    var date: Date? {
        guard let text = string else { return nil }
        return (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}
