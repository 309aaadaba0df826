internal import FoundationEssentials

/// The text of the header `Date` (RFC 9110, 5.6.7), made once a second.
struct DateHeader {
    private var second = Int.min
    private var made = ""

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    mutating func text(at now: Date) -> String {
        let second = Int(now.timeIntervalSince1970)
        if second != self.second {
            self.second = second
            made = Self.text(second)
        }
        return made
    }

    /// - Parameter second: since 1970, which began on a Thursday.
    private static func text(_ second: Int) -> String {
        let date = Date(timeIntervalSince1970: TimeInterval(second)).formatted(.iso8601)
        let month = Int(date.dropFirst(5).prefix(2)).map { months[$0 - 1] } ?? ""
        let weekday = weekdays[(second / 86400 + 4) % 7]
        return
            "\(weekday), \(date.dropFirst(8).prefix(2)) \(month) \(date.prefix(4)) \(date.dropFirst(11).prefix(8)) GMT"
    }
}
