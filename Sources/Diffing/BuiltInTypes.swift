internal import Resources

/// What is known of Kubernetes' own types without asking a server, from their OpenAPI documents of 1.20 to 1.37.
enum BuiltInTypes {
    /// Whether a group is served by Kubernetes itself; custom resources may sit in other groups of `k8s.io`.
    static func serves(_ group: String) -> Bool { groups.contains(group) }

    /// Whether a map of this name is replaced as a whole (`x-kubernetes-map-type: atomic`).
    ///
    /// Names that are granular in another type that can be applied (`scaleTargetRef`, `dataSourceRef`) are left out.
    static func isAtomicMap(_ name: String) -> Bool { atomicMaps.contains(name) }

    /// The key fields that tell a list's elements apart; several sets of them where types differ. Nil for other lists.
    static func mergeKeys(ofList name: String) -> [[String]]? { mergeKeys[name] }

    /// Whether elements of a list of this name are merged one by one, by a key or as members of a set.
    static func isAssociativeList(_ name: String) -> Bool {
        sets.contains(name) || (mergeKeys[name] != nil && !atomicLists.contains(name))
    }

    /// What the server fills in for a key field that a manifest omits.
    static func defaultValue(ofKeyField name: String) -> Value? { name == "protocol" ? "TCP" : nil }

    /// Whether the field holds a quantity, which the server stores in its canonical form.
    static func isQuantity(_ path: FieldPath) -> Bool {
        let names = path.elements.suffix(2).map { element in
            if case .field(let name) = element { name } else { "" }
        }
        guard names.count == 2, path.elements.first != .field("metadata") else { return false }
        return quantityMaps.contains(names[0]) || names == ["emptyDir", "sizeLimit"]
    }

    private static let groups: Set = [
        "", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps",
        "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io",
        "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "extensions", "flowcontrol.apiserver.k8s.io",
        "internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "policy", "rbac.authorization.k8s.io",
        "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
    ]

    private static let atomicMaps: Set = [
        "configMapKeyRef", "controllerExpandSecretRef", "controllerPublishSecretRef", "dataSource", "fieldRef",
        "fileKeyRef", "labelSelector", "matchConstraints", "matchResources", "namespaceSelector",
        "nodeExpandSecretRef", "nodePublishSecretRef", "nodeSelector", "nodeStageSecretRef", "objectSelector",
        "paramKind", "paramRef", "podSelector", "required", "requiredDuringSchedulingIgnoredDuringExecution",
        "resourceFieldRef", "roleRef", "scopeSelector", "secretKeyRef", "secretRef", "selector",
    ]

    private static let mergeKeys: [String: [[String]]] = [
        "additionalPrinterColumns": [["name"]],
        "addresses": [["type"]],
        "claims": [["name"]],
        "conditions": [["type"]],
        "containers": [["name"]],
        "env": [["name"]],
        "ephemeralContainers": [["name"]],
        "hostAliases": [["ip"]],
        "imagePullSecrets": [["name"]],
        "initContainers": [["name"]],
        "matchConditions": [["name"]],
        "ownerReferences": [["uid"]],
        "podIPs": [["ip"]],
        "ports": [["containerPort", "protocol"], ["port", "protocol"]],
        "resourceClaims": [["name"]],
        "schedulingGates": [["name"]],
        "secrets": [["name"]],
        "topologySpreadConstraints": [["topologyKey", "whenUnsatisfiable"]],
        "variables": [["name"]],
        "versions": [["name"]],
        "volumeDevices": [["devicePath"]],
        "volumeMounts": [["mountPath"]],
        "volumes": [["name"]],
        "webhooks": [["name"]],
    ]

    private static let sets: Set = ["finalizers", "validationActions", "volumeLifecycleModes", "podCIDRs"]

    /// Lists whose elements only the diff names by a key; the server replaces them as a whole.
    private static let atomicLists: Set = ["additionalPrinterColumns", "versions"]

    private static let quantityMaps: Set = ["limits", "requests", "hard", "capacity", "overhead", "podFixed"]
}
