internal import FoundationEssentials

extension Duration {
    /// The largest unit alone, as kubectl shows ages: `45s`, `3m`, `7h`, `12d`.
    var coarse: String {
        let seconds = components.seconds
        return switch seconds {
        case ..<120: "\(seconds)s"
        case ..<7200: "\(seconds / 60)m"
        case ..<172_800: "\(seconds / 3600)h"
        default: "\(seconds / 86400)d"
        }
    }
}

extension Date {
    /// `3m ago`; a clock that goes behind the cluster's shows `0s ago`.
    func ago(_ now: Date) -> String {
        Duration.seconds(max(0, now.timeIntervalSince(self))).coarse + " ago"
    }
}
