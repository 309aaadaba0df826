internal import Resources

/// What a pod refers to and is not there, as the kubelet words it (pkg/kubelet/kubelet_pods.go, pkg/volume).
enum ConfigLookup {
    /// What a container's environment lacks; nil where everything is there.
    static func missing(for container: String, of pod: KubernetesObject, _ api: some ControllerAccess) -> String? {
        let all = ["containers", "initContainers"].flatMap { pod.spec[$0]?.array ?? [] }
        guard let spec = all.first(where: { $0["name"]?.string == container }) else { return nil }
        for source in spec["envFrom"]?.array ?? [] {
            let missing =
                missing(Kinds.configMap, source["configMapRef"], in: pod.namespace, api)
                ?? missing(Kinds.secret, source["secretRef"], in: pod.namespace, api)
            if let missing { return missing }
        }
        for variable in spec["env"]?.array ?? [] {
            guard let source = variable["valueFrom"] else { continue }
            let missing =
                missing(Kinds.configMap, source["configMapKeyRef"], in: pod.namespace, api)
                ?? missing(Kinds.secret, source["secretKeyRef"], in: pod.namespace, api)
            if let missing { return missing }
        }
        return nil
    }

    private static func missing(
        _ kind: GroupKind, _ reference: Value?, name nameField: String = "name", in namespace: String,
        _ api: some ControllerAccess
    ) -> String? {
        guard let reference, let name = reference[nameField]?.string, reference["optional"] != true else { return nil }
        guard let object = api.object(ObjectIdentity(groupKind: kind, namespace: namespace, name: name)) else {
            return "\(kind.kind.lowercased()) \"\(name)\" not found"
        }
        guard let key = reference["key"]?.string else { return nil }
        if has(key, object) { return nil }
        return "couldn't find key \(key) in \(kind.kind) \(namespace)/\(name)"
    }

    private static func has(_ key: String, _ object: KubernetesObject) -> Bool {
        ["data", "stringData", "binaryData"].contains { object.value[path: $0, key] != nil }
    }

    /// What keeps a volume from being mounted; nil where all are there.
    static func missingVolume(of pod: KubernetesObject, _ api: some ControllerAccess) -> String? {
        for volume in pod.spec["volumes"]?.array ?? [] {
            let name = volume["name"]?.string ?? ""
            // Admission adds it for the API's token.
            if name.hasPrefix("kube-api-access-") { continue }
            if let problem = problem(of: volume, in: pod, api) { return problem }
            let sources = [volume] + (volume[path: "projected", "sources"]?.array ?? [])
            for source in sources {
                let missing =
                    content(Kinds.configMap, source["configMap"], "name", in: pod.namespace, api)
                    ?? content(
                        Kinds.secret, source["secret"],
                        source["name"] == nil || source["secret"]?["secretName"] == nil ? "name" : "secretName",
                        in: pod.namespace, api)
                if let missing { return "MountVolume.SetUp failed for volume \"\(name)\" : \(missing)" }
            }
        }
        return nil
    }

    private static func content(
        _ kind: GroupKind, _ source: Value?, _ nameField: String, in namespace: String, _ api: some ControllerAccess
    ) -> String? {
        if let missing = missing(kind, source, name: nameField, in: namespace, api) { return missing }
        guard let source, source["optional"] != true, let name = source[nameField]?.string,
            let object = api.object(ObjectIdentity(groupKind: kind, namespace: namespace, name: name))
        else { return nil }
        let keys = (source["items"]?.array ?? []).compactMap { $0["key"]?.string }
        let word = kind == Kinds.secret ? "secret" : "config"
        return keys.first { !has($0, object) }.map { "references non-existent \(word) key: \($0)" }
    }

    private static func problem(
        of volume: Value, in pod: KubernetesObject, _ api: some ControllerAccess
    ) -> String? {
        guard let claim = volume[path: "persistentVolumeClaim", "claimName"]?.string else { return nil }
        let identity = ObjectIdentity(groupKind: Kinds.claim, namespace: pod.namespace, name: claim)
        guard let object = api.object(identity) else {
            return "Unable to attach or mount volumes: persistentvolumeclaim \"\(claim)\" not found"
        }
        if object.status["phase"] == "Bound" { return nil }
        return "Unable to attach or mount volumes: error processing PVC \(pod.namespace)/\(claim): PVC is not bound"
    }
}
