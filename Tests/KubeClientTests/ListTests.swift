import KubeClient
import Resources
import TestSupport
import Testing

struct ListTests {
    private func page(_ names: [String], continue token: String? = nil, version: String = "10") -> HTTPResponse {
        var metadata: Value = ["resourceVersion": .string(version)]
        metadata["continue"] = token.map(Value.string)
        let items = names.map { Value.object(["metadata": ["name": .string($0)]]) }
        return .json(["kind": "ConfigMapList", "apiVersion": "v1", "metadata": metadata, "items": .array(items)])
    }

    @Test func `pages are put together, and no further page names a resource version`() async throws {
        let transport = FakeTransport([
            .success(page(["a", "b"], continue: "t/1")), .success(page(["c"], continue: "")),
        ])
        let list = try await KubeClient.of(transport).list(
            .configMaps,
            namespace: "shop",
            labelSelector: "app in (a,b)",
            fieldSelector: "type=x"
        )
        #expect(list.items.map(\.name) == ["a", "b", "c"])
        #expect(list.resourceVersion == "10")
        let path =
            "/api/v1/namespaces/shop/configmaps?limit=500&labelSelector=app%20in%20%28a%2Cb%29&fieldSelector=type%3Dx"
        #expect(transport.requests.map(\.path) == [path, path + "&continue=t%2F1"])
        #expect(
            transport.requests.allSatisfy { $0.headers["accept"] == "application/json" && $0.bodyLimit == 256 << 20 })
    }

    @Test func `of each page only what is made of it is kept, however much all pages hold`() async throws {
        let transport = FakeTransport([
            .success(page(["a", "b"], continue: "t/1")), .success(page(["c"], continue: "")),
        ])
        var client = KubeClient.of(transport)
        client.listBodyLimit = 1
        let names = try await client.list(.configMaps, namespace: "shop") { $0.name == "b" ? nil : $0.name }
        #expect(names == ["a", "c"])
        #expect(
            transport.requests.map(\.path) == [
                "/api/v1/namespaces/shop/configmaps?limit=500",
                "/api/v1/namespaces/shop/configmaps?limit=500&continue=t%2F1",
            ])
    }

    @Test func `items get the apiVersion and kind that the list leaves out`() async throws {
        let transport = FakeTransport([.success(page(["a"]))])
        let list = try await KubeClient.of(transport).list(.configMaps)
        #expect(list.items.map(\.groupVersionKind) == [APIResource.configMaps.groupVersionKind])
        #expect(transport.requests.map(\.path) == ["/api/v1/configmaps?limit=500"])
    }

    @Test func `a metadata list's items are of the kind that was asked for`() async throws {
        let answer: Value = [
            "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "metadata": ["resourceVersion": "7"],
            "items": [["kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": ["name": "a"]]],
        ]
        let transport = FakeTransport([.success(.json(answer))])
        let list = try await KubeClient.of(transport).listMetadata(.deployments)
        #expect(list.items.map(\.groupVersionKind) == [APIResource.deployments.groupVersionKind])
        #expect(
            transport.requests.map { $0.headers["Accept"] }
                == ["application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"]
        )
    }

    @Test func `a list whose token expires starts over once`() async throws {
        let expired = HTTPResponse.status(410, "Expired", "The provided continue parameter is too old")
        let transport = FakeTransport([
            .success(page(["a"], continue: "t")), .success(expired), .success(page(["a"], continue: "u")),
            .success(page(["b"], version: "12")),
        ])
        let list = try await KubeClient.of(transport).list(.configMaps)
        #expect(list.items.map(\.name) == ["a", "b"])
        #expect(list.resourceVersion == "12")
        let always = FakeTransport { _, index in index.isMultiple(of: 2) ? page(["a"], continue: "t") : expired }
        let error = await #expect(throws: APIError.self) { try await KubeClient.of(always).list(.configMaps) }
        #expect(error?.isExpired == true)
        #expect(always.requests.count == 4)
    }

    @Test func `no items at all are an empty list`() async throws {
        let transport = FakeTransport([
            .success(.json(["kind": "ConfigMapList", "metadata": [:], "items": nil])), .success(page([])),
        ])
        let client = KubeClient.of(transport)
        #expect(try await client.list(.configMaps).items.isEmpty)
        #expect(try await client.list(.configMaps).items.isEmpty)
    }

    @Test(
        arguments: [
            ["kind": "ConfigMapList"], ["kind": "ConfigMap", "items": []], ["items": []], [:], [], "text",
            ["kind": "ConfigMapList", "items": "none"], ["kind": "Status", "status": "Success"],
        ] as [Value])
    func `an answer that is no list is an error, never an empty list`(answer: Value) async throws {
        let transport = FakeTransport([.success(.json(answer))])
        let error = await #expect(throws: KubeClientError.self) { try await KubeClient.of(transport).list(.configMaps) }
        #expect(error?.message == "cannot list configmaps: the answer of https://fake.test is no list")
    }

    @Test func `a metadata list of a server that sends whole objects keeps their metadata alone`() async throws {
        let transport = FakeTransport([
            .success(
                .json([
                    "kind": "SecretList", "metadata": [:],
                    "items": [["metadata": ["name": "a"], "data": ["password": "aHVudGVyMg=="]]],
                ]))
        ])
        let list = try await KubeClient.of(transport).listMetadata(.secrets)
        #expect(
            list.items.map(\.value) == [["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "a"]]])
    }

    @Test func `a page that leads to itself is an error`() async throws {
        let transport = FakeTransport { [page = page(["a"], continue: "t")] _, _ in page }
        let error = await #expect(throws: KubeClientError.self) { try await KubeClient.of(transport).list(.configMaps) }
        #expect(error?.message == "cannot list configmaps: https://fake.test sends the same page again and again")
        #expect(transport.requests.count == 2)
    }

    @Test func `all pages together are no larger than one list may be`() async throws {
        let transport = FakeTransport { [self] _, index in page(["a"], continue: "t\(index)") }
        var client = KubeClient.of(transport)
        client.listBodyLimit = 1000
        let error = await #expect(throws: KubeClientError.self) { try await client.list(.configMaps) }
        #expect(error?.code == .responseTooLarge)
        #expect(transport.requests.map(\.bodyLimit).allSatisfy { $0 <= 1000 })
        #expect(transport.requests.count < 20)
    }

    @Test func `a failing page fails the list`() async throws {
        let transport = FakeTransport([
            .success(page(["a"], continue: "t")), .success(.status(500, "InternalError", "boom")),
        ])
        await #expect(throws: APIError.self) { try await KubeClient.of(transport).list(.configMaps) }
    }
}
