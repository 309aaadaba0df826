internal import Resources

/// In which order an API server lists groups, versions and resources.
enum DiscoveryOrder {
    /// Resources by group in the order in which the groups appear, then by version, the preferred one first, then by
    /// name.
    static func sorted(_ resources: [ResourceDefinition]) -> [ResourceDefinition] {
        groups(of: resources).flatMap { group in
            resources.filter { $0.kind.group == group }.sorted { left, right in
                left.kind.version == right.kind.version
                    ? left.plural < right.plural
                    : precedes(left.kind.version, right.kind.version)
            }
        }
    }

    /// The groups in the order of appearance; those that only custom resources have behind the others, by name.
    static func groups(of resources: [ResourceDefinition]) -> [String] {
        var seen: Set<String> = []
        let builtIn = resources.filter { !$0.isCustom }.map(\.kind.group).filter { seen.insert($0).inserted }
        let custom = resources.filter(\.isCustom).map(\.kind.group).filter { seen.insert($0).inserted }
        return builtIn + custom.sorted()
    }

    /// The versions of a group, the preferred one first.
    static func versions(of group: String, _ resources: [ResourceDefinition]) -> [String] {
        Set(resources.filter { $0.kind.group == group }.map(\.kind.version)).sorted(by: precedes)
    }

    /// Whether a version is preferred to another one: `v2`, `v1`, `v2beta1`, `v1alpha1`, then other names from A to Z
    /// (k8s.io/apimachinery/pkg/version/helpers.go).
    static func precedes(_ left: String, _ right: String) -> Bool {
        switch (Rank(left), Rank(right)) {
        case (let left?, let right?): left > right
        case (.some, nil): true
        case (nil, .some): false
        case (nil, nil): left < right
        }
    }

    private struct Rank: Comparable {
        let stage: Int
        let major: Int
        let minor: Int

        /// `v2`, `v1beta3`.
        init?(_ version: String) {
            guard version.first == "v" else { return nil }
            let digits = version.dropFirst().prefix(while: \.isNumber)
            let rest = version.dropFirst(1 + digits.count)
            let stages = [("", 2), ("beta", 1), ("alpha", 0)]
            guard let major = Int(digits), digits.first != "0",
                let (name, stage) = stages.first(where: { rest.prefix(while: \.isLetter) == $0.0 })
            else { return nil }
            let number = rest.dropFirst(name.count)
            guard stage == 2 ? number.isEmpty : Int(number) != nil else { return nil }
            self.stage = stage
            self.major = major
            minor = Int(number) ?? 0
        }

        static func < (left: Rank, right: Rank) -> Bool {
            (left.stage, left.major, left.minor) < (right.stage, right.major, right.minor)
        }
    }
}
