package import Resources

/// Whom a live object belongs to.
package enum Membership: Hashable, Sendable {
    case ours
    case nobody
    case anotherSet(id: String)
    /// What manages it, such as `Helm release shop`.
    case anotherTool(String)

    package init(of live: KubernetesObject, in application: ApplicationIdentity) {
        if let id = live.labels[ApplySet.memberLabel], !id.isEmpty {
            self = id == application.applySetID ? .ours : .anotherSet(id: id)
        } else {
            self = Self.manager(of: live).map(Membership.anotherTool) ?? .nobody
        }
    }

    /// The marks that other tools leave on what they manage, by their documentation.
    private static func manager(of live: KubernetesObject) -> String? {
        let (labels, annotations) = (live.labels, live.annotations)
        if let controller = live.owners.first(where: \.isController) {
            return "\(controller.groupKind.kind) \(controller.name)"
        }
        if let release = annotations["meta.helm.sh/release-name"] { return "Helm release \(release)" }
        if let tracking = annotations["argocd.argoproj.io/tracking-id"] {
            return "Argo CD application \(tracking.prefix { $0 != ":" })"
        }
        if let name = labels["argocd.argoproj.io/instance"] { return "Argo CD application \(name)" }
        if let name = labels["kustomize.toolkit.fluxcd.io/name"] { return "Flux Kustomization \(name)" }
        if let name = labels["helm.toolkit.fluxcd.io/name"] { return "Flux HelmRelease \(name)" }
        if let app = labels["kapp.k14s.io/app"] { return "kapp application \(app)" }
        return annotations["config.k8s.io/owning-inventory"].map { "inventory \($0)" }
    }
}
