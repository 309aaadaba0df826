/// `1 replica`, `2 replicas`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// `1 of 3 replicas`, `0 of 1 replica`.
func counted(_ count: Int, of total: Int, _ noun: String) -> String {
    "\(count) of \(counted(total, noun))"
}
