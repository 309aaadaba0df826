internal import Resources

/// Which applications wait for which.
struct ApplicationGraph {
    private let applications: [SyncApplication]
    private let byName: [String: SyncApplication]

    init(_ applications: [SyncApplication]) {
        self.applications = applications
        byName = Dictionary(applications.map { ($0.name, $0) }) { first, _ in first }
    }

    /// Names that are taken twice or that nobody has, and circles.
    var problems: [Diagnostic] { repeated + unknown + cycles.map(diagnostic) }

    /// Names that are taken twice.
    var repeated: [Diagnostic] {
        var first: [String: SyncApplication] = [:]
        return applications.compactMap { application in
            guard let other = first[application.name] else {
                first[application.name] = application
                return nil
            }
            return application.diagnostic(
                code: "duplicate-application", "there is a second Application \(application.name)",
                at: FieldPath(fields: "metadata", "name"),
                causes: other.location.map { ["the first is at \($0)"] } ?? [],
                hint: "give it another name, or remove one of them")
        }
    }

    private var unknown: [Diagnostic] {
        applications.flatMap { application in
            application.settings.dependsOn.enumerated().compactMap { index, name in
                guard byName[name] == nil else { return nil }
                return application.diagnostic(
                    code: "unknown-application", "\(application.name) depends on \(name), which does not exist",
                    at: Self.path(index),
                    hint: Spelling.hint(name, in: byName.keys)
                        ?? "declare an Application \(name), or remove the name")
            }
        }
    }

    private static func path(_ index: Int) -> FieldPath {
        FieldPath(fields: "spec", "dependsOn").appending(.index(index))
    }

    private func diagnostic(_ cycle: [String]) -> Diagnostic {
        let steps = zip(cycle, cycle.dropFirst() + cycle.prefix(1)).compactMap { name, next in
            byName[name].flatMap { application in
                application.settings.dependsOn.firstIndex(of: next).map { (application, next, Self.path($0)) }
            }
        }
        let causes = steps.map { application, next, path in
            "\(application.name) depends on \(next)" + (application.place(of: path).map { " at \($0)" } ?? "")
        }
        let path = (cycle + cycle.prefix(1)).joined(separator: " → ")
        let message = "applications wait for each other: \(path)"
        let hint = "remove one of the names from dependsOn"
        return steps.first.map {
            $0.0.diagnostic(code: SyncConfiguration.cycleCode, message, at: $0.2, causes: causes, hint: hint)
        } ?? Diagnostic(code: SyncConfiguration.cycleCode, message, causes: causes, hint: hint)
    }

    /// Circles without a common member, each from its first name in the alphabet's order; one of a single application is told
    /// where its name is read.
    private var cycles: [[String]] {
        var waiting = byName.mapValues { application in
            Set(application.settings.dependsOn.filter { byName[$0] != nil && $0 != application.name })
        }
        var cycles: [[String]] = []
        while true {
            Self.removeFree(from: &waiting)
            guard let start = waiting.keys.min() else { return cycles }
            let cycle = Self.cycle(from: start, waiting)
            cycles.append(cycle)
            for name in cycle { waiting[name] = [] }
        }
    }

    /// Removes those that wait for nobody, and then those that waited for them alone.
    private static func removeFree(from waiting: inout [String: Set<String>]) {
        var dependents: [String: [String]] = [:]
        for (name, others) in waiting {
            for other in others { dependents[other, default: []].append(name) }
        }
        var free = waiting.filter(\.value.isEmpty).map(\.key)
        while let name = free.popLast() {
            waiting[name] = nil
            for dependent in dependents[name] ?? [] where waiting[dependent]?.remove(name) != nil {
                if waiting[dependent]?.isEmpty == true { free.append(dependent) }
            }
        }
    }

    /// Everybody waits for somebody here, so that every way leads into a circle.
    private static func cycle(from start: String, _ waiting: [String: Set<String>]) -> [String] {
        var way: [String] = []
        var places: [String: Int] = [:]
        var name = start
        while places[name] == nil, let next = waiting[name]?.min() {
            places[name] = way.count
            way.append(name)
            name = next
        }
        let cycle = way[(places[name] ?? 0)...]
        let first = cycle.indices.min { cycle[$0] < cycle[$1] } ?? cycle.startIndex
        return Array(cycle[first...] + cycle[..<first])
    }
}
