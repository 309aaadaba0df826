package import Resources

/// The version of an API server, as `/version` tells it.
package struct ServerVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    /// Such as `v1.20.2`.
    package let gitVersion: String

    package init(major: Int, minor: Int, gitVersion: String = "") {
        self.major = major
        self.minor = minor
        self.gitVersion = gitVersion.isEmpty ? "v\(major).\(minor)" : gitVersion
    }

    /// Reads the answer of `/version`; a provider's mark after the number (`20+`) is left out.
    package init?(_ value: Value) {
        guard let major = Self.number(value["major"]), let minor = Self.number(value["minor"]) else { return nil }
        self.init(major: major, minor: minor, gitVersion: value["gitVersion"]?.string ?? "")
    }

    /// Whether the server reports unknown and duplicate fields as errors when asked to (since 1.25).
    package var hasStrictFieldValidation: Bool { self >= ServerVersion(major: 1, minor: 25) }

    /// Whether affinity can be about namespaces by their labels (since 1.22, KEP-2249).
    package var selectsNamespaces: Bool { self >= ServerVersion(major: 1, minor: 22) }

    package var description: String { gitVersion }

    package static func < (left: ServerVersion, right: ServerVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    package static func == (left: ServerVersion, right: ServerVersion) -> Bool {
        (left.major, left.minor) == (right.major, right.minor)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(major)
        hasher.combine(minor)
    }

    private static func number(_ value: Value?) -> Int? {
        value?.string.flatMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }
    }
}
