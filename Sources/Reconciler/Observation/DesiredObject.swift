package import KubeClient
package import Manifests
package import Resources

/// An object that the source declares, with what the cluster has to say about its kind.
package struct DesiredObject: Sendable {
    /// With its namespace filled in.
    package var manifest: Manifest
    /// As it is sent: normalised and labelled as a member.
    package var object: KubernetesObject
    package let resource: APIResource
    /// The CustomResourceDefinition of the same set that defines the kind, where the cluster does not know it yet.
    package let definition: KubernetesObject?
    /// The resource in a version that the cluster serves already, where the set defines a new version of a known kind.
    let formerResource: APIResource?

    package var identity: ObjectIdentity { object.identity }
}

/// Finds the resource of each manifest's kind, in the cluster or in the set itself.
struct KindResolver {
    let discovery: Discovery
    let defaultNamespace: String
    private let definitions: [GroupKind: KubernetesObject]

    init(discovery: Discovery, manifests: [Manifest], defaultNamespace: String) {
        self.discovery = discovery
        self.defaultNamespace = defaultNamespace
        definitions = Dictionary(
            manifests.compactMap { manifest in
                let object = manifest.object
                guard object.groupVersionKind.group == "apiextensions.k8s.io",
                    let group = object.value[path: "spec", "group"]?.string,
                    let kind = object.value[path: "spec", "names", "kind"]?.string
                else { return nil }
                return (GroupKind(group: group, kind: kind), object)
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Returns the desired objects, labelled as members of the set, and what is wrong with the kinds of others.
    func resolve(_ manifests: [Manifest], label: (key: String, value: String)) -> ([DesiredObject], [Diagnostic]) {
        var objects: [DesiredObject] = []
        var problems: [Diagnostic] = []
        for manifest in manifests {
            switch resource(for: manifest) {
            case .success(let (resource, definition)):
                var former: APIResource?
                if definition != nil, case .found(let found) = discovery.preferred(resource.groupKind) {
                    former = found
                }
                var manifest = manifest
                if let warning = placed(&manifest, in: resource) { problems.append(warning) }
                var object = manifest.object.normalised()
                object.labels[label.key] = label.value
                objects.append(
                    DesiredObject(
                        manifest: manifest, object: object, resource: resource, definition: definition,
                        formerResource: former)
                )
            case .failure(let problem): problems.append(problem)
            }
        }
        return (objects, problems)
    }

    private func resource(for manifest: Manifest) -> Result<(APIResource, KubernetesObject?), Diagnostic> {
        let kind = manifest.object.groupVersionKind
        switch discovery.resource(for: kind) {
        case .found(let resource): return .success((resource, nil))
        case .unavailable(let group, let reason):
            return .failure(
                manifest.diagnostic(
                    code: "group-unavailable",
                    "the cluster could not say whether it serves \(kind.kind) of \(kind.apiVersion)",
                    at: FieldPath(fields: "apiVersion"),
                    causes: [reason],
                    hint:
                        "repair the API service of \(group.isEmpty ? "the core group" : group): kubectl get apiservices"
                )
            )
        case .unknownKind(let suggestions):
            if let definition = definitions[kind.groupKind],
                let resource = APIResource(kind, definedBy: definition)
            {
                return .success((resource, definition))
            }
            return .failure(unknown(kind, suggestions, manifest))
        }
    }

    private func unknown(_ kind: GroupVersionKind, _ suggestions: [String], _ manifest: Manifest) -> Diagnostic {
        manifest.diagnostic(
            code: "unknown-kind",
            "the cluster does not know the kind \(kind.kind) of \(kind.apiVersion), and no manifest defines it",
            at: FieldPath(fields: "kind"),
            hint: suggestions.isEmpty
                ? "add its CustomResourceDefinition to the set, or install it first"
                : "did you mean \(suggestions.joined(separator: " or "))?"
        )
    }

    /// Fills in the namespace; a warning where the kind can have none.
    private func placed(_ manifest: inout Manifest, in resource: APIResource) -> Diagnostic? {
        if resource.isNamespaced {
            if manifest.object.namespace.isEmpty { manifest.object.namespace = defaultNamespace }
            return nil
        }
        guard !manifest.object.namespace.isEmpty else { return nil }
        let warning = manifest.diagnostic(
            .warning,
            code: "namespace-ignored",
            "\(manifest.object.kind) \(manifest.object.name) is cluster-scoped: its namespace is left out",
            at: FieldPath(fields: "metadata", "namespace"),
            hint: "remove metadata.namespace"
        )
        manifest.object.namespace = ""
        return warning
    }
}

extension APIResource {
    /// The resource that a CustomResourceDefinition defines; nil where it does not serve the version.
    init?(_ kind: GroupVersionKind, definedBy definition: KubernetesObject) {
        let spec = definition.value["spec"]
        let versions = spec?["versions"]?.array ?? []
        let isServed = versions.contains { $0["name"]?.string == kind.version && $0["served"]?.bool != false }
        guard isServed || spec?["version"]?.string == kind.version,
            let plural = spec?["names"]?["plural"]?.string
        else { return nil }
        self.init(kind, plural: plural, isNamespaced: spec?["scope"]?.string == "Namespaced")
    }
}
