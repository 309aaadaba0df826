import Resources

// Volumes, claims and what they come from (pkg/apis/core/v1/defaults.go).
extension DefaultRule {
    static let volumes: [String: DefaultRule] = [
        "v1 Volume": DefaultRule { fields in
            if fields.count == (fields["name"] == nil ? 0 : 1) { fields["emptyDir"] = [:] }
        },
        "v1 SecretVolumeSource": DefaultRule(["defaultMode": readableByAll]),
        "v1 ConfigMapVolumeSource": DefaultRule(["defaultMode": readableByAll]),
        "v1 DownwardAPIVolumeSource": DefaultRule(["defaultMode": readableByAll]),
        "v1 ProjectedVolumeSource": DefaultRule(["defaultMode": readableByAll]),
        "v1 ServiceAccountTokenProjection": DefaultRule(["expirationSeconds": 3600]),
        "v1 HostPathVolumeSource": DefaultRule(["type": ""]),
        "v1 ISCSIVolumeSource": DefaultRule(["iscsiInterface": "default"]),
        "v1 ISCSIPersistentVolumeSource": DefaultRule(["iscsiInterface": "default"]),
        "v1 RBDVolumeSource": ceph,
        "v1 RBDPersistentVolumeSource": ceph,
        "v1 ScaleIOVolumeSource": scaleIO,
        "v1 ScaleIOPersistentVolumeSource": scaleIO,
        "v1 AzureDiskVolumeSource": DefaultRule([
            "cachingMode": "ReadWrite", "kind": "Shared", "fsType": "ext4", "readOnly": false,
        ]),
        "v1 PersistentVolumeSpec": DefaultRule([
            "persistentVolumeReclaimPolicy": "Retain", "volumeMode": "Filesystem",
        ]),
        "v1 PersistentVolumeStatus": DefaultRule(["phase": "Pending"]),
        "v1 PersistentVolumeClaimSpec": DefaultRule(["volumeMode": "Filesystem"]),
        "v1 PersistentVolumeClaimStatus": DefaultRule(["phase": "Pending"]),
    ]

    /// 0644.
    private static let readableByAll: Value = 420
    private static let ceph = DefaultRule(["pool": "rbd", "user": "admin", "keyring": "/etc/ceph/keyring"])
    private static let scaleIO = DefaultRule(["storageMode": "ThinProvisioned", "fsType": "xfs"])
}
