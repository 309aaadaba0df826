/// Amounts as manifests write them.
package enum ResourceText {
    package static func text(_ amount: Int64, of name: String) -> String {
        if name == "cpu" { return amount % 1000 == 0 ? "\(amount / 1000)" : "\(amount)m" }
        guard name == "memory" || name == "ephemeral-storage" || name.hasPrefix("hugepages-") else {
            return "\(amount)"
        }
        var (number, suffix) = (amount, "")
        for unit in ["Ki", "Mi", "Gi", "Ti"] where number != 0 && number % 1024 == 0 {
            number /= 1024
            suffix = unit
        }
        return "\(number)\(suffix)"
    }
}
