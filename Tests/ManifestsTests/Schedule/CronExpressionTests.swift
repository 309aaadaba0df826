import FoundationEssentials
import Manifests
import Resources
import Testing

/// A moment as RFC 3339 writes it.
func moment(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

/// A zone of the IANA database.
func zone(_ name: String) throws -> TimeZone { try #require(TimeZone(identifier: name)) }

@Suite struct CronExpressionTests {
    /// The next times, in UTC and without their seconds.
    private func next(_ cron: String, after: String, in name: String = "UTC", count: Int = 1) throws -> [String] {
        let cron = try CronExpression(cron)
        var time = try moment(after)
        var times: [String] = []
        for _ in 0..<count {
            guard let next = cron.next(after: time, in: try zone(name)) else { break }
            times.append(String(next.formatted(.iso8601).dropLast(4)))
            time = next
        }
        return times
    }

    @Test(arguments: [
        ("* * * * *", "2026-03-01T10:00:00Z", "2026-03-01T10:01"),
        ("* * * * *", "2026-03-01T10:00:59Z", "2026-03-01T10:01"),
        ("30 4 * * *", "2026-03-01T04:30:00Z", "2026-03-02T04:30"),
        ("30 4 * * *", "2026-03-01T04:29:59Z", "2026-03-01T04:30"),
        ("*/20 9-17/4 * * *", "2026-03-01T09:40:00Z", "2026-03-01T13:00"),
        ("5,35 0 * * *", "2026-03-01T00:05:00Z", "2026-03-01T00:35"),
        ("59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59"),
        ("0 0 * FEB *", "2026-03-01T00:00:00Z", "2027-02-01T00:00"),
        ("0 0 * jan-Mar/2 *", "2026-01-31T00:00:00Z", "2026-03-01T00:00"),
        // 1 March 2026 is a Sunday.
        ("0 0 * * 0", "2026-02-28T00:00:00Z", "2026-03-01T00:00"),
        ("0 0 * * 7", "2026-02-28T00:00:00Z", "2026-03-01T00:00"),
        ("0 0 * * Mon", "2026-02-28T00:00:00Z", "2026-03-02T00:00"),
        ("0 0 * * fri-sun", "2026-03-02T00:00:00Z", "2026-03-06T00:00"),
        ("0 0 * * 5-7", "2026-02-28T00:00:00Z", "2026-03-01T00:00"),
        ("@hourly", "2026-03-01T10:00:00Z", "2026-03-01T11:00"),
        ("@daily", "2026-03-01T10:00:00Z", "2026-03-02T00:00"),
        ("@weekly", "2026-03-01T10:00:00Z", "2026-03-08T00:00"),
        ("@monthly", "2026-03-01T10:00:00Z", "2026-04-01T00:00"),
        ("@yearly", "2026-03-01T10:00:00Z", "2027-01-01T00:00"),
        ("0 0 1 1 *", "1969-06-01T00:00:00Z", "1970-01-01T00:00"),
        ("0 0 * * 3", "1969-12-30T00:00:00Z", "1969-12-31T00:00"),
    ])
    func `the next time`(cron: String, after: String, expected: String) throws {
        #expect(try next(cron, after: after) == [expected])
    }

    @Test(arguments: [
        ("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00"),
        ("0 0 29 2 */7", "2032-03-01T00:00:00Z", "2060-02-29T00:00"),
        ("0 0 29 2 */7", "2088-03-01T00:00:00Z", "2128-02-29T00:00"),
    ])
    func `a leap day comes, also on a weekday`(cron: String, after: String, expected: String) throws {
        #expect(try next(cron, after: after) == [expected])
    }

    @Test(arguments: ["0 0 31 2 *", "0 0 30 feb *", "0 0 31 4,6,9,11 *"])
    func `a day that no month has never comes`(cron: String) throws {
        #expect(try next(cron, after: "2026-01-01T00:00:00Z") == [])
    }

    @Test(arguments: [
        // Friday the 13th, or any Friday, or any 13th: one of two restricted days is enough.
        ("0 0 13 * 5", ["2026-03-06", "2026-03-13", "2026-03-20"]),
        ("0 0 13 * *", ["2026-03-13", "2026-04-13", "2026-05-13"]),
        ("0 0 * * 5", ["2026-03-06", "2026-03-13", "2026-03-20"]),
        ("0 0 2 * 5", ["2026-03-02", "2026-03-06", "2026-03-13"]),
        // A field that begins with * restricts nothing by itself, so that both must match.
        ("0 0 */2 * 5", ["2026-03-13", "2026-03-27", "2026-04-03"]),
        ("0 0 13 * */5", ["2026-03-13", "2026-09-13", "2026-11-13"]),
    ])
    func `both days restricted mean either of them`(cron: String, days: [String]) throws {
        #expect(try next(cron, after: "2026-03-01T12:00:00Z", count: 3) == days.map { $0 + "T00:00" })
    }

    @Test(arguments: [
        // Clocks go from 2:00 to 3:00 on 29 March 2026, and from 3:00 to 2:00 on 25 October.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", ["2026-03-29T01:00", "2026-03-30T00:30"]),
        ("0,30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", ["2026-03-29T01:00", "2026-03-30T00:00"]),
        (
            "0 * * * *", "Europe/Berlin", "2026-03-28T23:59:00Z",
            ["2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T02:00"]
        ),
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", ["2026-10-26T01:30"]),
        ("0 * * * *", "Europe/Berlin", "2026-10-24T23:00:00Z", ["2026-10-25T00:00", "2026-10-25T02:00"]),
        ("30 3 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", ["2026-10-25T02:30", "2026-10-26T02:30"]),
        ("30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z", ["2026-03-08T07:00", "2026-03-09T06:30"]),
        ("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", ["2026-11-01T05:30", "2026-11-02T06:30"]),
        // Half an hour: from 2:00 to 2:30 on 4 October, and from 2:00 to 1:30 on 5 April.
        ("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", ["2026-10-03T15:30", "2026-10-04T15:15"]),
        ("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00:00Z", ["2026-04-04T14:45", "2026-04-05T15:15"]),
        ("0 2 * * *", "Australia/Lord_Howe", "2026-04-04T00:00:00Z", ["2026-04-04T15:30", "2026-04-05T15:30"]),
        // 30 December 2011 was skipped as a whole.
        ("0 12 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", ["2011-12-30T10:00", "2012-12-29T22:00"]),
        ("0 9 * * *", "Asia/Kathmandu", "2026-03-01T00:00:00Z", ["2026-03-01T03:15"]),
    ])
    func `a skipped time comes after the gap, a repeated one once`(
        cron: String, zone: String, after: String, expected: [String]
    ) throws {
        #expect(try next(cron, after: after, in: zone, count: expected.count) == expected)
    }

    @Test(arguments: [
        ("", "there must be 5 fields (minute, hour, day of the month, month, day of the week), not 0"),
        ("0 0 * * * *", "there must be 5 fields (minute, hour, day of the month, month, day of the week), not 6"),
        ("@often", "\"@often\" is unknown; known are @daily, @hourly, @monthly, @weekly, @yearly"),
        ("60 * * * *", "minute: \"60\" is not a number from 0 to 59"),
        ("* 24 * * *", "hour: \"24\" is not a number from 0 to 23"),
        ("* * 0 * *", "day of the month: \"0\" is not a number from 1 to 31"),
        ("* * * 13 *", "month: \"13\" is not a number from 1 to 12, nor a name such as feb"),
        ("* * * * 8", "day of the week: \"8\" is not a number from 0 to 7, nor a name such as mon"),
        ("* * * * monday", "day of the week: \"monday\" is not a number from 0 to 7, nor a name such as mon"),
        ("mon * * * *", "minute: \"mon\" is not a number from 0 to 59"),
        ("5-1 * * * *", "minute: the range \"5-1\" ends before it begins"),
        ("* * * * sun-0", nil),
        ("* * * * tue-mon", "day of the week: the range \"tue-mon\" ends before it begins"),
        ("1, * * * *", "minute: \"\" is not a number from 0 to 59"),
        ("-1 * * * *", "minute: \"\" is not a number from 0 to 59"),
        ("+1 * * * *", "minute: \"+1\" is not a number from 0 to 59"),
        ("5/15 * * * *", "minute: the step \"5/15\" needs * or a range before it"),
        ("*/0 * * * *", "minute: the step \"0\" is not a number from 1 to 60"),
        ("*/90 * * * *", "minute: the step \"90\" is not a number from 1 to 60"),
        ("*/ * * * *", "minute: the step \"\" is not a number from 1 to 60"),
        ("*/99999999999999999999 * * * *", "minute: the step \"99999999999999999999\" is not a number from 1 to 60"),
    ])
    func `what is wrong is told with the field's name`(text: String, message: String?) {
        do throws(CronExpression.Problem) {
            _ = try CronExpression(text)
            #expect(message == nil)
        } catch {
            #expect(error.message == message)
        }
    }
}
