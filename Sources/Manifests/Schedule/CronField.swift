/// One of a cron expression's fields: its name, its values and their names.
struct CronField {
    let name: String
    let range: ClosedRange<Int>
    /// The names of the values from the first one on, in lower case.
    let names: [String]

    static let minute = CronField(name: "minute", range: 0...59, names: [])
    static let hour = CronField(name: "hour", range: 0...23, names: [])
    static let day = CronField(name: "day of the month", range: 1...31, names: [])
    static let month = CronField(
        name: "month", range: 1...12,
        names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
    /// Sunday is 0 and 7.
    static let weekday = CronField(
        name: "day of the week", range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

    /// The values that a text names: a list of numbers, names, ranges, `*`, and steps over the last two.
    func values(of text: Substring) throws(CronExpression.Problem) -> Set<Int> {
        var values: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let span = try span(of: pieces[0])
            let step = pieces.count == 2 ? try step(pieces[1], over: pieces[0]) : 1
            values.formUnion(stride(from: span.lowerBound, through: span.upperBound, by: step))
        }
        return values
    }

    private func span(of text: Substring) throws(CronExpression.Problem) -> ClosedRange<Int> {
        if text == "*" { return range }
        let bounds = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let low = try value(of: bounds[0])
        guard bounds.count == 2 else { return low...low }
        var high = try value(of: bounds[1])
        // A week may end with its Sunday: fri-sun.
        if high == 0, range == Self.weekday.range, bounds[1].lowercased() == Self.weekday.names[0] { high = 7 }
        guard low <= high else { throw problem("the range \"\(text)\" ends before it begins") }
        return low...high
    }

    private func step(_ text: Substring, over span: Substring) throws(CronExpression.Problem) -> Int {
        guard span == "*" || span.contains("-") else {
            throw problem("the step \"\(span)/\(text)\" needs * or a range before it")
        }
        guard let step = number(text), (1...range.count).contains(step) else {
            throw problem("the step \"\(text)\" is not a number from 1 to \(range.count)")
        }
        return step
    }

    private func value(of text: Substring) throws(CronExpression.Problem) -> Int {
        if let index = names.firstIndex(of: text.lowercased()) { return index + range.lowerBound }
        guard let value = number(text), range.contains(value) else {
            let name = names.isEmpty ? "" : ", nor a name such as \(names[1])"
            throw problem("\"\(text)\" is not a number from \(range.lowerBound) to \(range.upperBound)\(name)")
        }
        return value
    }

    /// Digits alone: `Int` would also read a sign.
    private func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy(NameSyntax.isDigit) ? Int(text) : nil
    }

    private func problem(_ what: String) -> CronExpression.Problem {
        CronExpression.Problem(message: "\(name): \(what)")
    }
}
