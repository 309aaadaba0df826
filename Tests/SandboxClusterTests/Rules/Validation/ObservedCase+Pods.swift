/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let pods: [ObservedCase] = [
        ObservedCase(
            "a volume without a name", "Pod", #"{"spec.volumes": [{"emptyDir": {}}]}"#,
            finds: [
                "spec.volumes[0].name: Required value"
            ]),
        ObservedCase(
            "a volume with two sources", "Pod",
            #"{"spec.volumes": [{"name": "v", "emptyDir": {}, "hostPath": {"path": "/a"}}]}"#,
            finds: [
                "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type"
            ]),
        ObservedCase(
            "two volumes of one name", "Pod",
            #"{"spec.volumes": [{"name": "v", "emptyDir": {}}, {"name": "v", "emptyDir": {}}]}"#,
            finds: [
                #"spec.volumes[1].name: Duplicate value: "v""#
            ]),
        ObservedCase(
            "paths on the host", "Pod",
            #"{"spec.volumes": [{"name": "v", "hostPath": {"path": ""}}, {"name": "w", "hostPath": {"path": "/a/../b", "type": "Foo"}}]}"#,
            finds: [
                "spec.volumes[0].hostPath.path: Required value",
                #"spec.volumes[1].hostPath.path: Invalid value: "/a/../b": must not contain '..'"#,
                #"spec.volumes[1].hostPath.type: Unsupported value: "Foo": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket""#,
            ]),
        ObservedCase(
            "volumes of objects", "Pod",
            #"{"spec.volumes": [{"name": "v", "secret": {"secretName": "", "defaultMode": 1000}}, {"name": "w", "configMap": {"name": "", "items": [{"key": "", "path": ""}, {"key": "a", "path": "/a"}, {"key": "a", "path": "..a", "mode": -1}]}}]}"#,
            finds: [
                "spec.volumes[0].secret.secretName: Required value",
                "spec.volumes[0].secret.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive",
                "spec.volumes[1].configMap.name: Required value",
                "spec.volumes[1].configMap.items[0].key: Required value",
                "spec.volumes[1].configMap.items[0].path: Required value",
                #"spec.volumes[1].configMap.items[1].path: Invalid value: "/a": must be a relative path"#,
                #"spec.volumes[1].configMap.items[2].path: Invalid value: "..a": must not start with '..'"#,
                "spec.volumes[1].configMap.items[2].mode: Invalid value: -1: must be a number between 0 and 0777 (octal), both inclusive",
            ]),
        ObservedCase(
            "a claim without a name", "Pod",
            #"{"spec.volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": ""}}]}"#,
            finds: [
                "spec.volumes[0].persistentVolumeClaim.claimName: Required value"
            ]),
        ObservedCase(
            "volumes on the network", "Pod", #"{"spec.volumes": [{"name": "v", "nfs": {"server": "", "path": "a"}}]}"#,
            finds: [
                "spec.volumes[0].nfs.server: Required value",
                #"spec.volumes[0].nfs.path: Invalid value: "a": must be an absolute path"#,
            ]),
        ObservedCase(
            "projections", "Pod",
            #"{"spec.serviceAccountName": "default", "spec.volumes": [{"name": "v", "projected": {"defaultMode": -1, "sources": [{"secret": {"name": ""}}, {"configMap": {"name": "a", "items": [{"key": "a", "path": "p"}, {"key": "b", "path": "p"}]}}, {"serviceAccountToken": {"path": "", "expirationSeconds": 5}}, {"secret": {"name": "a"}, "configMap": {"name": "b"}}]}}]}"#,
            finds: [
                "spec.volumes[0].projected.defaultMode: Invalid value: -1: must be a number between 0 and 0777 (octal), both inclusive",
                "spec.volumes[0].projected.sources[0].secret.name: Required value",
                #"spec.volumes[0].projected: Invalid value: "a": conflicting duplicate paths"#,
                "spec.volumes[0].projected.sources[2].serviceAccountToken.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes",
                "spec.volumes[0].projected.path: Required value",
                "spec.volumes[0].projected.sources[3]: Forbidden: may not specify more than 1 volume type",
            ]),
        ObservedCase(
            "fields in a volume", "Pod",
            #"{"spec.volumes": [{"name": "v", "downwardAPI": {"items": [{"path": "", "fieldRef": {"fieldPath": "status.podIP"}}, {"path": "a"}, {"path": "b", "resourceFieldRef": {"resource": "limits.cpu"}}]}}]}"#,
            finds: [
                "spec.volumes[0].downwardAPI.path: Required value",
                #"spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "status.podIP": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid""#,
                "spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required",
                "spec.volumes[0].downwardAPI.resourceFieldRef.containerName: Required value",
            ]),
        ObservedCase(
            "a negative size limit", "Pod", #"{"spec.volumes": [{"name": "v", "emptyDir": {"sizeLimit": "-1"}}]}"#,
            finds: [
                "spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity"
            ]),
        ObservedCase(
            "a driver of storage", "Pod", #"{"spec.volumes": [{"name": "v", "csi": {"driver": "A_"}}]}"#,
            finds: [
                #"spec.volumes[0].csi.driver: Invalid value: "A_": {subdomain}"#
            ]),
        ObservedCase(
            "node affinity", "Pod",
            #"{"spec.affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "a", "operator": "In"}, {"key": "a", "operator": "Exists", "values": ["x"]}, {"key": "a", "operator": "Gt", "values": ["1", "2"]}, {"key": "a b", "operator": "Foo"}], "matchFields": [{"key": "metadata.foo", "operator": "In", "values": ["x"]}, {"key": "metadata.name", "operator": "Exists"}, {"key": "metadata.name", "operator": "In", "values": ["A"]}]}]}, "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 0, "preference": {}}, {"weight": 101, "preference": {}}]}}}"#,
            finds: [
                "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[1].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
                "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[2].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'",
                #"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[3].operator: Invalid value: "Foo": not a valid selector operator"#,
                #"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[3].key: Invalid value: "a b": name part {qualified}"#,
                #"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key: Invalid value: "metadata.foo": not a valid field selector key"#,
                #"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[1].operator: Invalid value: "Exists": not a valid selector operator"#,
                #"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[2].values[0]: Invalid value: "A": {subdomain}"#,
                "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100",
                "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[1].weight: Invalid value: 101: must be in the range 1-100",
            ]),
        ObservedCase(
            "node affinity without terms", "Pod",
            #"{"spec.affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": []}}}}"#,
            finds: [
                "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term"
            ]),
        ObservedCase(
            "pod affinity", "Pod",
            #"{"spec.affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "", "namespaces": ["A"]}, {"topologyKey": "a b", "labelSelector": {"matchExpressions": [{"key": "a", "operator": "Foo"}, {"key": "a", "operator": "In"}]}}]}, "podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 0, "podAffinityTerm": {"topologyKey": ""}}]}}}"#,
            finds: [
                #"spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].namespace: Invalid value: "A": {label}"#,
                "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty",
                #"spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "": name part must be non-empty"#,
                #"spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "": name part {qualified}"#,
                #"spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[1].matchExpressions.matchExpressions[0].operator: Invalid value: "Foo": not a valid selector operator"#,
                "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[1].matchExpressions.matchExpressions[1].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                #"spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[1].topologyKey: Invalid value: "a b": name part {qualified}"#,
                "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100",
                "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Required value: can not be empty",
                #"spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Invalid value: "": name part must be non-empty"#,
                #"spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Invalid value: "": name part {qualified}"#,
            ]),
        ObservedCase(
            "tolerations", "Pod",
            #"{"spec.tolerations": [{"key": "a b", "operator": "Exists"}, {"operator": "Equal", "value": "x"}, {"key": "a", "operator": "Exists", "value": "x"}, {"key": "a", "operator": "Foo"}, {"key": "a", "effect": "Foo"}, {"key": "a", "tolerationSeconds": 1, "effect": "NoSchedule"}, {"key": "a", "value": "x y"}]}"#,
            finds: [
                #"spec.tolerations[0].key: Invalid value: "a b": name part {qualified}"#,
                #"spec.tolerations[1].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys""#,
                #"spec.tolerations[2].operator: Invalid value: core.Toleration{Key:"a", Operator:"Exists", Value:"x", Effect:"", TolerationSeconds:(*int64)(nil)}: value must be empty when `operator` is 'Exists'"#,
                #"spec.tolerations[3].operator: Unsupported value: "Foo": supported values: "Equal", "Exists""#,
                #"spec.tolerations[4].effect: Unsupported value: "Foo": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute""#,
                #"spec.tolerations[5].effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when `tolerationSeconds` is set"#,
                #"spec.tolerations[6].operator: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            "spreading", "Pod",
            #"{"spec.topologySpreadConstraints": [{"maxSkew": 0, "topologyKey": "", "whenUnsatisfiable": "Foo"}, {"maxSkew": 1, "topologyKey": "a", "whenUnsatisfiable": "DoNotSchedule"}, {"maxSkew": 1, "topologyKey": "a", "whenUnsatisfiable": "DoNotSchedule"}]}"#,
            finds: [
                "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
                "spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty",
                #"spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Foo": supported values: "DoNotSchedule", "ScheduleAnyway""#,
                #"spec.topologySpreadConstraints[1].{topologyKey, whenUnsatisfiable}: Duplicate value: "{a, DoNotSchedule}""#,
            ]),
        ObservedCase(
            "a deadline out of range", "Pod", #"{"spec.activeDeadlineSeconds": 0}"#,
            finds: [
                "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive"
            ]),
        ObservedCase(
            "a node selector", "Pod", #"{"spec.nodeSelector": {"a b": "x y"}}"#,
            finds: [
                #"spec.nodeSelector: Invalid value: "a b": name part {qualified}"#,
                #"spec.nodeSelector: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            "name servers", "Pod", #"{"spec.dnsPolicy": "None"}"#,
            finds: [
                "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"
            ]),
        ObservedCase(
            "too many name servers", "Pod",
            #"{"spec.dnsConfig": {"nameservers": ["a", "1.1.1.1", "1.1.1.2", "1.1.1.3"], "searches": ["A_"], "options": [{"value": "x"}]}}"#,
            finds: [
                #"spec.dnsConfig.nameservers: Invalid value: []string{"a", "1.1.1.1", "1.1.1.2", "1.1.1.3"}: must not have more than 3 nameservers"#,
                #"spec.dnsConfig.nameservers[0]: Invalid value: "a": must be valid IP address"#,
                #"spec.dnsConfig.searches[0]: Invalid value: "A_": {subdomain}"#,
                "spec.dnsConfig.options[0]: Required value: must not be empty",
            ]),
        ObservedCase(
            "aliases of hosts", "Pod", #"{"spec.hostAliases": [{"ip": "x", "hostnames": ["A_"]}]}"#,
            finds: [
                #"spec.hostAliases.ip: Invalid value: "x": must be valid IP address"#,
                #"spec.hostAliases.hostnames: Invalid value: "A_": {subdomain}"#,
            ]),
        ObservedCase(
            "readiness gates", "Pod", #"{"spec.readinessGates": [{"conditionType": "a b"}]}"#,
            finds: [
                #"spec.readinessGates[0].conditionType: Invalid value: "a b": name part {qualified}"#
            ]),
        ObservedCase(
            "the host's network", "Pod",
            #"{"spec.hostNetwork": true, "spec.containers.0.ports": [{"containerPort": 80, "hostPort": 81}]}"#,
            finds: [
                "spec.containers[0].ports[0].containerPort: Invalid value: 80: must match `hostPort` when `hostNetwork` is true"
            ]),
        ObservedCase(
            "processes of the host", "Pod", #"{"spec.hostPID": true, "spec.shareProcessNamespace": true}"#,
            finds: [
                "spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled"
            ]),
        ObservedCase(
            "annotations of seccomp", "Pod",
            #"{"metadata.annotations": {"seccomp.security.alpha.kubernetes.io/pod": "foo", "container.apparmor.security.beta.kubernetes.io/x": "foo"}}"#,
            finds: [
                #"metadata.annotations.seccomp.security.alpha.kubernetes.io/pod: Invalid value: "foo": must be a valid seccomp profile"#,
                #"metadata.annotations[container.apparmor.security.beta.kubernetes.io/x]: Invalid value: "x": container not found"#,
                #"metadata.annotations[container.apparmor.security.beta.kubernetes.io/x]: Invalid value: "foo": invalid AppArmor profile name: "foo""#,
            ]),
        ObservedCase(
            update: "a changed image and command", "Pod",
            #"{"spec.containers.0.image": "j", "spec.containers.0.command": ["x"]}"#,
            finds: [
                "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds` or `spec.tolerations` (only additions to existing tolerations)"
            ]),
        ObservedCase(
            update: "one container more", "Pod", #"{"spec.containers.1": {"name": "d", "image": "i"}}"#,
            finds: [
                "spec.containers: Forbidden: pod updates may not add or remove containers"
            ]),
        ObservedCase(
            update: "a toleration more", "Pod", #"{"spec.tolerations": [{"key": "a b"}]}"#,
            finds: [
                #"spec.tolerations[0].key: Invalid value: "a b": name part {qualified}"#,
                #"spec.tolerations[0].key: Invalid value: "a b": name part {qualified}"#,
            ]),
        ObservedCase(
            update: "a deadline that was not there", "Pod", #"{"spec.activeDeadlineSeconds": -1}"#,
            finds: [
                "spec.activeDeadlineSeconds: Invalid value: -1: must be between 1 and 2147483647, inclusive",
                "spec.activeDeadlineSeconds: Invalid value: -1: must be between 0 and 2147483647, inclusive",
            ]),
        ObservedCase(
            update: "an image that is gone", "Pod", #"{"spec.containers.0.image": ""}"#,
            finds: [
                "spec.containers[0].image: Required value",
                "spec.containers[0].image: Required value",
            ]),
    ]
}
