import Resources

// Pods and their templates (pkg/apis/core/v1/defaults.go).
extension DefaultRule {
    static let pods: [String: DefaultRule] = [
        "v1 Pod": DefaultRule(body: pod),
        "v1 PodTemplateSpec": DefaultRule(body: dropOldInitContainers),
        "v1 PodSpec": DefaultRule(
            [
                "dnsPolicy": "ClusterFirst", "restartPolicy": "Always", "schedulerName": "default-scheduler",
                "securityContext": [:], "terminationGracePeriodSeconds": 30,
            ], then: podSpec),
        "v1 PodStatus": DefaultRule(body: podStatus),
        "v1 Container": container,
        "v1 EphemeralContainer": container,
        "v1 ContainerPort": DefaultRule(["protocol": "TCP"]),
        "v1 Probe": DefaultRule([
            "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
        ]),
        "v1 HTTPGetAction": DefaultRule(["path": "/", "scheme": "HTTP"]),
        "v1 GRPCAction": DefaultRule(["service": ""]),
        "v1 ObjectFieldSelector": DefaultRule(["apiVersion": "v1"]),
    ]

    private static let container = DefaultRule([
        "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
    ]) { fields, _ in
        guard fields["imagePullPolicy"] == nil else { return }
        let isLatest = ImageName(fields["image"]?.string ?? "").isLatest
        fields["imagePullPolicy"] = isLatest ? "Always" : "IfNotPresent"
    }

    /// What holds for pods, but not for the templates of others.
    private static func pod(_ fields: inout [String: Value]) {
        dropOldInitContainers(&fields)
        fields.edit("spec") { spec in
            spec.setDefault("enableServiceLinks", true)
            for list in ["containers", "initContainers"] {
                spec.editEach(list) { $0.edit("resources", requestWhatIsTheLimit) }
            }
            useHostPorts(&spec)
        }
    }

    /// Init containers were annotations once, which are dropped wherever they still are.
    private static func dropOldInitContainers(_ fields: inout [String: Value]) {
        fields.edit("metadata") { metadata in
            guard metadata["annotations"] != nil else { return }
            metadata.edit("annotations") { annotations in
                for stage in ["alpha", "beta"] {
                    annotations["pod.\(stage).kubernetes.io/init-containers"] = nil
                    annotations["pod.\(stage).kubernetes.io/init-container-statuses"] = nil
                }
            }
            if metadata.hasNothing(at: "annotations") { metadata["annotations"] = nil }
        }
    }

    private static func requestWhatIsTheLimit(_ resources: inout [String: Value]) {
        guard let limits = resources["limits"]?.object else { return }
        resources.editOrMake("requests") { requests in
            requests.merge(limits) { request, _ in request }
        }
    }

    private static func podSpec(_ fields: inout [String: Value], _ version: KubernetesVersion) {
        // `serviceAccount` is the old name of the same field.
        if let account = fields["serviceAccountName"] ?? fields["serviceAccount"] {
            fields["serviceAccountName"] = account
            fields["serviceAccount"] = account
        }
        if version.minor < 28 { useHostPorts(&fields) }
    }

    private static func useHostPorts(_ spec: inout [String: Value]) {
        guard spec["hostNetwork"] == true else { return }
        for list in ["containers", "initContainers"] {
            spec.editEach(list) { container in
                container.editEach("ports") { port in
                    if let number = port["containerPort"] { port.setDefault("hostPort", number) }
                }
            }
        }
    }

    /// `podIP` is the first of `podIPs`.
    private static func podStatus(_ fields: inout [String: Value]) {
        if let first = fields["podIPs"]?[0]?["ip"] {
            fields["podIP"] = first
        } else if let only = fields["podIP"] {
            fields["podIPs"] = [["ip": only]]
        }
    }
}

/// The name of a container image.
private struct ImageName {
    /// Whether it means the newest image: by the tag `latest`, or with neither tag nor digest.
    let isLatest: Bool

    init(_ text: String) {
        // What is no name has no tag.
        if text.contains(where: \.isWhitespace) {
            isLatest = false
            return
        }
        let parts = text.split(separator: "@", maxSplits: 1)
        let name = parts.first ?? ""
        let lastPart = name.split(separator: "/").last ?? ""
        let tag = lastPart.split(separator: ":", maxSplits: 1).dropFirst().first
        isLatest = tag.map { $0 == "latest" } ?? (parts.count == 1 && !lastPart.isEmpty)
    }
}
