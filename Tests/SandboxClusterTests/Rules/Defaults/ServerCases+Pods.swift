extension ServerCase {
    /// Pods and what makes them.
    static let pods: [ServerCase] = [
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"image":"nginx",
              "name":"c"}]}}
            """#,
            becomes: #"""
                spec.containers[0].imagePullPolicy "Always"
                spec.containers[0].resources {}
                spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.containers[0].terminationMessagePolicy "File"
                spec.containers[0].volumeMounts [{"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount",
                  "name":"default-token-25m7s","readOnly":true}]
                spec.dnsPolicy "ClusterFirst"
                spec.enableServiceLinks true
                spec.preemptionPolicy "PreemptLowerPriority"
                spec.priority 0
                spec.restartPolicy "Always"
                spec.schedulerName "default-scheduler"
                spec.securityContext {}
                spec.serviceAccount "default"
                spec.serviceAccountName "default"
                spec.terminationGracePeriodSeconds 30
                spec.tolerations [{"effect":"NoExecute","key":"node.kubernetes.io/not-ready","operator":"Exists",
                  "tolerationSeconds":300},{"effect":"NoExecute","key":"node.kubernetes.io/unreachable",
                  "operator":"Exists","tolerationSeconds":300}]
                spec.volumes [{"name":"default-token-25m7s","secret":{"defaultMode":420,
                  "secretName":"default-token-25m7s"}}]
                status {"phase":"Pending","qosClass":"BestEffort"}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"annotations":{},"finalizers":[],"labels":{"a":null,
              "b":"x"},"name":"b","ownerReferences":[]},"spec":{"affinity":{"nodeAffinity":{},
              "podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"podAffinityTerm":{"labelSelector":{},
              "topologyKey":"a"},"weight":1}]}},"automountServiceAccountToken":false,"containers":[{"args":[""],
              "command":[],"env":[{"name":"A"},{"name":"B","value":""},{"name":"C",
              "valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}},{"name":"D",
              "valueFrom":{"configMapKeyRef":{"key":"b","name":"a","optional":false}}},{"name":"E",
              "valueFrom":{"resourceFieldRef":{"resource":"limits.cpu"}}}],"envFrom":[{"configMapRef":{"name":"a"}},
              {"prefix":"x","secretRef":{"name":"a"}}],"image":"nginx:latest","imagePullPolicy":"",
              "lifecycle":{"postStart":{"exec":{"command":["a"]}},"preStop":{"httpGet":{"path":"","port":80}}},
              "livenessProbe":{"httpGet":{"port":80}},"name":"c","ports":[{"containerPort":80},{"containerPort":81,
              "name":"x","protocol":"UDP"}],"readinessProbe":{"periodSeconds":0,"tcpSocket":{"port":"x"},
              "timeoutSeconds":5},"resources":{"limits":{"cpu":"1000m","ephemeral-storage":"1.5Gi",
              "example.com/a":"2","memory":"1024Mi"},"requests":{"cpu":0.1}},
              "securityContext":{"capabilities":{"add":[]},"privileged":false,"runAsUser":0},
              "startupProbe":{"exec":{"command":["a"]},"failureThreshold":30},"stdin":false,"tty":true,
              "volumeMounts":[{"mountPath":"/a","name":"v1","readOnly":false,"subPath":""}]},
              {"image":"reg:5000/x/nginx@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
              "name":"d"},{"image":"reg:5000/x/nginx","name":"e"}],"dnsConfig":{"nameservers":[],
              "options":[{"name":"a"}]},"enableServiceLinks":false,"hostAliases":[{"ip":"1.2.3.4"}],
              "hostNetwork":true,"imagePullSecrets":[{}],"initContainers":[{"image":"busybox:1","name":"i",
              "resources":{"limits":{"cpu":0.5,"memory":"0.5Gi"},"requests":{"cpu":"0.1"}}}],"nodeSelector":{},
              "readinessGates":[],"securityContext":{"runAsNonRoot":false,"supplementalGroups":[],"sysctls":[]},
              "serviceAccountName":"default","tolerations":[{"operator":"Exists"}],
              "topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"a","whenUnsatisfiable":"DoNotSchedule"}],
              "volumes":[{"name":"v1"},{"emptyDir":{},"name":"v2"},{"emptyDir":{"medium":"Memory",
              "sizeLimit":"1024Mi"},"name":"v3"},{"hostPath":{"path":"/a"},"name":"v4"},{"configMap":{"name":"x"},
              "name":"v5"},{"name":"v6","secret":{"items":[{"key":"a","path":"b"}],"secretName":"x"}},
              {"downwardAPI":{"items":[{"fieldRef":{"fieldPath":"metadata.name"},"path":"a"},{"path":"b",
              "resourceFieldRef":{"containerName":"c","resource":"limits.cpu"}},{"path":"d",
              "resourceFieldRef":{"containerName":"c","divisor":"1000m","resource":"limits.cpu"}}]},"name":"v7"},
              {"name":"v8","projected":{"sources":[{"serviceAccountToken":{"path":"t"}},{"configMap":{"items":[],
              "name":"x"}},{"downwardAPI":{"items":[{"fieldRef":{"fieldPath":"metadata.name"},"path":"a"}]}}]}},
              {"name":"v9","persistentVolumeClaim":{"claimName":"x","readOnly":false}},{"name":"v10",
              "nfs":{"path":"/b","server":"a"}},{"name":"v11","rbd":{"image":"b","monitors":["a"]}},
              {"iscsi":{"iqn":"iqn.2001-04.com.example:storage.kube.sys1.xyz","lun":0,"targetPortal":"a"},
              "name":"v12"},{"azureDisk":{"diskName":"a","diskURI":"https://blob/aaa.vhd"},"name":"v13"},
              {"name":"v14","scaleIO":{"gateway":"a","secretRef":{"name":"x"},"system":"b","volumeName":"y"}},
              {"csi":{"driver":"a.b","volumeAttributes":{}},"name":"v15"}]}}
            """#,
            becomes: #"""
                metadata.annotations -
                metadata.finalizers -
                metadata.labels.a ""
                metadata.ownerReferences -
                spec.containers[0].command -
                spec.containers[0].env[1].value -
                spec.containers[0].env[2].valueFrom.fieldRef.apiVersion "v1"
                spec.containers[0].env[4].valueFrom.resourceFieldRef.divisor "0"
                spec.containers[0].imagePullPolicy "Always"
                spec.containers[0].lifecycle.preStop.httpGet.path "/"
                spec.containers[0].lifecycle.preStop.httpGet.scheme "HTTP"
                spec.containers[0].livenessProbe.failureThreshold 3
                spec.containers[0].livenessProbe.httpGet.path "/"
                spec.containers[0].livenessProbe.httpGet.scheme "HTTP"
                spec.containers[0].livenessProbe.periodSeconds 10
                spec.containers[0].livenessProbe.successThreshold 1
                spec.containers[0].livenessProbe.timeoutSeconds 1
                spec.containers[0].ports[0].hostPort 80
                spec.containers[0].ports[0].protocol "TCP"
                spec.containers[0].ports[1].hostPort 81
                spec.containers[0].readinessProbe.failureThreshold 3
                spec.containers[0].readinessProbe.periodSeconds 10
                spec.containers[0].readinessProbe.successThreshold 1
                spec.containers[0].resources.limits.cpu "1"
                spec.containers[0].resources.limits.ephemeral-storage "1536Mi"
                spec.containers[0].resources.limits.memory "1Gi"
                spec.containers[0].resources.requests.cpu "100m"
                spec.containers[0].resources.requests.ephemeral-storage "1536Mi"
                spec.containers[0].resources.requests["example.com/a"] "2"
                spec.containers[0].resources.requests.memory "1Gi"
                spec.containers[0].securityContext.capabilities.add -
                spec.containers[0].startupProbe.periodSeconds 10
                spec.containers[0].startupProbe.successThreshold 1
                spec.containers[0].startupProbe.timeoutSeconds 1
                spec.containers[0].stdin -
                spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.containers[0].terminationMessagePolicy "File"
                spec.containers[0].volumeMounts[0].readOnly -
                spec.containers[0].volumeMounts[0].subPath -
                spec.containers[1].imagePullPolicy "IfNotPresent"
                spec.containers[1].resources {}
                spec.containers[1].terminationMessagePath "/dev/termination-log"
                spec.containers[1].terminationMessagePolicy "File"
                spec.containers[2].imagePullPolicy "Always"
                spec.containers[2].resources {}
                spec.containers[2].terminationMessagePath "/dev/termination-log"
                spec.containers[2].terminationMessagePolicy "File"
                spec.dnsConfig.nameservers -
                spec.dnsPolicy "ClusterFirst"
                spec.initContainers[0].imagePullPolicy "IfNotPresent"
                spec.initContainers[0].resources.limits.cpu "500m"
                spec.initContainers[0].resources.limits.memory "512Mi"
                spec.initContainers[0].resources.requests.cpu "100m"
                spec.initContainers[0].resources.requests.memory "512Mi"
                spec.initContainers[0].terminationMessagePath "/dev/termination-log"
                spec.initContainers[0].terminationMessagePolicy "File"
                spec.nodeSelector -
                spec.preemptionPolicy "PreemptLowerPriority"
                spec.priority 0
                spec.readinessGates -
                spec.restartPolicy "Always"
                spec.schedulerName "default-scheduler"
                spec.securityContext.supplementalGroups -
                spec.securityContext.sysctls -
                spec.serviceAccount "default"
                spec.terminationGracePeriodSeconds 30
                spec.volumes[0].emptyDir {}
                spec.volumes[2].emptyDir.sizeLimit "1Gi"
                spec.volumes[3].hostPath.type ""
                spec.volumes[4].configMap.defaultMode 420
                spec.volumes[5].secret.defaultMode 420
                spec.volumes[6].downwardAPI.defaultMode 420
                spec.volumes[6].downwardAPI.items[0].fieldRef.apiVersion "v1"
                spec.volumes[6].downwardAPI.items[1].resourceFieldRef.divisor "0"
                spec.volumes[6].downwardAPI.items[2].resourceFieldRef.divisor "1"
                spec.volumes[7].projected.defaultMode 420
                spec.volumes[7].projected.sources[0].serviceAccountToken.expirationSeconds 3600
                spec.volumes[7].projected.sources[1].configMap.items -
                spec.volumes[7].projected.sources[2].downwardAPI.items[0].fieldRef.apiVersion "v1"
                spec.volumes[8].persistentVolumeClaim.readOnly -
                spec.volumes[10].rbd.keyring "/etc/ceph/keyring"
                spec.volumes[10].rbd.pool "rbd"
                spec.volumes[10].rbd.user "admin"
                spec.volumes[11].iscsi.iscsiInterface "default"
                spec.volumes[12].azureDisk.cachingMode "ReadWrite"
                spec.volumes[12].azureDisk.fsType "ext4"
                spec.volumes[12].azureDisk.kind "Shared"
                spec.volumes[12].azureDisk.readOnly false
                spec.volumes[13].scaleIO.fsType "xfs"
                spec.volumes[13].scaleIO.storageMode "ThinProvisioned"
                spec.volumes[14].csi.volumeAttributes -
                status {"phase":"Pending","qosClass":"Burstable"}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"g1"},"spec":{"containers":[{"image":"nginx",
              "name":"c","resources":{"limits":{"cpu":1,"memory":"1Gi"}}}],"serviceAccount":"default",
              "terminationGracePeriodSeconds":0}}
            """#,
            becomes: #"""
                spec.containers[0].imagePullPolicy "Always"
                spec.containers[0].resources.limits.cpu "1"
                spec.containers[0].resources.requests {"cpu":"1","memory":"1Gi"}
                spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.containers[0].terminationMessagePolicy "File"
                spec.containers[0].volumeMounts [{"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount",
                  "name":"default-token-25m7s","readOnly":true}]
                spec.dnsPolicy "ClusterFirst"
                spec.enableServiceLinks true
                spec.preemptionPolicy "PreemptLowerPriority"
                spec.priority 0
                spec.restartPolicy "Always"
                spec.schedulerName "default-scheduler"
                spec.securityContext {}
                spec.serviceAccountName "default"
                spec.tolerations [{"effect":"NoExecute","key":"node.kubernetes.io/not-ready","operator":"Exists",
                  "tolerationSeconds":300},{"effect":"NoExecute","key":"node.kubernetes.io/unreachable",
                  "operator":"Exists","tolerationSeconds":300}]
                spec.volumes [{"name":"default-token-25m7s","secret":{"defaultMode":420,
                  "secretName":"default-token-25m7s"}}]
                status {"phase":"Pending","qosClass":"Guaranteed"}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Pod",
              "metadata":{"annotations":{"pod.beta.kubernetes.io/init-containers":"x"},"name":"g2"},
              "spec":{"containers":[{"image":"nginx","name":"c","resources":{"requests":{"cpu":"100u",
              "memory":"123456789123"}}}],"nodeSelector":null,"tolerations":[{"effect":"NoExecute",
              "key":"node.kubernetes.io/not-ready","operator":"Exists","tolerationSeconds":5}],"volumes":null},
              "status":{"phase":"Running"}}
            """#,
            becomes: #"""
                metadata.annotations -
                spec.containers[0].imagePullPolicy "Always"
                spec.containers[0].resources.requests.cpu "1m"
                spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.containers[0].terminationMessagePolicy "File"
                spec.containers[0].volumeMounts [{"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount",
                  "name":"default-token-25m7s","readOnly":true}]
                spec.dnsPolicy "ClusterFirst"
                spec.enableServiceLinks true
                spec.nodeSelector -
                spec.preemptionPolicy "PreemptLowerPriority"
                spec.priority 0
                spec.restartPolicy "Always"
                spec.schedulerName "default-scheduler"
                spec.securityContext {}
                spec.serviceAccount "default"
                spec.serviceAccountName "default"
                spec.terminationGracePeriodSeconds 30
                spec.tolerations [{"effect":"NoExecute","key":"node.kubernetes.io/not-ready","operator":"Exists",
                  "tolerationSeconds":5},{"effect":"NoExecute","key":"node.kubernetes.io/unreachable",
                  "operator":"Exists","tolerationSeconds":300}]
                spec.volumes [{"name":"default-token-25m7s","secret":{"defaultMode":420,
                  "secretName":"default-token-25m7s"}}]
                status.phase "Pending"
                status.qosClass "Burstable"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"g3"},
              "spec":{"containers":[{"image":"nginx:1.2@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
              "name":"c"}],"dnsPolicy":"Default","enableServiceLinks":false,
              "priorityClassName":"system-node-critical","restartPolicy":"Never"}}
            """#,
            becomes: #"""
                spec.containers[0].imagePullPolicy "IfNotPresent"
                spec.containers[0].resources {}
                spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.containers[0].terminationMessagePolicy "File"
                spec.containers[0].volumeMounts [{"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount",
                  "name":"default-token-25m7s","readOnly":true}]
                spec.preemptionPolicy "PreemptLowerPriority"
                spec.priority 2000001000
                spec.schedulerName "default-scheduler"
                spec.securityContext {}
                spec.serviceAccount "default"
                spec.serviceAccountName "default"
                spec.terminationGracePeriodSeconds 30
                spec.tolerations [{"effect":"NoExecute","key":"node.kubernetes.io/not-ready","operator":"Exists",
                  "tolerationSeconds":300},{"effect":"NoExecute","key":"node.kubernetes.io/unreachable",
                  "operator":"Exists","tolerationSeconds":300}]
                spec.volumes [{"name":"default-token-25m7s","secret":{"defaultMode":420,
                  "secretName":"default-token-25m7s"}}]
                status {"phase":"Pending","qosClass":"BestEffort"}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"PodTemplate","metadata":{"name":"a"},
              "template":{"spec":{"containers":[{"image":"nginx","name":"c","resources":{"limits":{"cpu":1}}}]}}}
            """#,
            becomes: #"""
                template.metadata {"creationTimestamp":null}
                template.spec.containers[0].imagePullPolicy "Always"
                template.spec.containers[0].resources.limits.cpu "1"
                template.spec.containers[0].terminationMessagePath "/dev/termination-log"
                template.spec.containers[0].terminationMessagePolicy "File"
                template.spec.dnsPolicy "ClusterFirst"
                template.spec.restartPolicy "Always"
                template.spec.schedulerName "default-scheduler"
                template.spec.securityContext {}
                template.spec.terminationGracePeriodSeconds 30
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"ReplicationController","metadata":{"name":"a"},
              "spec":{"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"image":"nginx",
              "name":"c"}]}}}}
            """#,
            becomes: #"""
                metadata.generation 1
                metadata.labels {"a":"b"}
                spec.replicas 1
                spec.selector {"a":"b"}
                spec.template.metadata.creationTimestamp null
                spec.template.spec.containers[0].imagePullPolicy "Always"
                spec.template.spec.containers[0].resources {}
                spec.template.spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.template.spec.containers[0].terminationMessagePolicy "File"
                spec.template.spec.dnsPolicy "ClusterFirst"
                spec.template.spec.restartPolicy "Always"
                spec.template.spec.schedulerName "default-scheduler"
                spec.template.spec.securityContext {}
                spec.template.spec.terminationGracePeriodSeconds 30
                status {"replicas":0}
                """#),
    ]
}
