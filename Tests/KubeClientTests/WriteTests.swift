import KubeClient
import Resources
import TestSupport
import Testing

struct WriteTests {
    private let stored = KubernetesObject.configMap("a", resourceVersion: "1")

    private func answering(_ status: Int = 200, headers: HeaderFields = [:]) -> FakeTransport {
        let stored = stored
        return FakeTransport { _, _ in .json(stored.value, status: status, headers: headers) }
    }

    @Test func `an object is read; where there is none, nil comes back`() async throws {
        let transport = FakeTransport([.success(.json(stored.value)), .success(.status(404, "NotFound"))])
        let client = KubeClient.of(transport)
        #expect(try await client.get(.configMaps, namespace: "shop", name: "a") == stored)
        #expect(try await client.get(.namespaces, namespace: "ignored", name: "system:a b/c") == nil)
        #expect(
            transport.requests.map(\.path)
                == ["/api/v1/namespaces/shop/configmaps/a", "/api/v1/namespaces/system:a%20b%2Fc"]
        )
    }

    @Test func `a refusal to read is no absence`() async throws {
        let transport = FakeTransport([.success(.status(403, "Forbidden", "no"))])
        let client = KubeClient.of(transport)
        await #expect(throws: APIError.self) { try await client.get(.configMaps, namespace: "shop", name: "a") }
    }

    @Test func `apply sends the object without managed fields and names the manager`() async throws {
        let transport = answering(201, headers: ["Warning": "299 - \"old\""])
        var object = KubernetesObject.configMap("a")
        object.value["metadata"]?["managedFields"] = [["manager": "x"]]
        let result = try await KubeClient.of(transport).apply(object, as: .configMaps)
        #expect(result.created)
        #expect(result.warnings == ["old"])
        #expect(result.object == stored)
        let request = try #require(transport.requests.first)
        #expect(request.method == .patch)
        #expect(request.path == "/api/v1/namespaces/shop/configmaps/a?fieldManager=endstate&force=false")
        #expect(request.headers["content-type"] == "application/apply-patch+yaml")
        #expect(request.json == KubernetesObject.configMap("a").value)
    }

    @Test(
        arguments: [
            (nil, ApplyOptions(), "fieldManager=endstate&force=false"),
            (24, ApplyOptions(dryRun: true), "fieldManager=endstate&force=false&dryRun=All"),
            (25, ApplyOptions(force: true), "fieldManager=endstate&force=true&fieldValidation=Strict"),
            (
                36, ApplyOptions(dryRun: true, fieldManager: "a b"),
                "fieldManager=a%20b&force=false&dryRun=All&fieldValidation=Strict"
            ),
        ] as [(Int?, ApplyOptions, String)])
    func `apply's options become its query`(minor: Int?, options: ApplyOptions, query: String) async throws {
        let transport = answering()
        let result = try await KubeClient.of(transport, version: minor).apply(
            .configMap("a"), as: .configMaps, options: options)
        #expect(!result.created)
        #expect(transport.requests.map(\.path) == ["/api/v1/namespaces/shop/configmaps/a?" + query])
    }

    @Test func `apply refuses to send an object to another version's address`() async throws {
        let transport = answering()
        var object = KubernetesObject.configMap("a")
        object.value["apiVersion"] = "v2"
        let error = await #expect(throws: KubeClientError.self) {
            try await KubeClient.of(transport).apply(object, as: .configMaps)
        }
        #expect(
            described(error) == """
                request-invalid: cannot apply ConfigMap shop/a: it is v2 ConfigMap, but is sent as v1 ConfigMap
                hint: write v1 into the manifest
                """
        )
        #expect(transport.requests.isEmpty)
    }

    @Test func `warnings about a Secret are withheld`() async throws {
        let secret = KubernetesObject([
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "s", "namespace": "shop"],
        ])
        let transport = FakeTransport([
            .success(.json(secret.value, headers: ["Warning": "299 - \"bad value hunter2\""]))
        ])
        let result = try await KubeClient.of(transport).apply(secret, as: .secrets)
        #expect(result.warnings == ["the server's message is withheld, because it may contain the Secret's values"])
    }

    @Test func `create posts to the collection`() async throws {
        let transport = answering()
        let client = KubeClient.of(transport, version: 30)
        _ = try await client.create(.configMap("a"), as: .configMaps, dryRun: true)
        let base = "/api/v1/namespaces/shop/configmaps"
        #expect(transport.requests.map(\.method) == [.post])
        #expect(
            transport.requests.map(\.path) == [
                "\(base)?fieldManager=endstate&dryRun=All&fieldValidation=Strict"
            ]
        )
        #expect(transport.requests.allSatisfy { $0.headers["content-type"] == "application/json" })
    }

    @Test func `patches say their kind`() async throws {
        let transport = answering()
        let client = KubeClient.of(transport)
        _ = try await client.patch(.configMaps, namespace: "shop", name: "a", .merge(["data": ["k": nil]]))
        let operations: Value = [["op": "replace", "path": "/metadata/managedFields", "value": [[:]]]]
        _ = try await client.patch(
            .configMaps, namespace: "shop", name: "a", subresource: "status", .json(operations))
        #expect(
            transport.requests.map { $0.headers["content-type"] }
                == ["application/merge-patch+json", "application/json-patch+json"]
        )
        #expect(transport.requests.map(\.json) == [["data": ["k": nil]], operations])
        #expect(
            transport.requests.map(\.path) == [
                "/api/v1/namespaces/shop/configmaps/a?fieldManager=endstate",
                "/api/v1/namespaces/shop/configmaps/a/status?fieldManager=endstate",
            ]
        )
    }

    @Test func `a deletion carries its preconditions`() async throws {
        let transport = FakeTransport([.success(.json(["kind": "Status", "status": "Success"]))])
        let outcome = try await KubeClient.of(transport).delete(
            .configMaps,
            namespace: "shop",
            name: "a",
            preconditions: DeletePreconditions(uid: "u1", resourceVersion: "7"),
            propagation: .foreground,
            gracePeriodSeconds: 0
        )
        #expect(outcome == .gone)
        let request = try #require(transport.requests.first)
        #expect(request.method == .delete)
        #expect(request.path == "/api/v1/namespaces/shop/configmaps/a")
        #expect(
            request.json == [
                "apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": "Foreground", "gracePeriodSeconds": 0,
                "preconditions": ["uid": "u1", "resourceVersion": "7"],
            ]
        )
    }

    /// Servers before 1.23 answer as if it were gone, also where it waits for what it owns.
    @Test(arguments: [(PropagationPolicy.foreground, DeleteOutcome.terminating), (.background, .gone)])
    func `a Service is not taken as gone before its foreground deletion has ended`(
        policy: PropagationPolicy, outcome: DeleteOutcome
    ) async throws {
        let transport = FakeTransport([.success(.json(["kind": "Status", "status": "Success"]))])
        let services = APIResource(.init(apiVersion: "v1", kind: "Service"), plural: "services", isNamespaced: true)
        let found = try await KubeClient.of(transport).delete(
            services, namespace: "shop", name: "a", propagation: policy)
        #expect(found == outcome)
    }

    @Test func `a deletion tells whether the object still waits for something`() async throws {
        var waiting = stored
        waiting.value["metadata"]?["deletionTimestamp"] = "2026-01-01T00:00:00Z"
        let answers: [HTTPResponse] = [.json(waiting.value), .status(404, "NotFound"), .json(stored.value)]
        let transport = FakeTransport(answers.map { .success($0) })
        let client = KubeClient.of(transport)
        var outcomes: [DeleteOutcome] = []
        for _ in answers { outcomes.append(try await client.delete(.configMaps, namespace: "shop", name: "a")) }
        #expect(outcomes == [.terminating, .absent, .gone])
        #expect(transport.requests[0].json?["preconditions"] == nil)
    }

    @Test(arguments: [HTTPResponse.unserved, HTTPResponse(status: 404, body: Array("<html>".utf8))])
    func `a page that is not found says nothing about an object`(answer: HTTPResponse) async throws {
        let client = KubeClient.of(FakeTransport { _, _ in answer })
        await #expect(throws: APIError.self) { try await client.get(.configMaps, namespace: "shop", name: "a") }
        await #expect(throws: APIError.self) { try await client.delete(.configMaps, namespace: "shop", name: "a") }
    }

    @Test func `a deletion whose precondition does not hold is a conflict`() async throws {
        let transport = FakeTransport([.success(.status(409, "Conflict", "the UID in the precondition"))])
        let client = KubeClient.of(transport)
        let error = await #expect(throws: APIError.self) {
            try await client.delete(.configMaps, namespace: "shop", name: "a", preconditions: .init(uid: "u1"))
        }
        #expect(error?.isConflict == true)
    }

    @Test func `a deletion without a UID is not sent twice`() async throws {
        let lost = FakeTransport { _, _ in throw KubeClientError(.connectionLost, "lost") }
        let client = KubeClient.of(lost)
        await #expect(throws: KubeClientError.self) {
            try await client.delete(.configMaps, namespace: "shop", name: "a")
        }
        #expect(lost.requests.count == 1)
    }

    @Test func `an update replaces exactly the object that was read`() async throws {
        let transport = answering()
        let object = KubernetesObject.configMap("a", resourceVersion: "7")
        let result = try await KubeClient.of(transport, version: 30).update(object, as: .configMaps)
        #expect(!result.created)
        #expect(result.object == stored)
        let request = try #require(transport.requests.first)
        #expect(request.method == .put)
        #expect(
            request.path == "/api/v1/namespaces/shop/configmaps/a?fieldManager=endstate&fieldValidation=Strict")
        #expect(request.json == object.value)
    }

    @Test func `an update is sent again after a lost connection, and never without a resource version`() async throws {
        let transport = FakeTransport([
            .failure(KubeClientError(.connectionLost, "lost")), .success(.status(409, "Conflict", "modified")),
        ])
        let client = KubeClient.of(transport)
        let error = await #expect(throws: APIError.self) {
            try await client.update(.configMap("a", resourceVersion: "7"), as: .configMaps)
        }
        #expect(error?.isConflict == true)
        let other = await #expect(throws: KubeClientError.self) {
            try await client.update(.configMap("a"), as: .configMaps)
        }
        #expect(described(other) == "request-invalid: cannot update ConfigMap shop/a: it has no resource version")
        #expect(transport.requests.count == 2)
    }

    @Test func `logs are asked for by their last lines`() async throws {
        let transport = FakeTransport([.success(HTTPResponse(status: 200, body: Array("one\ntwo".utf8) + [0xFF]))])
        let text = try await KubeClient.of(transport).podLogs(
            namespace: "shop", pod: "p", container: "c", previous: true, tailLines: 2)
        #expect(text == "one\ntwo\u{FFFD}")
        #expect(
            transport.requests.map(\.path)
                == ["/api/v1/namespaces/shop/pods/p/log?tailLines=2&limitBytes=65536&container=c&previous=true"]
        )
    }

    @Test(
        arguments: [
            (["major": "1", "minor": "20"], ServerVersion(major: 1, minor: 20), false),
            (["major": "1", "minor": "25+", "gitVersion": "v1.25.3-gke.1"], ServerVersion(major: 1, minor: 25), true),
            (["major": "2", "minor": "0"], ServerVersion(major: 2, minor: 0), true),
            (["major": "1", "minor": ""], nil, false),
            (["paths": []], nil, false),
        ] as [(Value, ServerVersion?, Bool)])
    func `a version is read and compared`(value: Value, version: ServerVersion?, isStrict: Bool) async throws {
        #expect(ServerVersion(value) == version)
        #expect(ServerVersion(value)?.hasStrictFieldValidation ?? false == isStrict)
        let transport = FakeTransport([.success(.json(value))])
        let answer = try? await KubeClient.of(transport).version()
        #expect(answer == version)
    }
}
