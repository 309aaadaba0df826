import KubeClient
import Resources
import TestSupport
import Testing

struct DiscoveryTests {
    private func classic(_ lists: [String: HTTPResponse]) -> FakeTransport {
        FakeTransport { request, _ in lists[request.path] ?? .status(404, "NotFound", "nothing here") }
    }

    private let old: [String: HTTPResponse] = [
        "/api": .json(["kind": "APIVersions", "versions": ["v1"]]),
        "/apis": .json([
            "kind": "APIGroupList",
            "groups": [
                [
                    "name": "batch", "versions": [["version": "v1beta1"], ["version": "v1"]],
                    "preferredVersion": ["version": "v1"],
                ],
                [
                    "name": "metrics.k8s.io", "versions": [["version": "v1beta1"]],
                    "preferredVersion": ["version": "v1beta1"],
                ],
            ],
        ]),
        "/api/v1": .json([
            "kind": "APIResourceList",
            "resources": [
                ["name": "pods", "kind": "Pod", "namespaced": true, "verbs": ["list", "get"], "shortNames": ["po"]],
                ["name": "pods/log", "kind": "Pod", "namespaced": true, "verbs": ["get"]],
                ["name": "nodes", "kind": "Node", "namespaced": false, "verbs": []],
            ],
        ]),
        "/apis/batch/v1": .json([
            "kind": "APIResourceList",
            "resources": [["name": "jobs", "kind": "Job", "namespaced": true, "verbs": ["list"]]],
        ]),
        "/apis/batch/v1beta1": .json([
            "kind": "APIResourceList",
            "resources": [["name": "cronjobs", "kind": "CronJob", "namespaced": true, "verbs": ["list"]]],
        ]),
        "/apis/metrics.k8s.io/v1beta1": .status(503, "ServiceUnavailable", "the server is currently unable"),
    ]

    private let new: [String: HTTPResponse] = [
        "/api": .json([
            "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2",
            "items": [
                [
                    "metadata": [:],
                    "versions": [
                        [
                            "version": "v1", "freshness": "Current",
                            "resources": [
                                [
                                    "resource": "pods", "responseKind": ["group": "", "version": "v1", "kind": "Pod"],
                                    "scope": "Namespaced", "verbs": ["list", "get"], "shortNames": ["po"],
                                    "subresources": [["subresource": "log", "verbs": ["get"]]],
                                ],
                                [
                                    "resource": "nodes",
                                    "responseKind": ["group": "", "version": "v1", "kind": "Node"],
                                    "scope": "Cluster", "verbs": [],
                                ],
                            ],
                        ]
                    ],
                ]
            ],
        ]),
        "/apis": .json([
            "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2",
            "items": [
                [
                    "metadata": ["name": "batch"],
                    "versions": [
                        [
                            "version": "v1", "freshness": "Current",
                            "resources": [
                                [
                                    "resource": "jobs",
                                    "responseKind": ["group": "batch", "version": "v1", "kind": "Job"],
                                    "scope": "Namespaced", "verbs": ["list"],
                                ]
                            ],
                        ],
                        [
                            "version": "v1beta1", "freshness": "Current",
                            "resources": [
                                [
                                    "resource": "cronjobs", "responseKind": ["kind": "CronJob"], "scope": "Namespaced",
                                    "verbs": ["list"],
                                ]
                            ],
                        ],
                    ],
                ],
                [
                    "metadata": ["name": "metrics.k8s.io"],
                    "versions": [["version": "v1beta1", "freshness": "Stale", "resources": []]],
                ],
            ],
        ]),
    ]

    private func kind(_ apiVersion: String, _ kind: String) -> GroupVersionKind {
        GroupVersionKind(apiVersion: apiVersion, kind: kind)
    }

    @Test(arguments: [true, false])
    func `both forms of discovery tell the same`(isNew: Bool) async throws {
        let transport = classic(isNew ? new : old)
        let discovery = try await KubeClient.of(transport).discover()
        #expect(transport.requests.count == (isNew ? 2 : 6))
        let pods = APIResource(
            kind("v1", "Pod"),
            plural: "pods",
            isNamespaced: true,
            verbs: ["get", "list"],
            subresources: ["log"],
            shortNames: ["po"]
        )
        #expect(discovery.resource(for: kind("v1", "Pod")) == .found(pods))
        #expect(discovery.resources.count == 4)
        #expect(discovery.versions == ["": ["v1"], "batch": ["v1", "v1beta1"], "metrics.k8s.io": ["v1beta1"]])
        let jobs = APIResource(kind("batch/v1", "Job"), plural: "jobs", isNamespaced: true, verbs: ["list"])
        #expect(discovery.preferred(GroupKind(group: "batch", kind: "Job")) == .found(jobs))
        let cronJobs = APIResource(
            kind("batch/v1beta1", "CronJob"), plural: "cronjobs", isNamespaced: true, verbs: ["list"])
        #expect(discovery.preferred(GroupKind(group: "batch", kind: "CronJob")) == .found(cronJobs))
        #expect(discovery.unavailableGroups.keys.sorted() == ["metrics.k8s.io/v1beta1"])
    }

    @Test func `the newest form is asked for first, and what old servers have is accepted`() async throws {
        let transport = classic(new)
        _ = try await KubeClient.of(transport).discover()
        #expect(
            transport.requests.map { $0.headers["accept"] }
                == Array(
                    repeating: """
                        application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,\
                        application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json
                        """,
                    count: 2
                )
        )
    }

    @Test func `a group that fails is unavailable, not absent`() async throws {
        let discovery = try await KubeClient.of(classic(old)).discover()
        let reason = "cannot discover metrics.k8s.io/v1beta1: the server is currently unable"
        let unavailable = Discovery.Lookup.unavailable(group: "metrics.k8s.io", reason: reason)
        #expect(discovery.resource(for: kind("metrics.k8s.io/v1beta1", "PodMetrics")) == unavailable)
        #expect(discovery.preferred(GroupKind(group: "metrics.k8s.io", kind: "PodMetrics")) == unavailable)
    }

    @Test func `a stale group is unavailable, not absent`() async throws {
        let discovery = try await KubeClient.of(classic(new)).discover()
        let reason = "the server that serves metrics.k8s.io/v1beta1 does not answer"
        let unavailable = Discovery.Lookup.unavailable(group: "metrics.k8s.io", reason: reason)
        #expect(discovery.resource(for: kind("metrics.k8s.io/v1beta1", "PodMetrics")) == unavailable)
        #expect(discovery.preferred(GroupKind(group: "metrics.k8s.io", kind: "PodMetrics")) == unavailable)
    }

    @Test(arguments: [
        (HTTPResponse(status: 200, body: Array("<html>".utf8)), "is no valid JSON"),
        (.json(["kind": "APIVersions"]), "is no list of resources"),
        (.status(404, "NotFound", "gone"), "gone"),
        (.status(403, "Forbidden", "no"), "no"),
    ])
    func `a group version with any other answer is unavailable`(answer: HTTPResponse, reason: String) async throws {
        var answers = old
        answers["/apis/batch/v1"] = answer
        let discovery = try await KubeClient.of(classic(answers)).discover()
        #expect(discovery.unavailableGroups["batch/v1"]?.hasSuffix(reason) == true)
    }

    @Test func `a connection that is lost on the way ends discovery, and makes no group unavailable`() async throws {
        let transport = FakeTransport { [old] request, _ in
            if request.path == "/apis/batch/v1" { throw KubeClientError(.unreachable, "lost") }
            return old[request.path] ?? .status(404, "NotFound")
        }
        let error = await #expect(throws: KubeClientError.self) { try await KubeClient.of(transport).discover() }
        #expect(error?.code == .unreachable)
    }

    @Test func `on old servers only the groups that matter are asked for`() async throws {
        let transport = classic(old)
        let discovery = try await KubeClient.of(transport).discover(groups: ["batch"])
        #expect(transport.requests.map(\.path).sorted() == ["/api", "/apis", "/apis/batch/v1", "/apis/batch/v1beta1"])
        #expect(
            discovery.resource(for: kind("v1", "Pod")) == .unavailable(group: "", reason: "it was not asked for")
        )
    }

    @Test(arguments: ["/api", "/apis"])
    func `discovery fails where its first answers do`(path: String) async throws {
        for answer in [HTTPResponse.status(403, "Forbidden"), .json(["kind": "Other"]), .json([])] {
            var answers = old
            answers[path] = answer
            let transport = classic(answers)
            await #expect(throws: (any Error).self) { try await KubeClient.of(transport).discover() }
        }
    }

    @Test(arguments: [
        ("apps/v1", "Job", ["batch/v1 Job"]),
        ("batch/v2", "CronJob", ["batch/v1beta1 CronJob"]),
        ("batch/v1", "Jobs", ["batch/v1 Job"]),
        ("v1", "pod", ["v1 Pod"]),
        ("v1", "Gateway", []),
    ])
    func `a kind that is not served is answered with what may have been meant`(
        apiVersion: String,
        name: String,
        suggestions: [String]
    ) async throws {
        let discovery = try await KubeClient.of(classic(new)).discover()
        #expect(discovery.resource(for: kind(apiVersion, name)) == .unknownKind(suggestions: suggestions))
    }
}
