extension ServerCase {
    /// The rest of the core group.
    static let core: [ServerCase] = [
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"ports":[{"port":80}]}}
            """#,
            becomes: #"""
                spec.ports[0].protocol "TCP"
                spec.ports[0].targetPort 80
                spec.sessionAffinity "None"
                spec.type "ClusterIP"
                status {"loadBalancer":{}}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"b"},"spec":{"ports":[{"name":"x","port":80,
              "nodePort":30001,"targetPort":"http"},{"name":"y","port":81,"nodePort":30002,"protocol":"UDP","targetPort":0}],"selector":{"a":"b"},
              "type":"NodePort"}}
            """#,
            becomes: #"""
                spec.externalTrafficPolicy "Cluster"
                spec.ports[0].protocol "TCP"
                spec.ports[1].targetPort 81
                spec.sessionAffinity "None"
                status {"loadBalancer":{}}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"c"},"spec":{"externalTrafficPolicy":"Local",
              "healthCheckNodePort":30124,"ports":[{"nodePort":30123,"port":80}],"sessionAffinity":"ClientIP","type":"LoadBalancer"}}
            """#,
            becomes: #"""
                spec.ports[0].protocol "TCP"
                spec.ports[0].targetPort 80
                spec.sessionAffinityConfig {"clientIP":{"timeoutSeconds":10800}}
                status {"loadBalancer":{}}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"d"},"spec":{"externalName":"a.b",
              "type":"ExternalName"}}
            """#,
            becomes: #"""
                spec.sessionAffinity "None"
                status {"loadBalancer":{}}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"e"},"spec":{"clusterIP":"None","ports":[],
              "selector":{"a":"b"}}}
            """#,
            becomes: #"""
                spec.clusterIPs ["None"]
                spec.ports -
                spec.sessionAffinity "None"
                spec.type "ClusterIP"
                status {"loadBalancer":{}}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"f"},"spec":{"clusterIP":"10.96.9.9",
              "externalIPs":[],"ports":[{"port":80}],"publishNotReadyAddresses":false,"sessionAffinity":"None",
              "sessionAffinityConfig":{"clientIP":{"timeoutSeconds":5}}},
              "status":{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"}]}}}
            """#,
            becomes: #"""
                spec.clusterIPs ["10.96.9.9"]
                spec.externalIPs -
                spec.ports[0].protocol "TCP"
                spec.ports[0].targetPort 80
                spec.publishNotReadyAddresses -
                spec.sessionAffinityConfig -
                spec.type "ClusterIP"
                status.loadBalancer.ingress -
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"a"}}
            """#,
            becomes: #"""
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"b"},"automountServiceAccountToken":false,
              "imagePullSecrets":[{"name":"b"}],"secrets":[{"kind":"Secret","name":"a","namespace":"x"}]}
            """#,
            becomes: #"""
                secrets[0].kind -
                secrets[0].namespace -
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}
            """#,
            becomes: #"""
                type "Opaque"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Secret","metadata":{"name":"b"},"data":{"a":"ZA==","c":"ZA==","n":null,
              "z":""},"stringData":{"a":"b","e":""},"type":""}
            """#,
            becomes: #"""
                data.a "Yg=="
                data.e ""
                data.n ""
                stringData -
                type "Opaque"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}
            """#,
            becomes: #"""
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"},"binaryData":{},"data":{"a":null,"b":""},
              "immutable":false}
            """#,
            becomes: #"""
                binaryData -
                data.a ""
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop-x"}}
            """#,
            becomes: #"""
                spec {"finalizers":["kubernetes"]}
                status {"phase":"Active"}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop-y"},
              "spec":{"finalizers":["a.b/c"]},"status":{"phase":"Terminating"}}
            """#,
            becomes: #"""
                spec.finalizers ["a.b/c","kubernetes"]
                status.phase "Active"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Node","metadata":{"name":"shop-n"}}
            """#,
            becomes: #"""
                spec {"taints":[{"effect":"NoSchedule","key":"node.kubernetes.io/not-ready"}]}
                status {"daemonEndpoints":{"kubeletEndpoint":{"Port":0}},"nodeInfo":{"architecture":"","bootID":"",
                  "containerRuntimeVersion":"","kernelVersion":"","kubeProxyVersion":"","kubeletVersion":"",
                  "machineID":"","operatingSystem":"","osImage":"","systemUUID":""}}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Node","metadata":{"name":"shop-m"},"spec":{"podCIDR":"10.0.0.0/24",
              "taints":[{"effect":"NoSchedule","key":"a"}],"unschedulable":false},
              "status":{"capacity":{"cpu":"4000m","memory":"1024Ki","pods":110},
              "conditions":[{"lastHeartbeatTime":"2020-01-01T00:00:00.5+02:00","status":"True","type":"Ready"}]}}
            """#,
            becomes: #"""
                spec.podCIDRs ["10.0.0.0/24"]
                spec.taints [{"effect":"NoSchedule","key":"a"},{"effect":"NoSchedule",
                  "key":"node.kubernetes.io/not-ready"}]
                spec.unschedulable -
                status.allocatable {"cpu":"4","memory":"1Mi","pods":"110"}
                status.capacity.cpu "4"
                status.capacity.memory "1Mi"
                status.capacity.pods "110"
                status.conditions[0].lastHeartbeatTime "2019-12-31T22:00:00Z"
                status.conditions[0].lastTransitionTime null
                status.daemonEndpoints {"kubeletEndpoint":{"Port":0}}
                status.nodeInfo {"architecture":"","bootID":"","containerRuntimeVersion":"","kernelVersion":"",
                  "kubeProxyVersion":"","kubeletVersion":"","machineID":"","operatingSystem":"","osImage":"",
                  "systemUUID":""}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"shop-a"},
              "spec":{"accessModes":["ReadWriteOnce"],"capacity":{"storage":"1024Mi"},"hostPath":{"path":"/a"}}}
            """#,
            becomes: #"""
                metadata.finalizers ["kubernetes.io/pv-protection"]
                spec.capacity.storage "1Gi"
                spec.hostPath.type ""
                spec.persistentVolumeReclaimPolicy "Retain"
                spec.volumeMode "Filesystem"
                status {"phase":"Pending"}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"shop-b"},
              "spec":{"accessModes":["ReadWriteOnce"],"capacity":{"storage":"1.5Gi"},"claimRef":{"name":"a",
              "namespace":"b"},"csi":{"driver":"a.b","readOnly":false,"volumeHandle":"c"},"mountOptions":[],
              "nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a",
              "operator":"Exists"}]}]}},"persistentVolumeReclaimPolicy":"Delete","storageClassName":""}}
            """#,
            becomes: #"""
                metadata.finalizers ["kubernetes.io/pv-protection"]
                spec.capacity.storage "1536Mi"
                spec.csi.readOnly -
                spec.mountOptions -
                spec.storageClassName -
                spec.volumeMode "Filesystem"
                status {"phase":"Pending"}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"shop-c"},
              "spec":{"accessModes":["ReadWriteOnce"],"capacity":{"storage":1},"rbd":{"image":"b",
              "monitors":["a"]}}}
            """#,
            becomes: #"""
                metadata.finalizers ["kubernetes.io/pv-protection"]
                spec.capacity.storage "1"
                spec.persistentVolumeReclaimPolicy "Retain"
                spec.rbd.keyring "/etc/ceph/keyring"
                spec.rbd.pool "rbd"
                spec.rbd.user "admin"
                spec.volumeMode "Filesystem"
                status {"phase":"Pending"}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"a"},
              "spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1024Mi"}}}}
            """#,
            becomes: #"""
                metadata.finalizers ["kubernetes.io/pvc-protection"]
                spec.resources.requests.storage "1Gi"
                spec.volumeMode "Filesystem"
                status {"phase":"Pending"}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"b"},
              "spec":{"accessModes":["ReadWriteOnce"],"dataSource":{"kind":"PersistentVolumeClaim","name":"x"},
              "resources":{"requests":{"storage":1}},"selector":{"matchLabels":{}},"storageClassName":""},
              "status":{"capacity":{"storage":1},"phase":"Bound"}}
            """#,
            becomes: #"""
                metadata.finalizers ["kubernetes.io/pvc-protection"]
                spec.dataSource.apiGroup null
                spec.resources.requests.storage "1"
                spec.selector.matchLabels -
                spec.volumeMode "Filesystem"
                status.capacity -
                status.phase "Pending"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"a"},"subsets":[{"addresses":[{"ip":"1.2.3.4"},
              {"ip":"1.2.3.3","targetRef":{"kind":"Pod","name":"x"}}],"notReadyAddresses":[{"ip":"1.2.3.5"}],
              "ports":[{"name":"y","port":80},{"name":"z","port":79}]}]}
            """#,
            becomes: #"""
                subsets[0].ports[0].protocol "TCP"
                subsets[0].ports[1].protocol "TCP"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"b"},"subsets":[]}
            """#,
            becomes: #"""
                subsets -
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"a"},"involvedObject":{"kind":"Pod","name":"x",
              "namespace":"shop"},"message":"b","reason":"A","type":"Normal"}
            """#,
            becomes: #"""
                eventTime null
                firstTimestamp null
                lastTimestamp null
                reportingComponent ""
                reportingInstance ""
                source {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"b"},"action":"b","count":0,
              "eventTime":"2020-01-01T00:00:00.500000+02:00","firstTimestamp":"2020-01-01T00:00:00+02:00",
              "involvedObject":{"kind":"Pod","name":"x","namespace":"shop"},"reason":"c",
              "reportingComponent":"x.y/z","reportingInstance":"a","series":{"count":3,
              "lastObservedTime":"2020-01-01T00:00:00.000000Z"},"type":"Warning"}
            """#,
            becomes: #"""
                count -
                eventTime "2019-12-31T22:00:00.500000Z"
                firstTimestamp "2019-12-31T22:00:00Z"
                lastTimestamp null
                source {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"a"},
              "spec":{"limits":[{"default":{"memory":"1024Mi"},"max":{"cpu":2},"min":{"cpu":"100m","memory":"1Mi"},
              "type":"Container"},{"max":{"cpu":4},"type":"Pod"},{"min":{"storage":"1Gi"},
              "type":"PersistentVolumeClaim"}]}}
            """#,
            becomes: #"""
                spec.limits[0].default.cpu "2"
                spec.limits[0].default.memory "1Gi"
                spec.limits[0].defaultRequest {"cpu":"2","memory":"1Gi"}
                spec.limits[0].max.cpu "2"
                spec.limits[1].max.cpu "4"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"a"},"spec":{"hard":{"pods":"10",
              "requests.cpu":"1000m"},"scopes":[]}}
            """#,
            becomes: #"""
                spec.hard["requests.cpu"] "1"
                spec.scopes -
                status {}
                """#),
    ]
}
