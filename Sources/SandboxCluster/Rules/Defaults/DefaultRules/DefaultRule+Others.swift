import Resources

// pkg/apis/{rbac,storage,scheduling,certificates,flowcontrol}/*/defaults.go
extension DefaultRule {
    static let others: [String: DefaultRule] = [
        "rbac.authorization.k8s.io/v1 RoleRef": .insteadOfZero(["apiGroup": .string(rbacGroup)]),
        "rbac.authorization.k8s.io/v1 Subject": DefaultRule { fields in
            if fields["kind"] == "User" || fields["kind"] == "Group" {
                fields.setDefault("apiGroup", .string(rbacGroup))
            }
        },
        "storage.k8s.io/v1 StorageClass": DefaultRule(["reclaimPolicy": "Delete", "volumeBindingMode": "Immediate"]),
        "storage.k8s.io/v1 CSIDriverSpec": DefaultRule(
            [
                "attachRequired": true, "podInfoOnMount": false, "volumeLifecycleModes": ["Persistent"],
                "fsGroupPolicy": "ReadWriteOnceWithFSType",
            ], then: driver),
        "scheduling.k8s.io/v1 PriorityClass": DefaultRule(["preemptionPolicy": "PreemptLowerPriority"]),
        "certificates.k8s.io/v1beta1 CertificateSigningRequestSpec": DefaultRule([
            "usages": ["digital signature", "key encipherment"], "signerName": "kubernetes.io/legacy-unknown",
        ]),
        "certificates.k8s.io/v1beta1 CertificateSigningRequestCondition": .insteadOfZero(["status": "True"]),
        "flowcontrol.apiserver.k8s.io/v1beta1 FlowSchemaSpec": .insteadOfZero(["matchingPrecedence": 1000]),
        "flowcontrol.apiserver.k8s.io/v1beta1 LimitedPriorityLevelConfiguration": .insteadOfZero([
            "assuredConcurrencyShares": 30
        ]),
        "flowcontrol.apiserver.k8s.io/v1beta1 QueuingConfiguration": .insteadOfZero([
            "queues": 64, "handSize": 8, "queueLengthLimit": 50,
        ]),
    ]

    private static let rbacGroup = "rbac.authorization.k8s.io"

    private static func driver(_ fields: inout [String: Value], _ version: KubernetesVersion) {
        if version.minor >= 21 {
            fields.setDefault("storageCapacity", false)
            fields.setDefault("requiresRepublish", false)
        }
        if version.minor >= 27 { fields.setDefault("seLinuxMount", false) }
    }
}
