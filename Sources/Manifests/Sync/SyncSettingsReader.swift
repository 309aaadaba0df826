internal import FoundationEssentials
internal import Resources

/// Reads what an `Application` says to `endstate sync` alone.
extension FieldReader {
    mutating func source(_ path: FieldPath, rule: SourceRule) -> SourceSettings? {
        guard rule != .refused else {
            if value(path) != nil { add(path, "is refused: an application can't say itself where it is read from") }
            return nil
        }
        guard value(path) != nil else {
            if rule != .optional { add(path, "is missing: it says where the application is read from") }
            return nil
        }
        refuseUnknownFields(of: path, known: ["repository", "revision", "path"])
        guard value(path)?.object != nil else { return nil }
        let repository = repository(path.appending("repository"), rule: rule)
        let revision = text(path.appending("revision"))
        let directory = text(path.appending("path"))
        return repository.map { SourceSettings(repository: $0, revision: revision, path: directory) }
    }

    private mutating func repository(_ path: FieldPath, rule: SourceRule) -> String? {
        guard let text = required(path, read: { $0.text($1) }), !text.isEmpty else { return nil }
        let address = RepositoryAddress(text)
        if address?.hasSecret == true {
            add(path, "must have no user, token or password: name a file with it in credentials of the SyncServer")
        } else if rule == .remote, address == nil {
            add(path, "must be an https:// or ssh:// address, because it comes from a repository itself")
        }
        return text
    }

    /// The names of the applications that this one waits for.
    mutating func dependencies(_ path: FieldPath, of name: String?) -> [String] {
        var names: [String] = []
        for index in elements(path).indices {
            let place = path.appending(.index(index))
            guard let dependency = required(place, read: { $0.label($1) }) else { continue }
            if dependency == name { add(place, "is the application itself") }
            if names.contains(dependency) { add(place, "names \(dependency) a second time") }
            names.append(dependency)
        }
        return names
    }

    mutating func sync(_ path: FieldPath) -> SyncSettings {
        var sync = SyncSettings()
        refuseUnknownFields(
            of: path, known: ["interval", "drift", "suspend", "supersede", "windows", "limits", "breaker"])
        sync.interval = duration(path.appending("interval"), from: SyncSettings.minimumInterval)
        let drift = path.appending("drift")
        // Without quotes, off is a boolean in YAML 1.1.
        sync.drift = value(drift)?.bool == false ? .off : choice(drift)
        sync.suspend = bool(path.appending("suspend"))
        sync.supersede = bool(path.appending("supersede"))
        let windows = path.appending("windows")
        sync.windows = objects(windows) { $0.window($1) }
        sync.limits = limits(path.appending("limits"))
        sync.breaker = breaker(path.appending("breaker"))
        return sync
    }

    private mutating func window(_ path: FieldPath) -> ChangeWindow? {
        refuseUnknownFields(of: path, known: ["cron", "duration", "timeZone"])
        let cron = required(path.appending("cron")) { $0.cron($1) }
        let duration = required(path.appending("duration")) { $0.duration($1, to: ChangeWindow.maximumDuration) }
        let zone = timeZone(path.appending("timeZone"))
        guard let cron, let duration, let zone else { return nil }
        return ChangeWindow(cron: cron, duration: duration, timeZone: zone)
    }

    private mutating func cron(_ path: FieldPath) -> CronExpression? {
        guard let text = text(path), !text.isEmpty else { return nil }
        do throws(CronExpression.Problem) {
            let cron = try CronExpression(text)
            if cron.next(after: Date(timeIntervalSince1970: 0), in: .gmt) == nil {
                add(path, "names a time that never comes")
            }
            return cron
        } catch {
            add(path, "is no cron expression: \(error.message)")
            return nil
        }
    }

    private mutating func timeZone(_ path: FieldPath) -> TimeZone? {
        guard value(path) != nil else { return .gmt }
        guard let name = text(path), !name.isEmpty else { return nil }
        let zone = WallClock.zone(named: name)
        if zone == nil { add(path, "must be UTC or a time zone's name, such as Europe/Berlin, not \"\(name)\"") }
        return zone
    }

    private mutating func limits(_ path: FieldPath) -> SyncSettings.Limits {
        var limits = SyncSettings.Limits()
        refuseUnknownFields(of: path, known: ["deletions", "replacements", "restarts"])
        limits.deletions = limit(path.appending("deletions"))
        limits.replacements = limit(path.appending("replacements"))
        limits.restarts = limit(path.appending("restarts"))
        return limits
    }

    private mutating func limit(_ path: FieldPath) -> SyncSettings.Limit? {
        guard value(path) != nil else { return nil }
        refuseUnknownFields(of: path, known: ["count", "per"])
        guard value(path)?.object != nil else { return nil }
        let count = required(path.appending("count")) { $0.integer($1, in: 0...Int(Int32.max)) }
        let per = required(path.appending("per")) { $0.duration($1) }
        guard let count, let per else { return nil }
        return SyncSettings.Limit(count: count, per: per)
    }

    private mutating func breaker(_ path: FieldPath) -> SyncSettings.Breaker {
        var breaker = SyncSettings.Breaker()
        refuseUnknownFields(of: path, known: ["failures", "unhealthyPercent", "window"])
        breaker.failures = integer(path.appending("failures"), in: 1...100)
        breaker.unhealthyPercent = integer(path.appending("unhealthyPercent"), in: 1...100)
        breaker.window = duration(path.appending("window"))
        return breaker
    }
}
