internal import Manifests
internal import Resources

/// What the dependents of a healthy object wait for.
package enum Pause: Hashable, Sendable {
    /// A person's yes.
    case person
    /// That the object has been healthy for the whole time without a break.
    case soak(Duration)
}

/// Finds the objects that a configuration's pauses are about.
struct PauseResolver {
    private(set) var pauses: [ObjectIdentity: Pause] = [:]
    private(set) var problems: [Diagnostic] = []
    private(set) var warnings: [Diagnostic] = []
    private let objects: [ObjectIdentity]

    /// - Parameter objects: of the set, sorted.
    init(_ requests: [ApplicationSettings.PauseRequest], objects: [ObjectIdentity], graph: DependencyGraph) {
        self.objects = objects
        if requests.isEmpty { return }
        let known = Set(objects)
        let dependencies = Set(graph.edges.map(\.dependency))
        for request in requests {
            guard case .reference(let identity) = DependsOn.parse(request.object).first,
                !request.object.contains(",")
            else {
                problems.append(malformed(request))
                continue
            }
            if !known.contains(identity) {
                problems.append(unknown(identity, request))
            } else if pauses.updateValue(request.soak.map(Pause.soak) ?? .person, forKey: identity) != nil {
                let message = "spec.pauseAfter names \(identity) more than once"
                problems.append(
                    Diagnostic(code: "repeated-pause", message, at: request.location, hint: "keep one of them"))
            } else if !dependencies.contains(.object(identity)) {
                warnings.append(idle(identity, request))
            }
        }
    }

    private func malformed(_ request: ApplicationSettings.PauseRequest) -> Diagnostic {
        Diagnostic(
            code: "malformed-pause",
            "spec.pauseAfter: \"\(request.object)\" is no reference to an object",
            at: request.location,
            hint: "write GROUP/namespaces/NAMESPACE/KIND/NAME, or GROUP/KIND/NAME for an object of the whole cluster, "
                + "with nothing before the first slash for the core group"
        )
    }

    private func idle(_ identity: ObjectIdentity, _ request: ApplicationSettings.PauseRequest) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "idle-pause",
            "nothing depends on \(identity), so the pause after it holds nothing back",
            at: request.location,
            hint: "annotate what should wait: \(DependsOn.annotation): \(DependsOn.text(of: identity))"
        )
    }

    private func unknown(_ identity: ObjectIdentity, _ request: ApplicationSettings.PauseRequest) -> Diagnostic {
        Diagnostic(
            code: "unknown-pause",
            "spec.pauseAfter names \(identity), which the source doesn't declare",
            at: request.location,
            hint: nearest(to: identity).map { "did you mean \($0)?" } ?? "name an object that the source declares"
        )
    }

    /// The reference that was meant: most often the namespace is wrong or missing.
    private func nearest(to identity: ObjectIdentity) -> String? {
        let namesake = objects.first { $0.groupKind == identity.groupKind && $0.name == identity.name }
        if let namesake { return DependsOn.text(of: namesake) }
        return Spelling.nearest(to: DependsOn.text(of: identity), in: objects.map(DependsOn.text))
    }
}

extension [Step] {
    /// The steps with their pauses. A pause with nothing to hold back is left out, so that nobody is asked, and nothing
    /// waited for, where no object that depends on the paused one, directly or through others, is written.
    /// - Parameter pauses: by object; the steps are each after all that it depends on.
    func paused(_ pauses: [ObjectIdentity: Pause]) -> [Step] {
        if pauses.isEmpty { return self }
        var holding: Set<GraphNode> = []
        for step in reversed() where holding.contains(step.node) || step.change?.action.isWrite == true {
            holding.formUnion(step.dependsOn.map(\.dependency))
        }
        return map { step in
            guard holding.contains(step.node), let pause = step.change.flatMap({ pauses[$0.identity] }) else {
                return step
            }
            return Step(node: step.node, work: step.work, dependsOn: step.dependsOn, pause: pause)
        }
    }
}
