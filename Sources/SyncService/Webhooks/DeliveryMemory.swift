internal import Crypto
package import FoundationEssentials
internal import Resources

/// Remembers webhooks, so that one that comes again can be dropped.
///
/// GitHub, Gitea, Forgejo, Bitbucket and GitLab's tokens don't sign the delivery's id; a replay could claim another one. So
/// what was signed is remembered as well as the id.
package struct DeliveryMemory: Sendable {
    private struct Entry: Sendable {
        let keys: [SHA256Digest]
        let time: Date
    }

    private let maximumCount: Int
    private let maximumAge: TimeInterval
    /// In the order of their arrival.
    private var entries: [Entry] = []
    private var known: Set<SHA256Digest> = []

    /// - Parameters:
    ///   - maximumCount: of deliveries, each of which takes about 100 bytes; the oldest give way.
    ///   - maximumAge: has to be longer than the 10 minutes in which a signed time is believed.
    package init(maximumCount: Int = 4096, maximumAge: Duration = .seconds(24 * 3600)) {
        self.maximumCount = maximumCount
        self.maximumAge = TimeInterval(maximumAge.components.seconds)
    }

    /// How many deliveries are remembered.
    package var count: Int { entries.count }

    /// Remembers the delivery.
    /// - Parameter target: what it is for: senders send the same to several targets, with the same signature.
    /// - Returns: false where it was known; its age stays that of the first one.
    package mutating func insert(_ delivery: WebhookDelivery, for target: String?, now: Date) -> Bool {
        let oldest = now.addingTimeInterval(-maximumAge)
        forget(entries.firstIndex { $0.time >= oldest } ?? entries.count)
        let keys = Self.keys(delivery, target)
        guard known.isDisjoint(with: keys) else { return false }
        entries.append(Entry(keys: keys, time: now))
        known.formUnion(keys)
        if entries.count > maximumCount { forget(entries.count - maximumCount) }
        return true
    }

    /// Forgets a delivery that had no effect.
    package mutating func remove(_ delivery: WebhookDelivery, for target: String?) {
        let keys = Self.keys(delivery, target)
        entries.removeAll { $0.keys == keys }
        known.subtract(keys)
    }

    private mutating func forget(_ count: Int) {
        for entry in entries.prefix(count) { known.subtract(entry.keys) }
        entries.removeFirst(count)
    }

    /// Digests, so that no id is too long to be remembered.
    private static func keys(_ delivery: WebhookDelivery, _ target: String?) -> [SHA256Digest] {
        var texts = ["signed \(delivery.digest.hexadecimal)"]
        if let id = delivery.id { texts.append("id \(delivery.sender.rawValue) \(id)") }
        // No target has a line end in its name.
        return texts.map { SHA256.hash(data: Array("\(target ?? "")\n\($0)".utf8)) }
    }
}
