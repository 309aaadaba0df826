internal import Planning

/// What a server that does not lead asks of the one that does: to look for news in the sources of applications.
///
/// It is an annotation of the leader's Lease, so that servers need no way to each other. The leader comes upon it with its
/// next renewal, which takes it away.
package enum PollRequest: Hashable, Sendable {
    case all
    case applications(Set<String>)

    static let annotation = "endstate.dev/poll"
    private static let everything = "*"
    /// More applications than that are as good as all.
    private static let limit = 100

    /// - Parameter application: Nil for all.
    /// - Returns: Nil where no application can have that name.
    package init?(of application: String?) {
        guard let application else {
            self = .all
            return
        }
        guard DNSName.isSubdomain(application) else { return nil }
        self = .applications([application])
    }

    /// - Parameter text: The annotation's value.
    /// - Returns: Nil where it asks for nothing.
    init?(_ text: String) {
        if text == Self.everything {
            self = .all
            return
        }
        let names = text.split(separator: ",").map(String.init).filter(DNSName.isSubdomain)
        if names.isEmpty { return nil }
        self = .applications(Set(names))
    }

    /// The annotation's value.
    var text: String {
        switch self {
        case .all: Self.everything
        case .applications(let names): names.sorted().joined(separator: ",")
        }
    }

    private static func limited(_ names: Set<String>) -> PollRequest {
        names.count > limit ? .all : .applications(names)
    }

    func joined(with other: PollRequest?) -> PollRequest {
        switch (self, other) {
        case (_, nil): self
        case (.all, _), (_, .all): .all
        case (.applications(let names), .applications(let others)): Self.limited(names.union(others))
        }
    }
}
