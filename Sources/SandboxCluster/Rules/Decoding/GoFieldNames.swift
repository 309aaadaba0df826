internal import Resources

/// The names of types and fields in Go, as the server's decoder tells them, from those in the API's documents.
enum GoFieldNames {
    /// `v1.DeploymentSpec` from `io.k8s.api.apps.v1.DeploymentSpec`.
    static func type(_ name: String) -> String {
        name.split(separator: ".").suffix(2).joined(separator: ".")
    }

    /// The fields that lead from a struct to one of JSON's names: more than one where a struct is embedded.
    static func path(_ name: String, in type: String) -> [String] {
        let embedded = type.split(separator: ".").last.flatMap { embedding(name, in: String($0)) }
        return (embedded.map { [$0] } ?? []) + [field(name)]
    }

    private static func embedding(_ name: String, in type: String) -> String? {
        switch (type, name) {
        case ("Volume", let name) where name != "name": "VolumeSource"
        case ("Probe", "exec"), ("Probe", "httpGet"), ("Probe", "tcpSocket"): "Handler"
        case ("EphemeralContainer", let name) where name != "targetContainerName": "EphemeralContainerCommon"
        case ("IngressRule", "http"): "IngressRuleValue"
        case ("RuleWithOperations", let name) where name != "operations": "Rule"
        case ("ConfigMapKeySelector", "name"), ("SecretKeySelector", "name"), ("ConfigMapEnvSource", "name"),
            ("SecretEnvSource", "name"), ("ConfigMapVolumeSource", "name"), ("ConfigMapProjection", "name"),
            ("SecretProjection", "name"):
            "LocalObjectReference"
        case ("PersistentVolumeSpec", let name) where volumeSources.contains(name): "PersistentVolumeSource"
        default: nil
        }
    }

    private static let volumeSources: Set<String> = [
        "gcePersistentDisk", "awsElasticBlockStore", "hostPath", "glusterfs", "nfs", "rbd", "iscsi", "cinder", "cephfs",
        "fc", "flocker", "flexVolume", "azureFile", "vsphereVolume", "quobyte", "azureDisk", "photonPersistentDisk",
        "portworxVolume", "scaleIO", "local", "storageos", "csi",
    ]

    /// Fields whose structs are in the struct itself, not behind a pointer.
    static let plainStructs: Set<String> = [
        "metadata", "spec", "status", "template", "strategy", "updateStrategy", "resources", "jobTemplate",
        "scaleTargetRef", "roleRef", "backend", "target", "metric", "podSelector", "clientConfig", "names", "source",
        "state", "lastState", "involvedObject", "podAffinityTerm", "preference", "describedObject", "loadBalancer",
    ]

    private static let names = [
        "metadata": "ObjectMeta", "uid": "UID", "url": "URL", "ip": "IP", "tty": "TTY", "nfs": "NFS", "iscsi": "ISCSI",
        "rbd": "RBD", "cephfs": "CephFS", "csi": "CSI", "fc": "FC", "tls": "TLS", "http": "HTTP", "cidr": "CIDR",
        "scaleIO": "ScaleIO", "storageos": "StorageOS", "pdID": "PdID", "wwids": "WWIDs", "iqn": "IQN",
    ]

    private static let prefixes = [
        "api": "API", "dns": "DNS", "http": "HTTP", "tcp": "TCP", "fs": "FS", "ip": "IP", "ttl": "TTL", "ca": "CA",
        "gce": "GCE", "aws": "AWS", "pd": "PD", "qos": "QOS", "json": "JSON", "se": "SE", "os": "OS", "open": "Open",
    ]

    private static func field(_ name: String) -> String {
        if let known = names[name] { return known }
        let word = name.prefix { $0.isLowercase }
        if let prefix = prefixes[String(word)], word.count < name.count { return prefix + name.dropFirst(word.count) }
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
