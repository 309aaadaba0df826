extension Value {
    /// What a text like `25%` is of a total, from 0 to what 32 bits hold (`GetScaledValueFromIntOrPercent` in
    /// k8s.io/apimachinery/pkg/util/intstr); nil where it is no percentage.
    package func percentage(of total: Int, roundsUp: Bool) -> Int? {
        guard let text = string, text.hasSuffix("%"), let percent = Int(text.dropLast()) else { return nil }
        let share = (Double(percent) * Double(total) / 100).rounded(roundsUp ? .up : .down)
        return Int(min(max(share, 0), Double(Int32.max)))
    }
}
