/// What a request's path and query are about.
struct RequestTarget: Sendable {
    enum Route: Hashable, Sendable {
        case health
        case version
        /// `/api`
        case coreVersions
        /// `/apis`
        case groups
        /// `/apis/GROUP`
        case group(String)
        /// `/api/v1`, `/apis/GROUP/VERSION`
        case resources(group: String, version: String)
        case openAPIv2
        /// `/openapi/v3`
        case openAPIIndex
        /// `/openapi/v3/apis/GROUP/VERSION`
        case openAPIv3(group: String, version: String)
        case objects(ResourcePath)
        case unknown
    }

    /// `/apis/GROUP/VERSION/namespaces/NAMESPACE/PLURAL/NAME/SUBRESOURCE`, shorter as it may be.
    struct ResourcePath: Hashable, Sendable {
        var group: String
        var version: String
        /// Nil where the path names none: the object is cluster-scoped, or all namespaces are meant.
        var namespace: String?
        var plural: String
        var name: String?
        var subresource: String?
    }

    let path: String
    let route: Route
    /// The first value of each parameter, as Go's `url.Values.Get` has it.
    let query: [String: String]
    /// Every value of the parameter `dryRun`, the one that is a list.
    let dryRun: [String]

    init(_ text: String) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        var query: [String: String] = [:]
        var dryRun: [String] = []
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(sides[0])
            let value = sides.count > 1 ? Self.decoded(sides[1]) : ""
            if query[name] == nil { query[name] = value }
            if name == "dryRun" { dryRun.append(value) }
        }
        self.query = query
        self.dryRun = dryRun
        route = Self.route(Self.parts(of: path))
    }

    /// The text without percent-encoding; as it stands where that is broken.
    private static func decoded(_ text: Substring, plusIsSpace: Bool = true) -> String {
        let isEncoded = text.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }
        if !isEncoded { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) else { return String(text) }
                bytes.append(value)
                rest = rest.dropFirst(2)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Slashes at the ends don't count; between two others there is an empty part.
    private static func parts(of path: String) -> [String] {
        var trimmed = path.drop { $0 == "/" }
        while trimmed.last == "/" { trimmed.removeLast() }
        return trimmed.split(separator: "/", omittingEmptySubsequences: false).map { decoded($0, plusIsSpace: false) }
    }

    private static func route(_ parts: [String]) -> Route {
        switch parts.first {
        case "healthz", "livez", "readyz": return parts.count == 1 || parts.dropFirst() == ["ping"] ? .health : .unknown
        case "version" where parts.count == 1: return .version
        case "openapi": return openAPI(Array(parts.dropFirst()))
        case "api":
            if parts.count == 1 { return .coreVersions }
            return resource(group: "", version: parts[1], Array(parts.dropFirst(2)))
        case "apis":
            if parts.count == 1 { return .groups }
            if parts.count == 2 { return .group(parts[1]) }
            return resource(group: parts[1], version: parts[2], Array(parts.dropFirst(3)))
        default: return .unknown
        }
    }

    private static func openAPI(_ parts: [String]) -> Route {
        switch (parts.count, parts.first) {
        case (1, "v2"): .openAPIv2
        case (1, "v3"): .openAPIIndex
        case (3, "v3") where parts[1] == "api": .openAPIv3(group: "", version: parts[2])
        case (4, "v3") where parts[1] == "apis": .openAPIv3(group: parts[2], version: parts[3])
        default: .unknown
        }
    }

    private static func resource(group: String, version: String, _ parts: [String]) -> Route {
        guard !parts.isEmpty else { return .resources(group: group, version: version) }
        var path = ResourcePath(group: group, version: version, plural: parts[0])
        var rest = parts.dropFirst()
        // `namespaces/NAME/status` is about the namespace, `namespaces/NAME/pods` about what is in it.
        if parts[0] == "namespaces", parts.count > 2, !["status", "finalize"].contains(parts[2]) {
            // Without a name all namespaces are meant.
            path.namespace = parts[1].isEmpty ? nil : parts[1]
            path.plural = parts[2]
            rest = parts.dropFirst(3)
        }
        guard !path.plural.isEmpty, !rest.contains("") else { return .unknown }
        path.name = rest.popFirst()
        path.subresource = rest.isEmpty ? nil : rest.joined(separator: "/")
        return .objects(path)
    }
}
