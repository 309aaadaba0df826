extension Duration {
    /// In seconds, to the millisecond.
    package var seconds: Double {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        return Double(milliseconds) / 1000
    }

    /// For people: `0.4s`, `12s`, `1m30s`, `2h`; tenths below ten seconds only.
    package var brief: String {
        let whole = Int(components.seconds)
        if whole < 10 {
            let tenths = Int(seconds * 10)
            return tenths % 10 == 0 ? "\(tenths / 10)s" : "\(tenths / 10).\(tenths % 10)s"
        }
        let parts = [(whole / 3600, "h"), (whole / 60 % 60, "m"), (whole % 60, "s")]
        return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    }
}
