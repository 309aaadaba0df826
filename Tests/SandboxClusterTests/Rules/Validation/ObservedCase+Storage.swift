/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let storage: [ObservedCase] = [
        ObservedCase(
            "a claim of nothing", "PersistentVolumeClaim", #"{"spec": {}}"#,
            finds: [
                "spec.accessModes: Required value: at least 1 access mode is required",
                "spec.resources[storage]: Required value",
            ]),
        ObservedCase(
            "an access that nobody knows", "PersistentVolumeClaim", #"{"spec.accessModes": ["Foo"]}"#,
            finds: [
                #"spec.accessModes: Unsupported value: "Foo": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce""#
            ]),
        ObservedCase(
            "no storage", "PersistentVolumeClaim", #"{"spec.resources.requests.storage": "0"}"#,
            finds: [
                #"spec.resources[storage]: Invalid value: "0": must be greater than zero"#
            ]),
        ObservedCase(
            "a mode that nobody knows", "PersistentVolumeClaim", #"{"spec.volumeMode": "Foo"}"#,
            finds: [
                #"spec.volumeMode: Unsupported value: "Foo": supported values: "Block", "Filesystem""#
            ]),
        ObservedCase(
            "a class that is none", "PersistentVolumeClaim", #"{"spec.storageClassName": "A_"}"#,
            finds: [
                #"spec.storageClassName: Invalid value: "A_": {subdomain}"#
            ]),
        ObservedCase(
            "a selector of a claim", "PersistentVolumeClaim",
            #"{"spec.selector": {"matchExpressions": [{"key": "a", "operator": "In"}]}}"#,
            finds: [
                "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'"
            ]),
        ObservedCase(
            "a volume without anything", "PersistentVolume", #"{"spec": {}}"#,
            finds: [
                "spec.accessModes: Required value",
                "spec.capacity: Required value",
                #"spec.capacity: Unsupported value: core.ResourceList(nil): supported values: "storage""#,
                "spec: Required value: must specify a volume type",
            ]),
        ObservedCase(
            "two sources", "PersistentVolume", #"{"spec.nfs": {"server": "a", "path": "/b"}}"#,
            finds: [
                "spec.nfs: Forbidden: may not specify more than 1 volume type"
            ]),
        ObservedCase(
            "a policy that nobody knows", "PersistentVolume",
            #"{"spec.persistentVolumeReclaimPolicy": "Foo", "spec.volumeMode": "Foo", "spec.accessModes": ["Foo"]}"#,
            finds: [
                #"spec.accessModes: Unsupported value: "Foo": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce""#,
                #"spec.persistentVolumeReclaimPolicy: Unsupported value: "Foo": supported values: "Delete", "Recycle", "Retain""#,
                #"spec.volumeMode: Unsupported value: "Foo": supported values: "Block", "Filesystem""#,
            ]),
        ObservedCase(
            "a local volume anywhere", "PersistentVolume", #"{"spec.hostPath": null, "spec.local": {"path": "/a"}}"#,
            finds: [
                "spec.nodeAffinity: Required value: Local volume requires node affinity"
            ]),
        ObservedCase(
            "negative capacity", "PersistentVolume", #"{"spec.capacity.storage": "-1"}"#,
            finds: [
                "spec.capacity[storage]: Invalid value: -1: must be a valid resource quantity",
                #"spec.capacity[storage]: Invalid value: "-1": must be greater than zero"#,
            ]),
        ObservedCase(
            "a driver without a volume", "PersistentVolume",
            #"{"spec.hostPath": null, "spec.csi": {"driver": "", "volumeHandle": ""}}"#,
            finds: [
                "spec.csi.driver: Required value",
                #"spec.csi.driver: Invalid value: "": {subdomain}"#,
                "spec.csi.volumeHandle: Required value",
            ]),
        ObservedCase(
            update: "another mode of a volume", "PersistentVolume", #"{"spec.volumeMode": "Block"}"#,
            finds: [
                #"volumeMode: Invalid value: "Block": field is immutable"#
            ]),
        ObservedCase(
            "no provisioner", "StorageClass", #"{"provisioner": ""}"#,
            finds: [
                "provisioner: Required value"
            ]),
        ObservedCase(
            "policies of a class", "StorageClass",
            #"{"reclaimPolicy": "Recycle", "volumeBindingMode": "Foo", "provisioner": "a b"}"#,
            finds: [
                #"provisioner: Invalid value: "a b": name part {qualified}"#,
                #"reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain""#,
                #"volumeBindingMode: Unsupported value: "Foo": supported values: "Immediate", "WaitForFirstConsumer""#,
            ]),
        ObservedCase(
            update: "a class that changes", "StorageClass",
            #"{"parameters": {"a": "c"}, "provisioner": "x.y/z", "reclaimPolicy": "Retain", "volumeBindingMode": "WaitForFirstConsumer"}"#,
            finds: [
                "parameters: Forbidden: updates to parameters are forbidden.",
                "provisioner: Forbidden: updates to provisioner are forbidden.",
                "reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.",
                #"volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable"#,
            ]),
        ObservedCase(
            "topologies", "StorageClass",
            #"{"allowedTopologies": [{"matchLabelExpressions": [{"key": "a b", "values": []}, {"key": "c", "values": ["x", "x"]}, {"key": "c", "values": ["x"]}]}]}"#,
            finds: [
                "allowedTopologies[0].matchLabelExpressions[0].values: Required value",
                #"allowedTopologies[0].matchLabelExpressions[0].key: Invalid value: "a b": name part {qualified}"#,
                #"allowedTopologies[0].matchLabelExpressions[1].values[1]: Duplicate value: "x""#,
                #"allowedTopologies[0].matchLabelExpressions[2].key: Duplicate value: "c""#,
            ]),
    ]
}
