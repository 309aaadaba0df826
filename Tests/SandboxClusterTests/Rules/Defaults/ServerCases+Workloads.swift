extension ServerCase {
    /// Workloads, budgets and autoscalers.
    static let workloads: [ServerCase] = [
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"},
              "spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
              "spec":{"containers":[{"image":"nginx","name":"c"}]}}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.progressDeadlineSeconds 600
                spec.replicas 1
                spec.revisionHistoryLimit 10
                spec.strategy {"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"}
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
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"generation":7,"name":"b"},
              "spec":{"minReadySeconds":0,"paused":false,"replicas":0,"selector":{"matchExpressions":[],
              "matchLabels":{"a":"b"}},"strategy":{"rollingUpdate":{"maxSurge":1}},
              "template":{"metadata":{"creationTimestamp":null,"labels":{"a":"b"},"name":""},
              "spec":{"containers":[{"image":"nginx:1","livenessProbe":{"httpGet":{"httpHeaders":[],"port":80},
              "initialDelaySeconds":0},"name":"c","ports":[{"containerPort":80,"hostPort":0,"name":""}],
              "resources":{"limits":{"cpu":"1.0","memory":"1e3"}}}],"volumes":[]}}},"status":{"replicas":3}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.minReadySeconds -
                spec.paused -
                spec.progressDeadlineSeconds 600
                spec.revisionHistoryLimit 10
                spec.selector.matchExpressions -
                spec.strategy.rollingUpdate.maxUnavailable "25%"
                spec.strategy.type "RollingUpdate"
                spec.template.metadata.name -
                spec.template.spec.containers[0].imagePullPolicy "IfNotPresent"
                spec.template.spec.containers[0].livenessProbe.failureThreshold 3
                spec.template.spec.containers[0].livenessProbe.httpGet.httpHeaders -
                spec.template.spec.containers[0].livenessProbe.httpGet.path "/"
                spec.template.spec.containers[0].livenessProbe.httpGet.scheme "HTTP"
                spec.template.spec.containers[0].livenessProbe.initialDelaySeconds -
                spec.template.spec.containers[0].livenessProbe.periodSeconds 10
                spec.template.spec.containers[0].livenessProbe.successThreshold 1
                spec.template.spec.containers[0].livenessProbe.timeoutSeconds 1
                spec.template.spec.containers[0].ports[0].hostPort -
                spec.template.spec.containers[0].ports[0].name -
                spec.template.spec.containers[0].ports[0].protocol "TCP"
                spec.template.spec.containers[0].resources.limits.cpu "1"
                spec.template.spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.template.spec.containers[0].terminationMessagePolicy "File"
                spec.template.spec.dnsPolicy "ClusterFirst"
                spec.template.spec.restartPolicy "Always"
                spec.template.spec.schedulerName "default-scheduler"
                spec.template.spec.securityContext {}
                spec.template.spec.terminationGracePeriodSeconds 30
                spec.template.spec.volumes -
                status.replicas -
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"revisionHistoryLimit":0,
              "selector":{"matchLabels":{"a":"b"}},"strategy":{"type":"Recreate"},
              "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"image":"nginx","name":"c",
              "ports":[{"containerPort":80}]}],"hostNetwork":true}}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.progressDeadlineSeconds 600
                spec.replicas 1
                spec.template.metadata.creationTimestamp null
                spec.template.spec.containers[0].imagePullPolicy "Always"
                spec.template.spec.containers[0].ports[0].hostPort 80
                spec.template.spec.containers[0].ports[0].protocol "TCP"
                spec.template.spec.containers[0].resources {}
                spec.template.spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.template.spec.containers[0].terminationMessagePolicy "File"
                spec.template.spec.dnsPolicy "ClusterFirst"
                spec.template.spec.restartPolicy "Always"
                spec.template.spec.schedulerName "default-scheduler"
                spec.template.spec.securityContext {}
                spec.template.spec.terminationGracePeriodSeconds 30
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"a"},
              "spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
              "spec":{"containers":[{"image":"nginx","name":"c"}]}}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.replicas 1
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
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"a"},
              "spec":{"selector":{"matchLabels":{"a":"b"}},"serviceName":"x",
              "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"image":"nginx","name":"c"}]}},
              "volumeClaimTemplates":[{"metadata":{"name":"d"},"spec":{"accessModes":["ReadWriteOnce"],
              "resources":{"requests":{"storage":"1Gi"}}}}]}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.podManagementPolicy "OrderedReady"
                spec.replicas 1
                spec.revisionHistoryLimit 10
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
                spec.updateStrategy {"rollingUpdate":{"partition":0},"type":"RollingUpdate"}
                spec.volumeClaimTemplates[0].apiVersion "v1"
                spec.volumeClaimTemplates[0].kind "PersistentVolumeClaim"
                spec.volumeClaimTemplates[0].metadata.creationTimestamp null
                spec.volumeClaimTemplates[0].spec.volumeMode "Filesystem"
                spec.volumeClaimTemplates[0].status {"phase":"Pending"}
                status {"replicas":0}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"b"},
              "spec":{"podManagementPolicy":"Parallel","selector":{"matchLabels":{"a":"b"}},
              "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"image":"nginx","name":"c"}]}},
              "updateStrategy":{"type":"OnDelete"}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.replicas 1
                spec.revisionHistoryLimit 10
                spec.serviceName ""
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
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"c"},
              "spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
              "spec":{"containers":[{"image":"nginx","name":"c"}]}},"updateStrategy":{"type":"RollingUpdate"}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.podManagementPolicy "OrderedReady"
                spec.replicas 1
                spec.revisionHistoryLimit 10
                spec.serviceName ""
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
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"a"},
              "spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
              "spec":{"containers":[{"image":"nginx","name":"c"}]}}}}
            """#,
            becomes: #"""
                metadata.annotations {"deprecated.daemonset.template.generation":"1"}
                metadata.generation 1
                spec.revisionHistoryLimit 10
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
                spec.updateStrategy {"rollingUpdate":{"maxUnavailable":1},"type":"RollingUpdate"}
                status {"currentNumberScheduled":0,"desiredNumberScheduled":0,"numberMisscheduled":0,
                  "numberReady":0}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"b"},
              "spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
              "spec":{"containers":[{"image":"nginx","name":"c"}]}},"updateStrategy":{"type":"OnDelete"}}}
            """#,
            becomes: #"""
                metadata.annotations {"deprecated.daemonset.template.generation":"1"}
                metadata.generation 1
                spec.revisionHistoryLimit 10
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
                status {"currentNumberScheduled":0,"desiredNumberScheduled":0,"numberMisscheduled":0,
                  "numberReady":0}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apps/v1","kind":"ControllerRevision","metadata":{"name":"a"},"data":{"a":null,"b":1},
              "revision":1}
            """#,
            becomes: #"""
                """#),
        ServerCase(
            #"""
            {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a"},
              "spec":{"template":{"spec":{"containers":[{"image":"nginx","name":"c"}],"restartPolicy":"Never"}}}}
            """#,
            becomes: #"""
                metadata.labels {"controller-uid":"uid-1","job-name":"a"}
                spec.backoffLimit 6
                spec.completions 1
                spec.parallelism 1
                spec.selector {"matchLabels":{"controller-uid":"uid-1"}}
                spec.template.metadata {"creationTimestamp":null,"labels":{"controller-uid":"uid-1","job-name":"a"}}
                spec.template.spec.containers[0].imagePullPolicy "Always"
                spec.template.spec.containers[0].resources {}
                spec.template.spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.template.spec.containers[0].terminationMessagePolicy "File"
                spec.template.spec.dnsPolicy "ClusterFirst"
                spec.template.spec.schedulerName "default-scheduler"
                spec.template.spec.securityContext {}
                spec.template.spec.terminationGracePeriodSeconds 30
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"b"},"spec":{"completions":3,
              "template":{"metadata":{"labels":{"x":"y"}},"spec":{"containers":[{"image":"nginx","name":"c"}],
              "restartPolicy":"OnFailure"}},"ttlSecondsAfterFinished":0}}
            """#,
            becomes: #"""
                metadata.labels {"controller-uid":"uid-1","job-name":"b","x":"y"}
                spec.backoffLimit 6
                spec.parallelism 1
                spec.selector {"matchLabels":{"controller-uid":"uid-1"}}
                spec.template.metadata.creationTimestamp null
                spec.template.metadata.labels.controller-uid "uid-1"
                spec.template.metadata.labels.job-name "b"
                spec.template.spec.containers[0].imagePullPolicy "Always"
                spec.template.spec.containers[0].resources {}
                spec.template.spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.template.spec.containers[0].terminationMessagePolicy "File"
                spec.template.spec.dnsPolicy "ClusterFirst"
                spec.template.spec.schedulerName "default-scheduler"
                spec.template.spec.securityContext {}
                spec.template.spec.terminationGracePeriodSeconds 30
                spec.ttlSecondsAfterFinished -
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"c"},"spec":{"manualSelector":true,
              "parallelism":3,"selector":{"matchLabels":{"x":"y"}},"template":{"metadata":{"labels":{"x":"y"}},
              "spec":{"containers":[{"image":"nginx","name":"c"}],"restartPolicy":"OnFailure"}}}}
            """#,
            becomes: #"""
                metadata.labels {"x":"y"}
                spec.backoffLimit 6
                spec.template.metadata.creationTimestamp null
                spec.template.spec.containers[0].imagePullPolicy "Always"
                spec.template.spec.containers[0].resources {}
                spec.template.spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.template.spec.containers[0].terminationMessagePolicy "File"
                spec.template.spec.dnsPolicy "ClusterFirst"
                spec.template.spec.schedulerName "default-scheduler"
                spec.template.spec.securityContext {}
                spec.template.spec.terminationGracePeriodSeconds 30
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"batch/v1beta1","kind":"CronJob","metadata":{"name":"a"},
              "spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"image":"nginx","name":"c"}],
              "restartPolicy":"Never"}}}},"schedule":"* * * * *"}}
            """#,
            becomes: #"""
                spec.concurrencyPolicy "Allow"
                spec.failedJobsHistoryLimit 1
                spec.jobTemplate.metadata {"creationTimestamp":null}
                spec.jobTemplate.spec.template.metadata {"creationTimestamp":null}
                spec.jobTemplate.spec.template.spec.containers[0].imagePullPolicy "Always"
                spec.jobTemplate.spec.template.spec.containers[0].resources {}
                spec.jobTemplate.spec.template.spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.jobTemplate.spec.template.spec.containers[0].terminationMessagePolicy "File"
                spec.jobTemplate.spec.template.spec.dnsPolicy "ClusterFirst"
                spec.jobTemplate.spec.template.spec.schedulerName "default-scheduler"
                spec.jobTemplate.spec.template.spec.securityContext {}
                spec.jobTemplate.spec.template.spec.terminationGracePeriodSeconds 30
                spec.successfulJobsHistoryLimit 3
                spec.suspend false
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"batch/v1beta1","kind":"CronJob","metadata":{"name":"b"},
              "spec":{"concurrencyPolicy":"Forbid","jobTemplate":{"metadata":{"labels":{"a":"b"}},
              "spec":{"completions":2,"template":{"metadata":{"labels":{"a":"b"}},
              "spec":{"containers":[{"image":"nginx","name":"c"}],"restartPolicy":"Never"}}}},
              "schedule":"* * * * *","startingDeadlineSeconds":0,"suspend":true}}
            """#,
            becomes: #"""
                spec.failedJobsHistoryLimit 1
                spec.jobTemplate.metadata.creationTimestamp null
                spec.jobTemplate.spec.template.metadata.creationTimestamp null
                spec.jobTemplate.spec.template.spec.containers[0].imagePullPolicy "Always"
                spec.jobTemplate.spec.template.spec.containers[0].resources {}
                spec.jobTemplate.spec.template.spec.containers[0].terminationMessagePath "/dev/termination-log"
                spec.jobTemplate.spec.template.spec.containers[0].terminationMessagePolicy "File"
                spec.jobTemplate.spec.template.spec.dnsPolicy "ClusterFirst"
                spec.jobTemplate.spec.template.spec.schedulerName "default-scheduler"
                spec.jobTemplate.spec.template.spec.securityContext {}
                spec.jobTemplate.spec.template.spec.terminationGracePeriodSeconds 30
                spec.successfulJobsHistoryLimit 3
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"a"},
              "spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"x"}}}
            """#,
            becomes: #"""
                spec.minReplicas 1
                spec.targetCPUUtilizationPercentage 80
                status {"currentReplicas":0,"desiredReplicas":0}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"autoscaling/v2beta2","kind":"HorizontalPodAutoscaler","metadata":{"name":"b"},
              "spec":{"maxReplicas":3,"scaleTargetRef":{"kind":"Deployment","name":"x"}}}
            """#,
            becomes: #"""
                spec.metrics [{"resource":{"name":"cpu","target":{"averageUtilization":80,"type":"Utilization"}},
                  "type":"Resource"}]
                spec.minReplicas 1
                status {"conditions":null,"currentMetrics":null,"currentReplicas":0,"desiredReplicas":0}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"autoscaling/v2beta2","kind":"HorizontalPodAutoscaler","metadata":{"name":"c"},
              "spec":{"behavior":{"scaleDown":{"stabilizationWindowSeconds":0}},"maxReplicas":3,
              "metrics":[{"pods":{"metric":{"name":"x","selector":{}},"target":{"averageValue":"1000m",
              "type":"AverageValue"}},"type":"Pods"}],"minReplicas":2,"scaleTargetRef":{"kind":"Deployment",
              "name":"x"}}}
            """#,
            becomes: #"""
                spec.behavior.scaleDown.policies [{"periodSeconds":15,"type":"Percent","value":100}]
                spec.behavior.scaleDown.selectPolicy "Max"
                spec.behavior.scaleUp {"policies":[{"periodSeconds":15,"type":"Pods","value":4},{"periodSeconds":15,
                  "type":"Percent","value":100}],"selectPolicy":"Max","stabilizationWindowSeconds":0}
                spec.metrics[0].pods.target.averageValue "1"
                status {"conditions":null,"currentMetrics":null,"currentReplicas":0,"desiredReplicas":0}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"autoscaling/v2beta2","kind":"HorizontalPodAutoscaler","metadata":{"name":"d"},
              "spec":{"behavior":{"scaleUp":{"policies":[{"periodSeconds":60,"type":"Pods","value":1}]}},
              "maxReplicas":3,"metrics":[],"minReplicas":2,"scaleTargetRef":{"kind":"Deployment","name":"x"}}}
            """#,
            becomes: #"""
                spec.behavior.scaleDown {"policies":[{"periodSeconds":15,"type":"Percent","value":100}],
                  "selectPolicy":"Max"}
                spec.behavior.scaleUp.selectPolicy "Max"
                spec.behavior.scaleUp.stabilizationWindowSeconds 0
                spec.metrics [{"resource":{"name":"cpu","target":{"averageUtilization":80,"type":"Utilization"}},
                  "type":"Resource"}]
                status {"conditions":null,"currentMetrics":null,"currentReplicas":0,"desiredReplicas":0}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"autoscaling/v2beta1","kind":"HorizontalPodAutoscaler","metadata":{"name":"e"},
              "spec":{"maxReplicas":3,"scaleTargetRef":{"kind":"Deployment","name":"x"}}}
            """#,
            becomes: #"""
                spec.metrics [{"resource":{"name":"cpu","targetAverageUtilization":80},"type":"Resource"}]
                spec.minReplicas 1
                status {"conditions":null,"currentMetrics":null,"currentReplicas":0,"desiredReplicas":0}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"a"},
              "spec":{"minAvailable":1,"selector":{"matchLabels":{"a":"b"}}}}
            """#,
            becomes: #"""
                metadata.generation 1
                status {"currentHealthy":0,"desiredHealthy":0,"disruptionsAllowed":0,"expectedPods":0}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"b"},
              "spec":{"maxUnavailable":"50%"},"status":{"currentHealthy":1,"desiredHealthy":1,
              "disruptionsAllowed":5,"expectedPods":1}}
            """#,
            becomes: #"""
                metadata.generation 1
                status.currentHealthy 0
                status.desiredHealthy 0
                status.disruptionsAllowed 0
                status.expectedPods 0
                """#),
        ServerCase(
            #"""
            {"apiVersion":"policy/v1beta1","kind":"PodSecurityPolicy","metadata":{"name":"shop"},
              "spec":{"fsGroup":{"rule":"RunAsAny"},"runAsUser":{"rule":"RunAsAny"},"seLinux":{"rule":"RunAsAny"},
              "supplementalGroups":{"rule":"RunAsAny"}}}
            """#,
            becomes: #"""
                spec.allowPrivilegeEscalation true
                """#),
    ]
}
