import FoundationEssentials
import Resources
import Testing

@testable import SandboxCluster

@Suite struct RequestTests {
    private static let maps = "/api/v1/namespaces/ns/configmaps"

    @Test func `a patch that leaves out the kind changes the object itself`() {
        var requests = Requests()
        _ = requests.send("POST", Self.maps, ["metadata": ["name": "a"], "data": ["a": "1"]])
        let patch: Value = ["$patch": "replace", "metadata": ["name": "a"], "data": ["b": "2"]]
        #expect(requests.send("PATCH", "\(Self.maps)/a", patch, as: Requests.strategic).status == 200)
        #expect(requests.send("GET", "\(Self.maps)/a").value["data"] == ["b": "2"])
    }

    @Test func `a patch can't make another kind of an object`() {
        var requests = Requests()
        _ = requests.send("POST", Self.maps, ["metadata": ["name": "a"]])
        let answer = requests.send("PATCH", "\(Self.maps)/a", ["kind": "Secret"], as: Requests.merge)
        #expect(answer.status == 422)
        #expect(requests.send("GET", "/api/v1/namespaces/ns/secrets/a").status == 404)
    }

    @Test func `a trial of an eviction leaves the pod`() {
        var requests = Requests()
        let pods = "/api/v1/namespaces/ns/pods"
        _ = requests.send(
            "POST", pods,
            ["metadata": ["name": "a"], "spec": ["containers": [["name": "m", "image": "i"]]]])
        let eviction: Value = ["apiVersion": "policy/v1beta1", "kind": "Eviction", "metadata": ["name": "a"]]
        #expect(requests.send("POST", "\(pods)/a/eviction?dryRun=All", eviction).status == 201)
        #expect(requests.send("GET", "\(pods)/a").status == 200)
        #expect(requests.send("POST", "\(pods)/a/eviction", eviction).status == 201)
        #expect(requests.send("GET", "\(pods)/a").status == 404)
    }

    @Test(
        arguments: [
            (["orphanDependents": false], 202), (["orphanDependents": true], 200),
            (["propagationPolicy": "Background"], 200), ([:], 200),
        ] as [(Value, Int)])
    func `a deletion that takes time is accepted where its client asks in the old way, and answered by the object else`(
        options: Value, status: Int
    ) {
        var requests = Requests()
        _ = requests.send("POST", Self.maps, ["metadata": ["name": "a", "finalizers": ["example.com/a"]]])
        let answer = requests.send("DELETE", "\(Self.maps)/a", options)
        #expect(answer.status == status)
        #expect(answer.value["kind"] == "ConfigMap")
    }

    @Test(arguments: [(Int64.max, Int(Int32.max)), (.min, Int(Int32.min)), (5, 5)])
    func `a grace period beyond all times is cut`(asked: Int64, kept: Int) {
        var requests = Requests()
        let pods = "/api/v1/namespaces/ns/pods"
        _ = requests.send(
            "POST", pods,
            ["metadata": ["name": "a"], "spec": ["nodeName": "n", "containers": [["name": "m", "image": "i"]]]])
        let answer = requests.send("DELETE", "\(pods)/a", ["gracePeriodSeconds": .integer(asked)])
        #expect(answer.status == 200)
        #expect(answer.value[path: "metadata", "deletionGracePeriodSeconds"]?.integer == kept)
    }

    @Test func `a token for ever lasts as long as a time can tell`() {
        var requests = Requests()
        let accounts = "/api/v1/namespaces/ns/serviceaccounts"
        _ = requests.send("POST", accounts, ["metadata": ["name": "a"]])
        let answer = requests.send("POST", "\(accounts)/a/token", ["spec": ["expirationSeconds": .integer(.max)]])
        #expect(answer.status == 201)
    }

    @Test(arguments: [
        ("/apis/frob.example.com/v1/things", true), ("/apis/frob.example.com", true),
        ("/apis/apps/v9/deployments", false),
        ("/api/v1/frobs", false), ("/api/v1//namespaces/ns/configmaps", false),
    ]) func `paths of unknown groups are answered in plain text, others with a status`(path: String, isText: Bool) {
        var requests = Requests()
        let answer = requests.send("GET", path)
        #expect(answer.status == 404)
        #expect((answer.value == .null) == isText)
    }

    @Test(arguments: [
        ("labelSelector=-a=b", "invalid label key"), ("labelSelector=a=b=c", "found '=', expected: ','"),
        ("fieldSelector=spec.x=1", "is not a known field selector"),
        (#"fieldSelector=metadata.name=a\b"#, #"invalid escape sequence: \b"#), ("limit=x", "strconv.ParseInt"),
        ("resourceVersionMatch=Exact", "is forbidden unless resourceVersion is provided"),
        ("continue=bm9uc2Vuc2U", "invalid character 'o' in literal null (expecting 'u')"),
    ]) func `a list that asks for what can't be is refused with the reason`(query: String, reason: String) {
        var requests = Requests()
        let answer = requests.send("GET", "\(Self.maps)?\(query)")
        #expect(answer.status == 400 || answer.status == 422)
        #expect(answer.value["message"]?.string?.contains(reason) == true)
    }

    @Test func `an escaped comma is part of a field selector's value`() {
        var requests = Requests()
        let answer = requests.send("GET", #"\(Self.maps)?fieldSelector=metadata.name=a\,b"#)
        #expect(answer.status == 404 || answer.value["items"] == [])
    }
}
