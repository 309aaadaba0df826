import Resources

/// A Deployment as it was applied to a server of version 1.20, and as the server returned it (trimmed by hand).
enum RecordedObjects {
    static func desired() throws -> KubernetesObject { try Fixtures.object(desiredJSON) }
    static func live() throws -> KubernetesObject { try Fixtures.object(liveJSON) }

    private static let desiredJSON = #"""
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web"}, "annotations": {"note": "x"}},
         "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "web"}},
          "template": {"metadata": {"labels": {"app": "web"}}, "spec": {
           "nodeSelector": {"a": "b"},
           "tolerations": [{"key": "a", "operator": "Exists"}],
           "volumes": [{"name": "tmp", "emptyDir": {}},
            {"name": "cfg", "configMap": {"name": "x", "items": [{"key": "a", "path": "b"}]}}],
           "containers": [{"name": "web", "image": "nginx", "args": ["-a"],
            "env": [{"name": "B", "value": "1"},
             {"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
            "ports": [{"containerPort": 80}, {"containerPort": 53, "protocol": "UDP"},
             {"containerPort": 53, "name": "t", "protocol": "TCP"}],
            "resources": {"requests": {"cpu": "1000m", "memory": "1.5Gi"}, "limits": {"cpu": "1"}},
            "securityContext": {"capabilities": {"drop": ["ALL"]}},
            "livenessProbe": {"httpGet": {"path": "/", "port": 80}}}]}}}}
        """#

    private static let liveJSON = #"""
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"annotations": {"deployment.kubernetes.io/revision": "1", "note": "x"},
          "creationTimestamp": "2026-11-21T03:40:07Z", "generation": 1, "labels": {"app": "web"}, "name": "web",
          "namespace": "shop", "resourceVersion": "383", "uid": "6612d1f5-3230-40a8-852b-5ae8457aaf22",
          "managedFields": [
           {"apiVersion": "apps/v1", "fieldsType": "FieldsV1", "manager": "endstate", "operation": "Apply",
            "time": "2026-11-21T03:40:07Z", "fieldsV1":
            {"f:metadata": {"f:annotations": {"f:note": {}}, "f:labels": {"f:app": {}}},
             "f:spec": {"f:replicas": {}, "f:selector": {}, "f:template": {"f:metadata": {"f:labels": {"f:app": {}}},
              "f:spec": {"f:containers": {"k:{\"name\":\"web\"}": {".": {}, "f:args": {},
                "f:env": {"k:{\"name\":\"A\"}": {".": {}, "f:name": {}, "f:valueFrom": {"f:fieldRef":
                   {"f:fieldPath": {}}}}, "k:{\"name\":\"B\"}": {".": {}, "f:name": {}, "f:value": {}}},
                "f:image": {}, "f:livenessProbe": {"f:httpGet": {"f:path": {}, "f:port": {}}}, "f:name": {},
                "f:ports": {
                 "k:{\"containerPort\":53,\"protocol\":\"TCP\"}":
                  {".": {}, "f:containerPort": {}, "f:name": {}, "f:protocol": {}},
                 "k:{\"containerPort\":53,\"protocol\":\"UDP\"}": {".": {}, "f:containerPort": {}, "f:protocol": {}},
                 "k:{\"containerPort\":80,\"protocol\":\"TCP\"}": {".": {}, "f:containerPort": {}}},
                "f:resources": {"f:limits": {"f:cpu": {}}, "f:requests": {"f:cpu": {}, "f:memory": {}}},
                "f:securityContext": {"f:capabilities": {"f:drop": {}}}}},
               "f:nodeSelector": {"f:a": {}}, "f:tolerations": {},
               "f:volumes": {"k:{\"name\":\"cfg\"}": {".": {}, "f:configMap": {"f:items": {}, "f:name": {}},
                  "f:name": {}}, "k:{\"name\":\"tmp\"}": {".": {}, "f:name": {}}}}}}}},
           {"apiVersion": "apps/v1", "fieldsType": "FieldsV1", "manager": "kube-controller-manager",
            "operation": "Update", "time": "2026-11-21T03:40:07Z", "fieldsV1":
            {"f:metadata": {"f:annotations": {"f:deployment.kubernetes.io/revision": {}}},
             "f:status": {"f:conditions": {".": {}, "k:{\"type\":\"Available\"}": {".": {}, "f:status": {},
               "f:type": {}}}, "f:observedGeneration": {}}}}]},
         "spec": {"progressDeadlineSeconds": 600, "replicas": 0, "revisionHistoryLimit": 10,
          "selector": {"matchLabels": {"app": "web"}},
          "strategy": {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}, "type": "RollingUpdate"},
          "template": {"metadata": {"creationTimestamp": null, "labels": {"app": "web"}}, "spec": {
           "containers": [{"args": ["-a"], "env": [{"name": "B", "value": "1"}, {"name": "A", "valueFrom":
             {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}}], "image": "nginx",
            "imagePullPolicy": "Always", "livenessProbe": {"failureThreshold": 3, "httpGet": {"path": "/", "port": 80,
             "scheme": "HTTP"}, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 1}, "name": "web",
            "ports": [{"containerPort": 80, "protocol": "TCP"}, {"containerPort": 53, "protocol": "UDP"},
             {"containerPort": 53, "name": "t", "protocol": "TCP"}],
            "resources": {"limits": {"cpu": "1"}, "requests": {"cpu": "1", "memory": "1536Mi"}},
            "securityContext": {"capabilities": {"drop": ["ALL"]}},
            "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"}],
           "dnsPolicy": "ClusterFirst", "nodeSelector": {"a": "b"}, "restartPolicy": "Always",
           "schedulerName": "default-scheduler", "securityContext": {}, "terminationGracePeriodSeconds": 30,
           "tolerations": [{"key": "a", "operator": "Exists"}],
           "volumes": [{"emptyDir": {}, "name": "tmp"}, {"configMap": {"defaultMode": 420, "items":
             [{"key": "a", "path": "b"}], "name": "x"}, "name": "cfg"}]}}},
         "status": {"conditions": [{"status": "True", "type": "Available"}], "observedGeneration": 1}}
        """#
}
