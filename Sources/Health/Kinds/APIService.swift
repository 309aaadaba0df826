internal import Resources

/// APIService: the aggregated API answers.
enum APIServiceHealth {
    static func assess(_ service: KubernetesObject) -> ObjectHealth {
        guard let available = service.condition("Available") else {
            return .inProgress("NotChecked", "the server has not yet checked the API")
        }
        // What was said of a group of the server's own is stale once another server is to answer for it.
        if available.reason == "Local", service.spec["service"]?.object != nil {
            return .inProgress("NotChecked", "the server has not yet checked the API's new service")
        }
        return available.isTrue
            ? .current("Available", "the API is available")
            : .inProgress(available.reason ?? "NotAvailable", available.text(or: "the API is not available"))
    }
}
