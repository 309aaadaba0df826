/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let containers: [ObservedCase] = [
        ObservedCase(
            "no containers", "Pod", #"{"spec.containers": []}"#,
            finds: [
                "spec.containers: Required value"
            ]),
        ObservedCase(
            "no image and no name", "Pod", #"{"spec.containers.0": {}}"#,
            finds: [
                "spec.containers[0].name: Required value",
                "spec.containers[0].image: Required value",
            ]),
        ObservedCase(
            "a name with a capital", "Pod", #"{"spec.containers.0.name": "A"}"#,
            finds: [
                #"spec.containers[0].name: Invalid value: "A": {label}"#
            ]),
        ObservedCase(
            "two containers of one name", "Pod", #"{"spec.containers.1": {"name": "c", "image": "i"}}"#,
            finds: [
                #"spec.containers[1].name: Duplicate value: "c""#
            ]),
        ObservedCase(
            "an image with a blank at its end", "Pod", #"{"spec.containers.0.image": "i "}"#,
            finds: [
                #"spec.containers[0].image: Invalid value: "i ": must not have leading or trailing whitespace"#
            ]),
        ObservedCase(
            "an unknown pull policy", "Pod", #"{"spec.containers.0.imagePullPolicy": "Sometimes"}"#,
            finds: [
                #"spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never""#
            ]),
        ObservedCase(
            "an unknown restart policy", "Pod", #"{"spec.restartPolicy": "Sometimes"}"#,
            finds: [
                #"spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never""#
            ]),
        ObservedCase(
            "an unknown DNS policy", "Pod", #"{"spec.dnsPolicy": "Sometimes"}"#,
            finds: [
                #"spec.dnsPolicy: Unsupported value: "Sometimes": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None""#
            ]),
        ObservedCase(
            "an unknown policy of messages", "Pod", #"{"spec.containers.0.terminationMessagePolicy": "Sometimes"}"#,
            finds: [
                #"spec.containers[0].terminationMessagePolicy: Invalid value: "Sometimes": must be 'File' or 'FallbackToLogsOnError'"#
            ]),
        ObservedCase(
            "ports out of range", "Pod",
            #"{"spec.containers.0.ports": [{"containerPort": 0}, {"containerPort": 70000}, {"containerPort": 1, "hostPort": -1}]}"#,
            finds: [
                "spec.containers[0].ports[0].containerPort: Required value",
                "spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
                "spec.containers[0].ports[2].hostPort: Invalid value: -1: must be between 1 and 65535, inclusive",
            ]),
        ObservedCase(
            "a port of an unknown protocol", "Pod",
            #"{"spec.containers.0.ports": [{"containerPort": 1, "protocol": "ICMP"}]}"#,
            finds: [
                #"spec.containers[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP""#
            ]),
        ObservedCase(
            "names of ports", "Pod",
            #"{"spec.containers.0.ports": [{"containerPort": 1, "name": "A_"}, {"containerPort": 2, "name": "http"}, {"containerPort": 3, "name": "http"}, {"containerPort": 4, "name": "a--b-"}, {"containerPort": 5, "name": "sixteencharacter"}, {"containerPort": 6, "name": "12"}]}"#,
            finds: [
                #"spec.containers[0].ports[0].name: Invalid value: "A_": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"#,
                #"spec.containers[0].ports[0].name: Invalid value: "A_": must contain at least one letter or number (a-z, 0-9)"#,
                #"spec.containers[0].ports[2].name: Duplicate value: "http""#,
                #"spec.containers[0].ports[3].name: Invalid value: "a--b-": must not contain consecutive hyphens"#,
                #"spec.containers[0].ports[3].name: Invalid value: "a--b-": must not begin or end with a hyphen"#,
                #"spec.containers[0].ports[4].name: Invalid value: "sixteencharacter": must be no more than 15 characters"#,
                #"spec.containers[0].ports[5].name: Invalid value: "12": must contain at least one letter or number (a-z, 0-9)"#,
            ]),
        ObservedCase(
            "one host port twice", "Pod",
            #"{"spec.containers.0.ports": [{"containerPort": 1, "hostPort": 5}, {"containerPort": 2, "hostPort": 5}]}"#,
            finds: [
                #"spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//5""#
            ]),
        ObservedCase(
            "names of variables", "Pod",
            #"{"spec.containers.0.env": [{"name": ""}, {"name": "1A"}, {"name": "..a"}, {"name": "."}]}"#,
            finds: [
                "spec.containers[0].env[0].name: Required value",
                #"spec.containers[0].env[1].name: Invalid value: "1A": {variable}"#,
                #"spec.containers[0].env[2].name: Invalid value: "..a": must not start with '..'"#,
                #"spec.containers[0].env[3].name: Invalid value: ".": must not be '.'"#,
            ]),
        ObservedCase(
            "sources of variables", "Pod",
            #"{"spec.containers.0.env": [{"name": "A", "valueFrom": {}}, {"name": "B", "value": "x", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, {"name": "C", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}, "secretKeyRef": {"name": "a", "key": "b"}}}]}"#,
            finds: [
                #"spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"#,
                #"spec.containers[0].env[1].valueFrom: Invalid value: "": may not be specified when `value` is not empty"#,
                #"spec.containers[0].env[2].valueFrom: Invalid value: "": may not have more than one field specified at a time"#,
            ]),
        ObservedCase(
            "fields of the pod", "Pod",
            #"{"spec.containers.0.env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.foo"}}}, {"name": "B", "valueFrom": {"fieldRef": {"fieldPath": "status.phase"}}}, {"name": "C", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels"}}}, {"name": "D", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['a b']"}}}, {"name": "E", "valueFrom": {"fieldRef": {"fieldPath": ""}}}]}"#,
            finds: [
                #"spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.foo": error converting fieldPath: field label not supported: metadata.foo"#,
                #"spec.containers[0].env[1].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.podIP", "status.podIPs""#,
                #"spec.containers[0].env[2].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.podIP", "status.podIPs""#,
                #"spec.containers[0].env[3].valueFrom.fieldRef: Invalid value: "a b": name part {qualified}"#,
                "spec.containers[0].env[4].valueFrom.fieldRef.fieldPath: Required value",
            ]),
        ObservedCase(
            "resources of the container", "Pod",
            #"{"spec.containers.0.env": [{"name": "A", "valueFrom": {"resourceFieldRef": {"resource": "limits.gpu"}}}, {"name": "B", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu", "divisor": "3"}}}, {"name": "C", "valueFrom": {"resourceFieldRef": {"resource": ""}}}, {"name": "D", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory", "divisor": "3"}}}]}"#,
            finds: [
                #"spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory""#,
                #"spec.containers[0].env[1].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource"#,
                "spec.containers[0].env[2].valueFrom.resourceFieldRef.resource: Required value",
                #"spec.containers[0].env[3].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.memory": only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the memory resource"#,
            ]),
        ObservedCase(
            "keys of objects", "Pod",
            #"{"spec.containers.0.env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "A", "key": "a b"}}}, {"name": "B", "valueFrom": {"secretKeyRef": {"name": "", "key": ""}}}]}"#,
            finds: [
                #"spec.containers[0].env[0].valueFrom.configMapKeyRef.name: Invalid value: "A": {subdomain}"#,
                #"spec.containers[0].env[0].valueFrom.configMapKeyRef.key: Invalid value: "a b": {key}"#,
                #"spec.containers[0].env[1].valueFrom.secretKeyRef.name: Invalid value: "": {subdomain}"#,
                "spec.containers[0].env[1].valueFrom.secretKeyRef.key: Required value",
            ]),
        ObservedCase(
            "sources of environments", "Pod",
            #"{"spec.containers.0.envFrom": [{}, {"prefix": "1", "configMapRef": {"name": ""}}, {"configMapRef": {"name": "a"}, "secretRef": {"name": "A"}}]}"#,
            finds: [
                #"spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`"#,
                #"spec.containers[0].envFrom[1].prefix: Invalid value: "1": {variable}"#,
                "spec.containers[0].envFrom[1].configMapRef.name: Required value",
                #"spec.containers[0].envFrom[2].secretRef.name: Invalid value: "A": {subdomain}"#,
                #"spec.containers[0].envFrom: Invalid value: "": may not have more than one field specified at a time"#,
            ]),
        ObservedCase(
            "requests above limits", "Pod",
            #"{"spec.containers.0.resources": {"limits": {"cpu": "1"}, "requests": {"cpu": "2"}}}"#,
            finds: [
                #"spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit"#
            ]),
        ObservedCase(
            "negative resources", "Pod",
            #"{"spec.containers.0.resources": {"limits": {"cpu": "-1"}, "requests": {"cpu": "-1"}}}"#,
            finds: [
                #"spec.containers[0].resources.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0"#,
                #"spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0"#,
            ]),
        ObservedCase(
            "unknown resources", "Pod", #"{"spec.containers.0.resources": {"requests": {"gpu": "1"}}}"#,
            finds: [
                #"spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified"#,
                #"spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers"#,
            ]),
        ObservedCase(
            "a resource of a quota", "Pod", #"{"spec.containers.0.resources": {"requests": {"pods": "1"}}}"#,
            finds: [
                #"spec.containers[0].resources.requests[pods]: Invalid value: "pods": must be a standard resource for containers"#
            ]),
        ObservedCase(
            "half of a device", "Pod",
            #"{"spec.containers.0.resources": {"limits": {"a.b/c": "500m"}, "requests": {"a.b/c": "500m"}}}"#,
            finds: [
                #"spec.containers[0].resources.limits[a.b/c]: Invalid value: resource.Quantity{i:resource.int64Amount{value:500, scale:-3}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"500m", Format:"DecimalSI"}: must be an integer"#,
                #"spec.containers[0].resources.requests[a.b/c]: Invalid value: resource.Quantity{i:resource.int64Amount{value:500, scale:-3}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"500m", Format:"DecimalSI"}: must be an integer"#,
            ]),
        ObservedCase(
            "a device without limit", "Pod", #"{"spec.containers.0.resources": {"requests": {"a.b/c": "1"}}}"#,
            finds: [
                "spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources"
            ]),
        ObservedCase(
            "devices that differ", "Pod",
            #"{"spec.containers.0.resources": {"limits": {"a.b/c": "2"}, "requests": {"a.b/c": "1"}}}"#,
            finds: [
                #"spec.containers[0].resources.requests: Invalid value: "1": must be equal to a.b/c limit"#
            ]),
        ObservedCase(
            "huge pages alone", "Pod",
            #"{"spec.containers.0.resources": {"limits": {"hugepages-2Mi": "2Mi"}, "requests": {"hugepages-2Mi": "2Mi"}}}"#,
            finds: [
                "spec.containers[0].resources: Forbidden: HugePages require cpu or memory"
            ]),
        ObservedCase(
            "a resource with a bad name", "Pod", #"{"spec.containers.0.resources": {"requests": {"a b": "2"}}}"#,
            finds: [
                #"spec.containers[0].resources.requests[a b]: Invalid value: "a b": name part {qualified}"#,
                #"spec.containers[0].resources.requests[a b]: Invalid value: "a b": must be a standard resource for containers"#,
            ]),
        ObservedCase(
            "a probe without handler", "Pod", #"{"spec.containers.0.livenessProbe": {}}"#,
            finds: [
                "spec.containers[0].livenessProbe: Required value: must specify a handler type"
            ]),
        ObservedCase(
            "a probe with two handlers", "Pod",
            #"{"spec.containers.0.readinessProbe": {"exec": {"command": ["a"]}, "tcpSocket": {"port": 80}}}"#,
            finds: [
                "spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type"
            ]),
        ObservedCase(
            "a command without words", "Pod", #"{"spec.containers.0.readinessProbe": {"exec": {}}}"#,
            finds: [
                "spec.containers[0].readinessProbe.exec.command: Required value"
            ]),
        ObservedCase(
            "ports of probes", "Pod",
            #"{"spec.containers.0.readinessProbe": {"httpGet": {"port": 0}}, "spec.containers.0.livenessProbe": {"tcpSocket": {"port": "a_b"}}}"#,
            finds: [
                #"spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: "a_b": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"#,
                "spec.containers[0].readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive",
            ]),
        ObservedCase(
            "schemes and headers of probes", "Pod",
            #"{"spec.containers.0.readinessProbe": {"httpGet": {"port": 80, "scheme": "FTP", "httpHeaders": [{"name": "a b", "value": "x"}]}}}"#,
            finds: [
                #"spec.containers[0].readinessProbe.httpGet.scheme: Unsupported value: "FTP": supported values: "HTTP", "HTTPS""#,
                #"spec.containers[0].readinessProbe.httpGet.httpHeaders: Invalid value: "a b": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"#,
            ]),
        ObservedCase(
            "negative times of probes", "Pod",
            #"{"spec.containers.0.readinessProbe": {"exec": {"command": ["a"]}, "periodSeconds": -1, "timeoutSeconds": -1, "initialDelaySeconds": -1, "failureThreshold": -1, "successThreshold": -1}}"#,
            finds: [
                "spec.containers[0].readinessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0",
                "spec.containers[0].readinessProbe.timeoutSeconds: Invalid value: -1: must be greater than or equal to 0",
                "spec.containers[0].readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0",
                "spec.containers[0].readinessProbe.successThreshold: Invalid value: -1: must be greater than or equal to 0",
                "spec.containers[0].readinessProbe.failureThreshold: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            "two successes of a liveness probe", "Pod",
            #"{"spec.containers.0.livenessProbe": {"exec": {"command": ["a"]}, "successThreshold": 2}}"#,
            finds: [
                "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"
            ]),
        ObservedCase(
            "a hook without handler", "Pod",
            #"{"spec.containers.0.lifecycle": {"postStart": {}, "preStop": {"exec": {}}}}"#,
            finds: [
                "spec.containers[0].lifecycle.postStart: Required value: must specify a handler type",
                "spec.containers[0].lifecycle.preStop.exec.command: Required value",
            ]),
        ObservedCase(
            "mounts", "Pod",
            #"{"spec.volumes": [{"name": "v", "emptyDir": {}}], "spec.containers.0.volumeMounts": [{"name": "w", "mountPath": "/a"}, {"name": "", "mountPath": ""}, {"name": "v", "mountPath": "/a"}, {"name": "v", "mountPath": "/b", "subPath": "../x"}, {"name": "v", "mountPath": "/c", "subPath": "/x", "subPathExpr": "y"}]}"#,
            finds: [
                #"spec.containers[0].volumeMounts[0].name: Not found: "w""#,
                "spec.containers[0].volumeMounts[1].name: Required value",
                #"spec.containers[0].volumeMounts[1].name: Not found: """#,
                "spec.containers[0].volumeMounts[1].mountPath: Required value",
                #"spec.containers[0].volumeMounts[2].mountPath: Invalid value: "/a": must be unique"#,
                #"spec.containers[0].volumeMounts.subPath: Invalid value: "../x": must not contain '..'"#,
                #"spec.containers[0].volumeMounts.subPath: Invalid value: "/x": must be a relative path"#,
                #"spec.containers[0].volumeMounts[4].subPathExpr: Invalid value: "y": subPathExpr and subPath are mutually exclusive"#,
            ]),
        ObservedCase(
            "propagation of mounts", "Pod",
            #"{"spec.volumes": [{"name": "v", "emptyDir": {}}], "spec.containers.0.volumeMounts": [{"name": "v", "mountPath": "/a", "mountPropagation": "Both"}, {"name": "v", "mountPath": "/b", "mountPropagation": "Bidirectional"}]}"#,
            finds: [
                #"spec.containers[0].volumeMounts.mountPropagation: Unsupported value: "Both": supported values: "Bidirectional", "HostToContainer", "None""#,
                "spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers",
            ]),
        ObservedCase(
            "devices", "Pod",
            #"{"spec.volumes": [{"name": "v", "emptyDir": {}}], "spec.containers.0.volumeDevices": [{"name": "v", "devicePath": "/a"}, {"name": "w", "devicePath": ""}]}"#,
            finds: [
                #"spec.containers[0].volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim for block mode"#,
                #"spec.containers[0].volumeDevices[1].name: Not found: "w""#,
                "spec.containers[0].volumeDevices[1].devicePath: Required value",
            ]),
        ObservedCase(
            "an initial container like another", "Pod",
            #"{"spec.initContainers": [{"name": "c", "image": "i"}, {"name": "d", "image": "i"}, {"name": "d", "image": "i"}]}"#,
            finds: [
                #"spec.initContainers[2].name: Duplicate value: "d""#,
                #"spec.initContainers[0].name: Duplicate value: "c""#,
                #"spec.initContainers[2].name: Duplicate value: "d""#,
            ]),
        ObservedCase(
            "an initial container with probes", "Pod",
            #"{"spec.initContainers": [{"name": "d", "image": "i", "livenessProbe": {"exec": {"command": ["a"]}}}]}"#,
            finds: [
                "spec.initContainers[0].livenessProbe: Invalid value: core.Probe{Handler:core.Handler{Exec:(*core.ExecAction)(0xc000000000), HTTPGet:(*core.HTTPGetAction)(nil), TCPSocket:(*core.TCPSocketAction)(nil)}, InitialDelaySeconds:0, TimeoutSeconds:1, PeriodSeconds:10, SuccessThreshold:1, FailureThreshold:3}: must not be set for init containers"
            ]),
        ObservedCase(
            "identities out of range", "Pod",
            #"{"spec.securityContext": {"fsGroup": -1, "runAsUser": -1, "runAsGroup": 3000000000, "supplementalGroups": [-5]}, "spec.containers.0.securityContext": {"runAsUser": -1}}"#,
            finds: [
                "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
                "spec.securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive",
                "spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
                "spec.securityContext.runAsGroup: Invalid value: 3000000000: must be between 0 and 2147483647, inclusive",
                "spec.securityContext.supplementalGroups[0]: Invalid value: -5: must be between 0 and 2147483647, inclusive",
            ]),
        ObservedCase(
            "privileges without escalation", "Pod",
            #"{"spec.containers.0.securityContext": {"privileged": true, "allowPrivilegeEscalation": false}}"#,
            finds: [
                "spec.containers[0].securityContext: Invalid value: core.SecurityContext{Capabilities:(*core.Capabilities)(nil), Privileged:(*bool)(0xc000000000), SELinuxOptions:(*core.SELinuxOptions)(nil), WindowsOptions:(*core.WindowsSecurityContextOptions)(nil), RunAsUser:(*int64)(nil), RunAsGroup:(*int64)(nil), RunAsNonRoot:(*bool)(nil), ReadOnlyRootFilesystem:(*bool)(nil), AllowPrivilegeEscalation:(*bool)(0xc000000000), ProcMount:(*core.ProcMountType)(nil), SeccompProfile:(*core.SeccompProfile)(nil)}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true"
            ]),
        ObservedCase(
            "profiles", "Pod",
            #"{"spec.securityContext": {"seccompProfile": {"type": "Foo"}}, "spec.containers.0.securityContext": {"seccompProfile": {"type": "Localhost"}}}"#,
            finds: [
                "spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost",
                #"spec.securityContext.seccompProfile.type: Unsupported value: "Foo": supported values: "Localhost", "RuntimeDefault", "Unconfined""#,
            ]),
        ObservedCase(
            "a profile that does not belong", "Pod",
            #"{"spec.containers.0.securityContext": {"seccompProfile": {"type": "Unconfined", "localhostProfile": "a"}}}"#,
            finds: [
                #"spec.containers[0].securityContext.seccompProfile.localhostProfile: Invalid value: core.SeccompProfile{Type:"Unconfined", LocalhostProfile:(*string)(0xc000000000)}: can only be set when seccomp type is Localhost"#
            ]),
        ObservedCase(
            "sysctls", "Pod",
            #"{"spec.securityContext": {"sysctls": [{"name": "", "value": "1"}, {"name": "a b", "value": "1"}, {"name": "kernel.x", "value": "1"}, {"name": "kernel.x", "value": "1"}]}}"#,
            finds: [
                "spec.securityContext.sysctls[0].name: Required value",
                #"spec.securityContext.sysctls[1].name: Invalid value: "a b": must have at most 253 characters and match regex ([a-z0-9]([-_a-z0-9]*[a-z0-9])?\.)*[a-z0-9]([-_a-z0-9]*[a-z0-9])?"#,
                #"spec.securityContext.sysctls[3].name: Duplicate value: "kernel.x""#,
            ]),
    ]
}
