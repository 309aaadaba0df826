internal import FoundationEssentials
internal import Resources

/// Tells how long ago something was, as tables have it.
struct TableClock: Sendable {
    let now: Date

    /// The cell for a time of the API: its age, or that it is unknown.
    func age(_ time: Value?) -> Value { .string(ageText(time)) }

    func ageText(_ time: Value?) -> String {
        guard let date = Self.date(time) else { return "<unknown>" }
        return Self.text(now.timeIntervalSince(date))
    }

    func age(of object: KubernetesObject) -> Value { age(object.metadata["creationTimestamp"]) }

    /// A time of the API with or without fractions of a second; nil where it is none.
    static func date(_ time: Value?) -> Date? {
        guard let text = time?.string, !text.isEmpty else { return nil }
        return (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }

    /// Two or three digits of a time in seconds: `5s`, `2m30s`, `3h`, `2d5h` (k8s.io/apimachinery/pkg/util/duration).
    static func text(_ interval: Double) -> String {
        let seconds = Int(interval)
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
        switch seconds {
        case ..<(-1): return "<invalid>"
        case ..<0: return "0s"
        case ..<120: return "\(seconds)s"
        case ..<600: return pair(minutes, "m", seconds % 60, "s")
        case ..<(180 * 60): return "\(minutes)m"
        case ..<(8 * 3600): return pair(hours, "h", minutes % 60, "m")
        case ..<(48 * 3600): return "\(hours)h"
        case ..<(8 * 86_400): return pair(days, "d", hours % 24, "h")
        case ..<(2 * 365 * 86_400): return "\(days)d"
        case ..<(8 * 365 * 86_400): return pair(days / 365, "y", days % 365, "d")
        default: return "\(days / 365)y"
        }
    }

    private static func pair(_ first: Int, _ firstUnit: String, _ second: Int, _ secondUnit: String) -> String {
        second == 0 ? "\(first)\(firstUnit)" : "\(first)\(firstUnit)\(second)\(secondUnit)"
    }
}
