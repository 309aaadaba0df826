import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

/// An object as JSON without `apiVersion`, `kind`, name and time of creation, and its row.
struct TableCase: Sendable {
    let kind: String
    let object: String
    let cells: String
    var minor = 32

    init(_ kind: String, _ object: String, _ cells: String, minor: Int = 32) {
        self.kind = kind
        self.object = object
        self.cells = cells
        self.minor = minor
    }
}

@Suite struct TableDocumentTests {
    private static let template = #"{"spec":{"containers":[{"name":"a","image":"x:1"},{"name":"b","image":"y"}]}}"#

    @Test(arguments: [
        TableCase(
            "apps/v1 Deployment",
            #"""
            {"spec":{"replicas":3,"selector":{"matchLabels":{"b":"2","a":"1"}},"template":\#(template)},
             "status":{"readyReplicas":2,"updatedReplicas":3,"availableReplicas":1}}
            """#, #"["it","2/3",3,1,"5m","a,b","x:1,y","a=1,b=2"]"#),
        TableCase(
            "apps/v1 ReplicaSet",
            #"{"spec":{"replicas":3,"selector":{"matchLabels":{"a":"1"}},"template":\#(template)},"status":{"replicas":2}}"#,
            #"["it",3,2,0,"5m","a,b","x:1,y","a=1"]"#),
        TableCase(
            "apps/v1 StatefulSet", #"{"spec":{"replicas":1,"template":\#(template)},"status":{"readyReplicas":1}}"#,
            #"["it","1/1","5m","a,b","x:1,y"]"#),
        TableCase(
            "apps/v1 DaemonSet",
            #"""
            {"spec":{"selector":{"matchExpressions":[{"key":"a","operator":"In","values":["2","1"]}]},"template":\#(template)},
             "status":{"desiredNumberScheduled":4,"currentNumberScheduled":3,"numberReady":2,"numberAvailable":1}}
            """#, #"["it",4,3,2,0,1,"<none>","5m","a,b","x:1,y","a in (1,2)"]"#),
        TableCase(
            "batch/v1 Job",
            #"""
            {"spec":{"completions":3,"template":\#(template)},
             "status":{"succeeded":1,"startTime":"2026-01-01T00:01:00Z","completionTime":"2026-01-01T00:02:30Z"}}
            """#, #"["it","Running","1/3","90s","5m","a,b","x:1,y","<none>"]"#),
        TableCase(
            "batch/v1 Job",
            #"""
            {"spec":{"parallelism":2,"template":\#(template)},
             "status":{"startTime":"2026-01-01T00:01:00Z","conditions":[{"type":"Failed","status":"True"}]}}
            """#, #"["it","0/1 of 2","4m","5m","a,b","x:1,y","<none>"]"#, minor: 20),
        TableCase(
            "batch/v1 CronJob",
            #"""
            {"spec":{"schedule":"* * * * *","suspend":false,"timeZone":"Etc/UTC","jobTemplate":{"spec":{"template":\#(template)}}},
             "status":{"active":[{}],"lastScheduleTime":"2026-01-01T00:04:00Z"}}
            """#, #"["it","* * * * *","Etc/UTC","False",1,"60s","5m","a,b","x:1,y","<none>"]"#),
        TableCase(
            "policy/v1 PodDisruptionBudget", #"{"spec":{"minAvailable":"50%"},"status":{"disruptionsAllowed":1}}"#,
            #"["it","50%","N/A",1,"5m"]"#),
        TableCase(
            "autoscaling/v2 HorizontalPodAutoscaler",
            #"""
            {"spec":{"scaleTargetRef":{"kind":"Deployment","name":"web"},"maxReplicas":5,"metrics":[
              {"type":"Resource","resource":{"name":"cpu","target":{"averageUtilization":80}}},
              {"type":"Pods","pods":{"target":{"averageValue":"10"}}},
              {"type":"External","external":{"target":{"value":"3"}}}]},
             "status":{"currentReplicas":2,"currentMetrics":[{"resource":{"current":{"averageUtilization":5}}}]}}
            """#, #"["it","Deployment/web","cpu: 5%/80%, <unknown>/10 + 1 more...","<unset>",5,2,"5m"]"#),
        TableCase(
            "autoscaling/v1 HorizontalPodAutoscaler",
            #"""
            {"spec":{"scaleTargetRef":{"kind":"Deployment","name":"web"},"minReplicas":1,"maxReplicas":5,
             "targetCPUUtilizationPercentage":80},"status":{"currentReplicas":2}}
            """#, #"["it","Deployment/web","<unknown>/80%","1",5,2,"5m"]"#, minor: 20),
        TableCase(
            "v1 Service",
            #"""
            {"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.1","selector":{"app":"web"},"externalIPs":["1.2.3.4"],
             "ports":[{"port":80,"protocol":"TCP","nodePort":30000},{"port":53,"protocol":"UDP"}]},
             "status":{"loadBalancer":{"ingress":[{"ip":"9.9.9.9"}]}}}
            """#, #"["it","LoadBalancer","10.0.0.1","9.9.9.9,1.2.3.4","80:30000/TCP,53/UDP","5m","app=web"]"#),
        TableCase(
            "v1 Service", #"{"spec":{"type":"ExternalName","externalName":"example.com"}}"#,
            #"["it","ExternalName","<none>","example.com","<none>","5m","<none>"]"#),
        TableCase(
            "v1 Endpoints",
            #"""
            {"subsets":[{"addresses":[{"ip":"1.1.1.1"},{"ip":"1.1.1.2"}],"ports":[{"port":80},{"port":81}]}]}
            """#, #"["it","1.1.1.1:80,1.1.1.2:80,1.1.1.1:81 + 1 more...","5m"]"#),
        TableCase("v1 Endpoints", "{}", #"["it","<none>","5m"]"#),
        TableCase(
            "discovery.k8s.io/v1 EndpointSlice",
            #"{"addressType":"IPv4","ports":[{"port":80},{"name":"x"},{}],"endpoints":[{"addresses":["1.1.1.1"]}]}"#,
            #"["it","IPv4","80,x,*","1.1.1.1","5m"]"#),
        TableCase(
            "networking.k8s.io/v1 Ingress",
            #"""
            {"spec":{"ingressClassName":"nginx","tls":[{}],"rules":[{"host":"a"},{"host":"b"},{"host":"c"},{"host":"d"}]}}
            """#, #"["it","nginx","a,b,c + 1 more...","","80, 443","5m"]"#),
        TableCase("networking.k8s.io/v1 Ingress", #"{"spec":{}}"#, #"["it","<none>","*","","80","5m"]"#),
        TableCase("v1 ConfigMap", #"{"data":{"a":"1","b":"2"},"binaryData":{"c":"AA=="}}"#, #"["it",3,"5m"]"#),
        TableCase("v1 Secret", #"{"type":"Opaque","data":{"a":"MQ=="}}"#, #"["it","Opaque",1,"5m"]"#),
        TableCase("v1 Namespace", #"{"status":{"phase":"Active"}}"#, #"["it","Active","5m"]"#),
        TableCase("v1 ServiceAccount", #"{"secrets":[{"name":"a"}]}"#, #"["it",1,"5m"]"#),
        TableCase(
            "v1 Node",
            #"""
            {"metadata":{"labels":{"node-role.kubernetes.io/worker":"","kubernetes.io/role":"edge"}},
             "spec":{"unschedulable":true},
             "status":{"conditions":[{"type":"Ready","status":"True"}],"addresses":[{"type":"InternalIP","address":"10.0.0.9"}],
             "nodeInfo":{"kubeletVersion":"v1.32.0","osImage":"Linux"}}}
            """#,
            #"["it","Ready,SchedulingDisabled","edge,worker","5m","v1.32.0","10.0.0.9","<none>","Linux","<unknown>","<unknown>"]"#
        ),
        TableCase(
            "v1 PersistentVolume",
            #"""
            {"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteMany","ReadWriteOnce"],
             "persistentVolumeReclaimPolicy":"Retain","claimRef":{"namespace":"ns","name":"c"},"storageClassName":"fast"},
             "status":{"phase":"Bound"}}
            """#, #"["it","1Gi","RWO,RWX","Retain","Bound","ns/c","fast","<unset>","","5m","<unset>"]"#),
        TableCase(
            "v1 PersistentVolumeClaim",
            #"{"spec":{"storageClassName":"fast","volumeMode":"Block"},"status":{"phase":"Pending"}}"#,
            #"["it","Pending","","","","fast","5m","Block"]"#, minor: 20),
        TableCase(
            "storage.k8s.io/v1 StorageClass",
            #"""
            {"metadata":{"annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"p"}
            """#, #"["it (default)","p","Delete","Immediate",false,"5m"]"#),
        TableCase(
            "rbac.authorization.k8s.io/v1 RoleBinding",
            #"""
            {"roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"User","name":"u"},
             {"kind":"ServiceAccount","name":"s","namespace":"n"},{"kind":"User","name":"v"}]}
            """#, #"["it","Role/r","5m","u, v","","n/s"]"#),
        TableCase(
            "rbac.authorization.k8s.io/v1 Role", "{}", #"["it","2026-01-01T00:00:00Z"]"#),
        TableCase(
            "apiextensions.k8s.io/v1 CustomResourceDefinition", "{}", #"["it","2026-01-01T00:00:00Z"]"#),
        TableCase("coordination.k8s.io/v1 Lease", #"{"spec":{"holderIdentity":"me"}}"#, #"["it","me","5m"]"#),
        TableCase(
            "v1 Event",
            #"""
            {"involvedObject":{"kind":"Pod","name":"p"},"type":"Normal","reason":"Pulled","message":" done\n",
             "source":{"component":"kubelet","host":"n1"},"firstTimestamp":"2026-01-01T00:01:00Z",
             "lastTimestamp":"2026-01-01T00:04:59Z","count":7}
            """#, #"["1s","Normal","Pulled","pod/p","","kubelet, n1","done","4m",7,"it"]"#),
        TableCase(
            "v1 Event",
            #"""
            {"involvedObject":{"kind":"Pod","name":"p"},"type":"Normal","reason":"Scheduled","message":"ok",
             "reportingComponent":"scheduler","eventTime":"2026-01-01T00:04:30.123456Z"}
            """#, #"["29s","Normal","Scheduled","pod/p","","scheduler","ok","29s",1,"it"]"#),
        TableCase(
            "v1 ResourceQuota",
            #"{"status":{"hard":{"limits.cpu":"2","pods":"4","cpu":"1"},"used":{"pods":"3"}}}"#,
            #"["it","5m","cpu: 0/1, pods: 3/4","limits.cpu: 0/2"]"#, minor: 20),
        TableCase(
            "apiregistration.k8s.io/v1 APIService",
            #"{"spec":{"service":{"namespace":"a","name":"b"}},"status":{"conditions":[{"type":"Available","status":"False","reason":"Gone"}]}}"#,
            #"["it","a/b","False (Gone)","5m"]"#),
    ])
    func `a row has the cells that a server prints`(row: TableCase) throws {
        let table = try table(of: row)
        #expect(table["rows"]?[0]?["cells"]?.json == row.cells)
        #expect(table["columnDefinitions"]?.array?.count == table["rows"]?[0]?["cells"]?.array?.count)
    }

    @Test(arguments: SchemaRegistry.builtIn.resources.map { "\($0.kind)" }, [20, 32])
    func `an empty object of any kind has a cell for each column`(kind: String, minor: Int) throws {
        let table = try table(of: TableCase(kind, "{}", "", minor: minor))
        #expect(table["columnDefinitions"]?.array?.count == table["rows"]?[0]?["cells"]?.array?.count)
    }

    @Test(arguments: [
        ("None", "null"),
        (
            "Metadata",
            #"{"apiVersion":"meta.k8s.io/v1","kind":"PartialObjectMetadata","metadata":{"creationTimestamp":"2026-01-01T00:00:00Z","name":"it"}}"#
        ),
        (
            "Object",
            #"{"apiVersion":"v1","data":{"a":"b"},"kind":"ConfigMap","metadata":{"creationTimestamp":"2026-01-01T00:00:00Z","name":"it"}}"#
        ),
    ])
    func `a row has of its object what is asked for`(include: String, object: String) throws {
        let table = try table(of: TableCase("v1 ConfigMap", #"{"data":{"a":"b"}}"#, ""), include: include)
        #expect(table["rows"]?[0]?["object"]?.json == object)
    }

    @Test func `columns tell their type and whether they are only for the wide form`() throws {
        let table = try table(of: TableCase("v1 Namespace", "{}", ""))
        #expect(
            table["columnDefinitions"]?[0]?.json
                == #"{"description":"","format":"name","name":"Name","priority":0,"type":"string"}"#)
        let pods = try self.table(of: TableCase("v1 Pod", "{}", ""))
        #expect(
            pods["columnDefinitions"]?.array?.compactMap { $0["priority"]?.integer } == [0, 0, 0, 0, 0, 1, 1, 1, 1])
    }

    @Test(arguments: [
        (Value.string("True"), #"["it",3,"True","2m"]"#), (.null, #"["it",3,null,"2m"]"#),
    ])
    func `a custom resource has the columns of its definition`(ready: Value, cells: String) throws {
        let resource = try #require(SchemaRegistry.resources(of: CustomResourceSchemaTests.definition).first)
        let object = KubernetesObject([
            "metadata": ["name": "it"], "spec": ["size": 3],
            "status": [
                "since": "2026-01-01T00:03:00Z",
                "conditions": [["type": "Other", "status": "?"], ["type": "Ready", "status": ready]],
            ],
        ])
        let table = TableDocument.table([object], of: resource, now: try now(), resourceVersion: "7")
        #expect(table["rows"]?[0]?["cells"]?.json == cells)
        #expect(table["metadata"] == ["resourceVersion": "7"])
    }

    private func table(of row: TableCase, include: String = "Metadata") throws -> Value {
        let parts = row.kind.split(separator: " ").map(String.init)
        let kind = GroupVersionKind(apiVersion: parts[0], kind: parts[1])
        let resource = try #require(SchemaRegistry.builtIn.resources.first { $0.kind == kind })
        var value = try Value(json: row.object)
        var metadata = value["metadata"] ?? [:]
        metadata["name"] = "it"
        metadata["creationTimestamp"] = "2026-01-01T00:00:00Z"
        value["metadata"] = metadata
        value["apiVersion"] = .string(kind.apiVersion)
        value["kind"] = .string(kind.kind)
        return TableDocument.table(
            [KubernetesObject(value)], of: resource, now: try now(), includeObject: include,
            serving: KubernetesVersion(minor: row.minor))
    }

    private func now() throws -> Date { try Date("2026-01-01T00:05:00Z", strategy: .iso8601) }
}
