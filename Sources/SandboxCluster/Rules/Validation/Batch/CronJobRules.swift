internal import Resources

/// CronJobs (pkg/apis/batch/validation).
enum CronJobRules {
    static func check(_ job: Field, _ findings: inout Findings) {
        MetadataRules.check(job["metadata"], isNamespaced: true, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(job["metadata"], &findings)
        checkSpec(job["spec"], &findings)
        let name = job[path: "metadata", "name"]
        // Its Jobs add a dash and ten digits.
        if name.string.utf8.count > 52 { findings.invalid(name, "must be no more than 52 characters") }
    }

    private static func checkSpec(_ spec: Field, _ findings: inout Findings) {
        let schedule = spec["schedule"]
        if schedule.isEmpty {
            findings.required(schedule)
        } else if let reason = CronSyntax.reason(against: schedule.string) {
            findings.invalid(schedule, reason)
        }
        findings.checkNotNegative(spec["startingDeadlineSeconds"])
        findings.checkSupported(spec["concurrencyPolicy"], ["Allow", "Forbid", "Replace"])
        let template = spec[path: "jobTemplate", "spec"]
        JobRules.checkSpec(template, &findings)
        if template["selector"].isPresent {
            findings.invalid(
                template["selector"], shown: GoSyntax.labelSelector(template["selector"]),
                "`selector` will be auto-generated")
        }
        if template["manualSelector"].isTrue {
            findings.unsupported(template["manualSelector"], supported: ["nil", "false"])
        }
        findings.checkNotNegative(spec["successfulJobsHistoryLimit"])
        findings.checkNotNegative(spec["failedJobsHistoryLimit"])
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        checkSpec(new["spec"], &findings)
    }
}

/// The times at which a CronJob runs, as the library robfig/cron reads them.
enum CronSyntax {
    private struct Bounds {
        let least: Int
        let most: Int
        var names: [String] = []
    }

    private static let fields = [
        Bounds(least: 0, most: 59), Bounds(least: 0, most: 23), Bounds(least: 1, most: 31),
        Bounds(
            least: 1, most: 12,
            names: ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        Bounds(least: 0, most: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ]

    private static let descriptors = ["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"]

    /// Why the text is no schedule; nil where it is one.
    static func reason(against text: String) -> String? {
        if text.hasPrefix("@") { return reason(againstDescriptor: text) }
        let parts = text.split(whereSeparator: \.isWhitespace)
        guard parts.count == fields.count else {
            return "Expected exactly 5 fields, found \(parts.count): \(text)"
        }
        for (part, bounds) in zip(parts, fields) {
            for expression in part.split(separator: ",") {
                do { try check(expression, bounds) } catch { return error.reason }
            }
        }
        return nil
    }

    private static func reason(againstDescriptor text: String) -> String? {
        if descriptors.contains(String(text.dropFirst())) { return nil }
        let every = "@every "
        guard text.hasPrefix(every) else { return "Unrecognized descriptor: \(text)" }
        let duration = String(text.dropFirst(every.count))
        if Duration(goText: duration) != nil { return nil }
        return "Failed to parse duration \(text): time: invalid duration \(GoSyntax.quoted(duration))"
    }

    private struct Refusal: Error {
        let reason: String
    }

    /// `*`, `1`, `1-5`, `*/2`, `mon-fri/2`.
    private static func check(_ expression: Substring, _ bounds: Bounds) throws(Refusal) {
        let steps = expression.split(separator: "/", omittingEmptySubsequences: false)
        let ends = steps[0].split(separator: "-", omittingEmptySubsequences: false)
        var (start, end) = (bounds.least, bounds.most)
        if ends[0] != "*", ends[0] != "?" {
            start = try number(ends[0], bounds.names)
            guard ends.count <= 2 else { throw Refusal(reason: "Too many hyphens: \(expression)") }
            end = ends.count == 2 ? try number(ends[1], bounds.names) : start
        }
        var step = 1
        if steps.count > 1 {
            guard steps.count == 2 else { throw Refusal(reason: "Too many slashes: \(expression)") }
            step = try number(steps[1], [])
            if ends.count == 1 { end = bounds.most }
        }
        if start < bounds.least {
            throw Refusal(reason: "Beginning of range (\(start)) below minimum (\(bounds.least)): \(expression)")
        }
        if end > bounds.most {
            throw Refusal(reason: "End of range (\(end)) above maximum (\(bounds.most)): \(expression)")
        }
        if start > end {
            throw Refusal(reason: "Beginning of range (\(start)) beyond end of range (\(end)): \(expression)")
        }
        if step == 0 { throw Refusal(reason: "Step of range should be a positive number: \(expression)") }
    }

    private static func number(_ text: Substring, _ names: [String]) throws(Refusal) -> Int {
        if !text.isEmpty, let index = names.firstIndex(of: text.lowercased()) { return index }
        guard let number = Int(text) else {
            throw Refusal(
                reason: "Failed to parse int from \(text): strconv.Atoi: parsing \(GoSyntax.quoted(String(text))): "
                    + "invalid syntax")
        }
        if number < 0 { throw Refusal(reason: "Negative number (\(number)) not allowed: \(text)") }
        return number
    }
}
