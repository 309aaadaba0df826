import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

@Suite struct PodSummaryTests {
    @Test(arguments: [
        (#"{"status":{"phase":"Pending"}}"#, "0/2 Pending 0"),
        (#"{"status":{"phase":"Failed","reason":"Evicted"}}"#, "0/2 Evicted 0"),
        (
            #"{"status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]}}"#,
            "0/2 SchedulingGated 0"
        ),
        (
            #"""
            {"status":{"phase":"Running","containerStatuses":[
              {"name":"a","ready":true,"restartCount":1,"state":{"running":{}}},
              {"name":"b","ready":false,"restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}
            """#, "1/2 CrashLoopBackOff 5"
        ),
        (
            #"""
            {"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[
              {"name":"a","ready":true,"state":{"running":{}}},
              {"name":"b","state":{"terminated":{"reason":"Completed"}}}]}}
            """#, "1/2 Running 0"
        ),
        (
            #"""
            {"status":{"phase":"Running","containerStatuses":[
              {"name":"a","ready":true,"state":{"running":{}}},
              {"name":"b","state":{"terminated":{"reason":"Completed"}}}]}}
            """#, "1/2 NotReady 0"
        ),
        (#"{"status":{"containerStatuses":[{"state":{"terminated":{"exitCode":3}}}]}}"#, "0/2 ExitCode:3 0"),
        (#"{"status":{"containerStatuses":[{"state":{"terminated":{"signal":9}}}]}}"#, "0/2 Signal:9 0"),
        (
            #"""
            {"spec":{"containers":[{}],"initContainers":[{"name":"i"},{"name":"j"}]},
             "status":{"initContainerStatuses":[{"name":"i","restartCount":2,"state":{"terminated":{"exitCode":0}}},
             {"name":"j","restartCount":1,"state":{"running":{}}}],"containerStatuses":[{"restartCount":9}]}}
            """#, "0/1 Init:1/2 3"
        ),
        (
            #"""
            {"spec":{"containers":[{}],"initContainers":[{"name":"i"}]},
             "status":{"initContainerStatuses":[{"name":"i","state":{"waiting":{"reason":"ImagePullBackOff"}}}]}}
            """#, "0/1 Init:ImagePullBackOff 0"
        ),
        (
            #"""
            {"spec":{"containers":[{}],"initContainers":[{"name":"i"}]},
             "status":{"initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}}
            """#, "0/1 Init:Error 0"
        ),
        (
            #"""
            {"spec":{"containers":[{}],"initContainers":[{"name":"i"}]},
             "status":{"initContainerStatuses":[{"name":"i","restartCount":2,"state":{"terminated":{"exitCode":0}}}],
             "containerStatuses":[{"ready":true,"restartCount":1,"state":{"running":{}}}],"phase":"Running"}}
            """#, "1/1 Running 1"
        ),
        (
            #"""
            {"spec":{"containers":[{}],"initContainers":[{"name":"s","restartPolicy":"Always"}]},
             "status":{"initContainerStatuses":[{"name":"s","ready":true,"started":true,"restartCount":2,"state":{"running":{}}}],
             "containerStatuses":[{"ready":true,"state":{"running":{}}}],"phase":"Running"}}
            """#, "2/2 Running 2"
        ),
        (#"{"metadata":{"deletionTimestamp":"x"},"status":{"phase":"Running"}}"#, "0/2 Terminating 0"),
        (#"{"metadata":{"deletionTimestamp":"x"},"status":{"phase":"Succeeded"}}"#, "0/2 Succeeded 0"),
        (#"{"metadata":{"deletionTimestamp":"x"},"status":{"phase":"Running","reason":"NodeLost"}}"#, "0/2 Unknown 0"),
    ])
    func `a pod's state is told in a word`(pod: String, summary: String) throws {
        var pod = try Value(json: pod)
        if pod["spec"] == nil { pod["spec"] = ["containers": [[:], [:]]] }
        let result = PodSummary(pod)
        #expect("\(result.ready)/\(result.total) \(result.reason) \(result.restarts)" == summary)
    }

    @Test(arguments: [(32, "\"2 (5m ago)\""), (20, "2")])
    func `restarts tell when the last one was`(minor: Int, cell: String) throws {
        let pod = KubernetesObject([
            "status": [
                "containerStatuses": [
                    ["restartCount": 2, "lastState": ["terminated": ["finishedAt": "2026-01-01T00:00:00Z"]]]
                ]
            ]
        ])
        let resource = try #require(SchemaRegistry.builtIn.resources.first { $0.plural == "pods" })
        let table = TableDocument.table(
            [pod], of: resource, now: try Date("2026-01-01T00:05:00Z", strategy: .iso8601),
            serving: KubernetesVersion(minor: minor))
        #expect(table["rows"]?[0]?["cells"]?[3]?.json == cell)
    }

    @Test func `a pod that has ended is marked`() throws {
        let resource = try #require(SchemaRegistry.builtIn.resources.first { $0.plural == "pods" })
        let pods = ["Running", "Failed"].map { phase in
            KubernetesObject([
                "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "a"], "status": ["phase": .string(phase)],
            ])
        }
        let rows = TableDocument.table(pods, of: resource, now: Date(timeIntervalSince1970: 0))["rows"]
        #expect(rows?[0]?["conditions"] == nil)
        #expect(rows?[1]?["conditions"]?[0]?["reason"] == "Failed")
    }
}
