internal import FoundationEssentials
internal import Resources

/// When an object that drifts again and again may be repaired: at once the first time, later and later while something
/// fights back.
struct DriftBackoff: Sendable {
    private struct Fight: Sendable {
        /// How often it was looked at.
        var rounds: Int
        /// How often that has changed it.
        var repairs: Int
        var lastRepair: Date
    }

    /// After so long without drift an object is taken for settled.
    static let peace: TimeInterval = 600
    /// The longest that a repair is put off.
    static let longest: TimeInterval = 300
    /// From so many rounds on it is a fight, which is told of.
    static let fightingRounds = 3

    private var fights: [ObjectIdentity: Fight] = [:]

    /// When the object may be repaired.
    func due(_ identity: ObjectIdentity, at now: Date) -> Date {
        guard let fight = fights[identity], Self.isRecent(fight, at: now) else { return now }
        let exponent = min(fight.rounds - 1, 20)
        let pause = fight.rounds == 0 ? 0 : min(Self.longest, Double(1 << exponent))
        return max(now, fight.lastRepair.addingTimeInterval(pause))
    }

    /// Notes that objects have been repaired.
    /// - Returns: Those that are being fought over.
    mutating func repaired(_ identities: some Sequence<ObjectIdentity>, at now: Date) -> Set<ObjectIdentity> {
        fights = fights.filter { Self.isRecent($0.value, at: now) }
        var fought: Set<ObjectIdentity> = []
        for identity in identities {
            let repairs = (fights[identity]?.repairs ?? 0) + 1
            fights[identity] = Fight(rounds: (fights[identity]?.rounds ?? 0) + 1, repairs: repairs, lastRepair: now)
            if repairs >= Self.fightingRounds { fought.insert(identity) }
        }
        return fought
    }

    /// Notes that nothing was to be repaired about objects after all, so that nobody looks at them without pause.
    mutating func foundNothing(_ identities: some Sequence<ObjectIdentity>, at now: Date) {
        fights = fights.filter { Self.isRecent($0.value, at: now) }
        for identity in identities {
            let known = fights[identity]
            fights[identity] = Fight(
                rounds: (known?.rounds ?? 0) + 1, repairs: known?.repairs ?? 0, lastRepair: now)
        }
    }

    /// Whether an object still counts as drifting; one that was repaired after now, because the clock was set back, doesn't.
    private static func isRecent(_ fight: Fight, at now: Date) -> Bool {
        (0..<peace).contains(now.timeIntervalSince(fight.lastRepair))
    }
}
