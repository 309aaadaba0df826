import Resources

/// Gives a pod its service account, the account's token as a volume, and its pull secrets.
///
/// Until 1.20 the token is that of a Secret which the account refers to, and is only mounted where there is one; from 1.21
/// on it is projected (`kube-api-access-…`). The account `default` is taken to exist, even where no controller made it.
enum ServiceAccountAdmission {
    private static let mountPath: Value = "/var/run/secrets/kubernetes.io/serviceaccount"

    static func mutate(_ pod: inout [String: Value], _ request: AdmissionRequest) throws(APIStatus) {
        if pod["metadata"]?[path: "annotations", "kubernetes.io/config.mirror"] != nil { return }
        let given = pod["spec"]?["serviceAccountName"]?.string ?? ""
        let name = given.isEmpty ? "default" : given
        let account = request.find("", "ServiceAccount", namespaced: true, name)
        guard account != nil || name == "default" else {
            throw request.forbidden(
                "error looking up service account \(request.namespace)/\(name): serviceaccount \"\(name)\" not found")
        }
        let mounts = pod["spec"]?["automountServiceAccountToken"] ?? account?["automountServiceAccountToken"] ?? true
        pod.edit("spec") { spec in
            spec["serviceAccountName"] = .string(name)
            spec["serviceAccount"] = .string(name)
            if mounts == true, let volume = tokenVolume(account, request) { mount(volume, in: &spec) }
            if spec.hasNothing(at: "imagePullSecrets"), let secrets = account?["imagePullSecrets"], !secrets.isGoZero {
                spec["imagePullSecrets"] = secrets
            }
        }
    }

    private static func mount(_ volume: Value, in spec: inout [String: Value]) {
        let volumes = spec["volumes"]?.array ?? []
        let sameSecret = volumes.first { other in
            other["secret"] != nil && other[path: "secret", "secretName"] == volume[path: "secret", "secretName"]
        }
        let name = sameSecret?["name"] ?? volume["name"] ?? ""
        var isNeeded = false
        for list in ["initContainers", "containers"] {
            spec.editEach(list) { container in
                let mounts = container["volumeMounts"]?.array ?? []
                guard !mounts.contains(where: { $0["mountPath"] == mountPath }) else { return }
                isNeeded = true
                container.append(["name": name, "readOnly": true, "mountPath": mountPath], to: "volumeMounts")
            }
        }
        if isNeeded, sameSecret == nil { spec.append(volume, to: "volumes") }
    }

    private static func tokenVolume(_ account: Value?, _ request: AdmissionRequest) -> Value? {
        guard request.version.minor <= 20 else { return projectedToken(request) }
        guard let secret = secretToken(of: account, request) else { return nil }
        return ["name": secret, "secret": ["secretName": secret, "defaultMode": 420]]
    }

    private static func secretToken(of account: Value?, _ request: AdmissionRequest) -> Value? {
        (account?["secrets"]?.array ?? []).lazy.compactMap { $0["name"] }.first { name in
            let secret = request.find("", "Secret", namespaced: true, name.string ?? "")
            return secret?["type"] == "kubernetes.io/service-account-token"
        }
    }

    private static func projectedToken(_ request: AdmissionRequest) -> Value {
        let seed = "\(request.namespace)/\(request.name)/\(request.object[path: "metadata", "uid"]?.string ?? "")"
        let fieldRef: Value = ["apiVersion": "v1", "fieldPath": "metadata.namespace"]
        return [
            "name": .string("kube-api-access-" + suffix(stableHash(seed))),
            "projected": [
                "defaultMode": 420,
                "sources": [
                    ["serviceAccountToken": ["expirationSeconds": 3607, "path": "token"]],
                    ["configMap": ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]],
                    ["downwardAPI": ["items": [["path": "namespace", "fieldRef": fieldRef]]]],
                ],
            ],
        ]
    }

    /// Five of the characters that Kubernetes makes names of: no vowels, so no words.
    private static func suffix(_ hash: UInt64) -> String {
        let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
        let count = UInt64(alphabet.count)
        var rest = hash
        var text = ""
        for _ in 0..<5 {
            text.append(alphabet[Int(rest % count)])
            rest /= count
        }
        return text
    }
}
