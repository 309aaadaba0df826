/// What a request asks for, by its path.
enum SyncRoute: Hashable {
    case health
    case readiness
    case metrics
    case applications
    case application(String)
    case trigger(String)
    /// Nil is all applications.
    case webhook(String?)

    /// - Parameter path: with or without a query, which says nothing here. Names stand for themselves: none has to be escaped.
    init?(path: String) {
        let parts = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.first == "" else { return nil }
        switch parts.dropFirst() {
        case ["healthz"]: self = .health
        case ["readyz"]: self = .readiness
        case ["metrics"]: self = .metrics
        case ["webhook"]: self = .webhook(nil)
        case ["api", "v1", "applications"]: self = .applications
        default:
            guard let named = Self.named(parts.dropFirst()) else { return nil }
            self = named
        }
    }

    private static func named(_ parts: ArraySlice<String>) -> SyncRoute? {
        guard let name = parts.starts(with: ["webhook"]) ? parts.dropFirst().first : parts.dropFirst(3).first,
            !name.isEmpty
        else { return nil }
        switch parts {
        case ["webhook", name]: return .webhook(name)
        case ["api", "v1", "applications", name]: return .application(name)
        case ["api", "v1", "applications", name, "trigger"]: return .trigger(name)
        default: return nil
        }
    }

    var method: String {
        switch self {
        case .health, .readiness, .metrics, .applications, .application: "GET"
        case .trigger, .webhook: "POST"
        }
    }

    var isOfAPI: Bool {
        switch self {
        case .applications, .application, .trigger: true
        case .health, .readiness, .metrics, .webhook: false
        }
    }
}
