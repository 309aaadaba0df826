internal import Resources

/// The edges that annotations declare, and what is wrong with the annotations.
struct DeclaredOrder {
    static let syncWaveAnnotation = "argocd.argoproj.io/sync-wave"

    let index: ObjectIndex
    /// Live objects to be deleted heed the rules about deletion; their edges are for deleting in the opposite direction.
    let isDeletion: Bool

    private(set) var edges = CandidateEdges()
    /// The nodes after the objects: external ones and barriers.
    private(set) var furtherNodes: [GraphNode] = []
    private(set) var errors: [Diagnostic] = []
    private(set) var warnings: [Diagnostic] = []
    private var numbers: [GraphNode: Int] = [:]

    init(index: ObjectIndex, isDeletion: Bool) {
        self.index = index
        self.isDeletion = isDeletion
        addSyncWaves()
        addChangeRules()
        for number in index.sources.indices { addDependsOn(number) }
    }

    /// The number of a node that is no object of the set.
    private mutating func number(of node: GraphNode) -> Int {
        if let number = numbers[node] { return number }
        let number = index.sources.count + furtherNodes.count
        furtherNodes.append(node)
        numbers[node] = number
        return number
    }

    private mutating func add(
        _ dependent: Int,
        after dependency: Int,
        _ reason: String,
        whenDeleted deletionReason: String? = nil,
        by object: Int,
        _ key: String?
    ) {
        let declaration = key.map { CandidateEdge.Declaration(object: object, annotation: $0) }
        edges.add(
            CandidateEdge(
                dependent: dependent,
                dependency: dependency,
                kind: .declared,
                reason: reason,
                deletionReason: deletionReason,
                declaration: declaration
            )
        )
    }

    private mutating func report(_ code: String, _ number: Int, _ key: String, _ message: String, hint: String) {
        let source = index.sources[number]
        let text = "\(source.identity): \(message)"
        errors.append(source.diagnostic(code: code, text, atAnnotation: key, hint: hint))
    }

    /// The annotation's text; nil, and an error, where it is there but no string.
    private mutating func annotation(_ key: String, of number: Int) -> String? {
        guard let value = index.sources[number].object.metadata[path: "annotations", key] else { return nil }
        if value.string == nil {
            let message = "the annotation \(key) is of type \(value.typeName)"
            report(
                "malformed-annotation", number, key, message, hint: "put the value in quotes: annotations are strings")
        }
        return value.string
    }
}

// MARK: config.kubernetes.io/depends-on
extension DeclaredOrder {
    private mutating func addDependsOn(_ number: Int) {
        let key = DependsOn.annotation
        guard let text = annotation(key, of: number) else { return }
        var seen: Set<ObjectIdentity> = []
        for parsed in DependsOn.parse(text) {
            switch parsed {
            case .malformed(let text):
                let message = text.isEmpty ? "an empty reference in \(key)" : "\"\(text)\" in \(key) is no reference"
                let hint =
                    "write GROUP/KIND/NAME or GROUP/namespaces/NAMESPACE/KIND/NAME; the core group is empty, "
                    + "as in /namespaces/shop/ConfigMap/settings"
                report("malformed-depends-on", number, key, message, hint: hint)
            case .reference(let identity) where !seen.insert(identity).inserted:
                let message = "\(key) names \(identity) more than once"
                report("duplicate-dependency", number, key, message, hint: "name it once")
            case .reference(let identity) where identity == index.sources[number].identity:
                report("self-dependency", number, key, "\(key) names the object itself", hint: "remove the reference")
            case .reference(let identity): addDependency(of: number, on: identity)
            }
        }
    }

    private mutating func addDependency(of number: Int, on identity: ObjectIdentity) {
        let key = DependsOn.annotation
        if let dependency = index.number(of: identity) {
            add(number, after: dependency, "its annotation \(key) says so", by: number, key)
        } else if let meant = index.sources.first(where: { $0.identity.differsInScope(from: identity) }) {
            let message = "\(key) names \(identity), but the set has \(meant.identity)"
            let hint = "write \(DependsOn.text(of: meant.identity))"
            report("dependency-scope", number, key, message, hint: hint)
        } else if !isDeletion {
            add(number, after: self.number(of: .external(identity)), "its annotation \(key) says so", by: number, key)
        }
    }
}

extension ObjectIdentity {
    /// Whether both are one object but that one of them names no namespace.
    fileprivate func differsInScope(from other: ObjectIdentity) -> Bool {
        groupKind == other.groupKind && name == other.name && namespace.isEmpty != other.namespace.isEmpty
    }
}

// MARK: argocd.argoproj.io/sync-wave
extension DeclaredOrder {
    /// Every object of a wave waits for all of the lower waves; an object without the annotation is of wave 0.
    private mutating func addSyncWaves() {
        let key = Self.syncWaveAnnotation
        var waves: [Int: [Int]] = [:]
        var declared: Set<Int> = []
        for number in index.sources.indices {
            guard let text = annotation(key, of: number) else {
                waves[0, default: []].append(number)
                continue
            }
            guard let wave = Int(text) else {
                report(
                    "malformed-sync-wave", number, key, "\"\(text)\" in \(key) is no integer",
                    hint: "write a number such as \"-1\"")
                continue
            }
            waves[wave, default: []].append(number)
            declared.insert(number)
        }
        guard waves.count > 1 else { return }
        var previous: Int?
        for wave in waves.keys.sorted() {
            let barrier = number(of: .barrier("end of sync wave \(wave)"))
            for object in waves[wave] ?? [] {
                let objectKey = declared.contains(object) ? key : nil
                let isMember = "\(index.sources[object].identity) is of sync wave \(wave)"
                if let previous {
                    add(
                        object, after: previous, "it is of sync wave \(wave)", whenDeleted: isMember, by: object,
                        objectKey)
                }
                let deleted = "it is of sync wave \(wave), and higher waves are deleted first"
                add(barrier, after: object, isMember, whenDeleted: deleted, by: object, objectKey)
            }
            previous = barrier
        }
    }
}

// MARK: kapp.k14s.io/change-group and change-rule
extension DeclaredOrder {
    private mutating func addChangeRules() {
        var groups: [String: [(object: Int, key: String)]] = [:]
        var rules: [(rule: ChangeRule, object: Int, key: String)] = []
        for number in index.sources.indices {
            let keys = (index.sources[number].object.metadata["annotations"]?.object ?? [:]).keys
                .filter { $0.hasPrefix("kapp.k14s.io/change-") }.sorted()
            for key in keys {
                if ChangeRule.isKey(key, of: ChangeRule.groupAnnotation) {
                    if let group = changeGroup(number, key) { groups[group, default: []].append((number, key)) }
                } else if ChangeRule.isKey(key, of: ChangeRule.annotation), let rule = changeRule(number, key) {
                    rules.append((rule, number, key))
                }
            }
        }
        // Rules about what is being done come first: where they contradict those about the opposite, they win.
        for (rule, object, key) in rules.filter({ $0.rule.action == .delete })
            + rules.filter({ $0.rule.action == .upsert })
        {
            guard let members = groups[rule.group] else {
                if !isDeletion { warnAboutEmptyGroup(rule, object, key) }
                continue
            }
            add(rule, of: object, key, members: members)
        }
    }

    /// `upsert after upserting` waits for the group, `upsert before upserting` makes the group wait; rules about deletion
    /// mean the opposite direction, as all edges of a deletion do.
    private mutating func add(_ rule: ChangeRule, of object: Int, _ key: String, members: [(object: Int, key: String)])
    {
        let waitsForGroup = (rule.order == .after) == (rule.action == .upsert)
        let text = "\(rule.action) \(rule.order) \(rule.target) \(rule.group)"
        let (its, others) = (
            "its change rule says \(text)", "the change rule of \(index.sources[object].identity) says \(text)"
        )
        let memberOfIt = "it is in that change group"
        let isDeletionRule = rule.action == .delete
        if waitsForGroup {
            let end = number(of: .barrier("end of change group \(rule.group)"))
            add(object, after: end, its, whenDeleted: isDeletionRule ? others : nil, by: object, key)
            for (member, memberKey) in members {
                let isMember = "\(index.sources[member].identity) is in that change group"
                add(end, after: member, isMember, whenDeleted: memberOfIt, by: member, memberKey)
            }
        } else {
            let start = number(of: .barrier("start of change group \(rule.group)"))
            add(start, after: object, others, whenDeleted: isDeletionRule ? its : nil, by: object, key)
            for (member, memberKey) in members {
                let isMember = "\(index.sources[member].identity) is in that change group"
                add(member, after: start, memberOfIt, whenDeleted: isMember, by: member, memberKey)
            }
        }
    }

    private mutating func changeGroup(_ number: Int, _ key: String) -> String? {
        guard let text = annotation(key, of: number) else { return nil }
        if let group = ChangeRule.expand(text, for: index.sources[number].object), DNSName.isQualifiedName(group) {
            return group
        }
        let hint = "write a name such as apps.example.org/database"
        report("malformed-change-group", number, key, "\"\(text)\" in \(key) is no group's name", hint: hint)
        return nil
    }

    private mutating func changeRule(_ number: Int, _ key: String) -> ChangeRule? {
        guard let text = annotation(key, of: number) else { return nil }
        guard let rule = ChangeRule.expand(text, for: index.sources[number].object).flatMap(ChangeRule.init) else {
            let hint =
                "write (upsert|delete) (after|before) (upserting|deleting) GROUP, with one space between the words"
            report("malformed-change-rule", number, key, "\"\(text)\" in \(key) is no change rule", hint: hint)
            return nil
        }
        if rule.meaning == .cannotHold {
            let message =
                "\"\(text)\" in \(key) can't be kept: objects are deleted after all others are applied and healthy"
            report("unsupported-change-rule", number, key, message, hint: "remove the rule")
        }
        return rule.meaning == .orders && (isDeletion || rule.action == .upsert) ? rule : nil
    }

    private mutating func warnAboutEmptyGroup(_ rule: ChangeRule, _ object: Int, _ key: String) {
        let source = index.sources[object]
        let message = "\(source.identity): no object is in the change group \(rule.group), which \(key) names"
        var warning = source.diagnostic(code: "empty-change-group", message, atAnnotation: key, hint: nil)
        warning.severity = .warning
        warnings.append(warning)
    }
}
