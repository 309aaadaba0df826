package import Manifests
package import Placement
package import Resources

extension ManifestSet {
    /// A set with the constraints of its policies in it.
    package struct Enforced: Sendable {
        package let set: ManifestSet
        /// What was added to which workloads.
        package let additions: [PolicyAddition]
        package let warnings: [Diagnostic]

        /// The changes, each with what was added to its manifest.
        package func marking(_ changes: [ObjectChange]) -> [ObjectChange] {
            let byWorkload = Dictionary(grouping: additions, by: \.workload)
            return changes.map { change in
                var change = change
                change.additions = byWorkload[change.identity] ?? []
                return change
            }
        }
    }

    /// Writes the constraints of the policies that are enforced into the manifests.
    /// - Parameters:
    ///   - namespace: Of namespaced objects that name none.
    ///   - selectsNamespaces: Whether the server selects namespaces by label (since Kubernetes 1.22).
    /// - Throws: `PlanError` where manifests contradict policies.
    package func enforcingPolicies(
        in namespace: String, selectsNamespaces: Bool = true
    ) throws(PlanError) -> Enforced {
        guard policies.contains(where: { $0.mode == .enforce }) else {
            return Enforced(set: self, additions: [], warnings: [])
        }
        let own = Set(manifests.map(\.object.namespace).map { $0.isEmpty ? namespace : $0 }).sorted()
        let enforcement = PolicyEnforcement(namespaces: selectsNamespaces ? nil : own)
        var (changed, additions, problems) = ([Manifest](), [PolicyAddition](), [Diagnostic]())
        for var manifest in manifests {
            do {
                let result = try enforcement.enforce(policies, on: manifest.object, namespace: namespace)
                manifest.object = result.object
                additions += result.additions
            } catch {
                problems.append(error.diagnostic(in: manifest))
            }
            changed.append(manifest)
        }
        if !problems.isEmpty { throw PlanError(diagnostics: problems) }
        let isNarrow = !selectsNamespaces && additions.contains { $0.constraints.contains(where: \.isAboutNamespaces) }
        return Enforced(set: replacing(changed), additions: additions, warnings: isNarrow ? [Self.narrow(own)] : [])
    }

    private static func narrow(_ namespaces: [String]) -> Diagnostic {
        Diagnostic(
            .warning, code: "policy-namespaces",
            "the policies are enforced among the pods of \(namespaces.joined(separator: ", ")) alone: the server can't "
                + "select all namespaces",
            hint: "Kubernetes 1.22 and newer can")
    }
}

extension PolicyEnforcement.Conflict {
    fileprivate func diagnostic(in manifest: Manifest) -> Diagnostic {
        let because = other.map { ", by the policy \($0)" } ?? ""
        return manifest.diagnostic(
            code: "policy-conflict", "\(manifest.title) \(problem), as the policy \(policy.name) wants\(because)",
            at: path,
            causes: ["\(policy.name) is declared at \(policy.location)"], hint: "change one of them")
    }
}
