import FoundationEssentials
import KubeClient
import Resources
import Testing

private enum TestServer {
    static let kubeconfig = environment("ENDSTATE_TEST_KUBECONFIG")

    static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name]
    }
}

/// Against a real API server, where the environment names one; the tests make a namespace of their own and delete it.
@Suite(.enabled(if: TestServer.kubeconfig != nil))
struct APIServerTests {
    private static let services = APIResource(
        GroupVersionKind(apiVersion: "v1", kind: "Service"),
        plural: "services",
        isNamespaced: true
    )

    private func withNamespace(_ body: (KubeClient, _ namespace: String) async throws -> Void) async throws {
        let transport = try HTTPTransport(try .load(kubeconfig: TestServer.kubeconfig, environment: [:]))
        let client = KubeClient(transport: transport)
        let name = "kube-client-\(UUID().uuidString.lowercased().prefix(8))"
        let namespace = KubernetesObject(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]])
        _ = try await client.apply(namespace, as: .namespaces)
        do {
            try await body(client, name)
        } catch {
            _ = try await client.delete(.namespaces, name: name)
            await transport.shutdown()
            throw error
        }
        _ = try await client.delete(.namespaces, name: name)
        await transport.shutdown()
    }

    private func configMap(_ namespace: String, _ name: String = "a", _ value: String = "1") -> KubernetesObject {
        var object = KubernetesObject.configMap(name)
        object.namespace = namespace
        object.value["data"] = ["key": .string(value)]
        return object
    }

    @Test func `what the server serves is discovered`() async throws {
        try await withNamespace { client, _ in
            let version = try await client.version()
            #expect(version >= ServerVersion(major: 1, minor: 20))
            let discovery = try await client.discover()
            guard case .found(let resource) = discovery.preferred(GroupKind(group: "apps", kind: "Deployment")) else {
                Issue.record("there are no Deployments")
                return
            }
            #expect(resource.path(namespace: "a", name: "b") == "/apis/apps/v1/namespaces/a/deployments/b")
            #expect(resource.subresources.isSuperset(of: ["scale", "status"]))
            // Other tests' definitions come and go.
            #expect(discovery.unavailableGroups.keys.allSatisfy { $0.contains(".endstate.test/") })
            let schema = try await client.openAPISchema()
            #expect(schema["definitions"]?["io.k8s.api.apps.v1.Deployment"] != nil)
        }
    }

    @Test func `an object is created, changed, left alone and deleted`() async throws {
        try await withNamespace { client, namespace in
            let planned = try await client.apply(configMap(namespace), as: .configMaps, options: .init(dryRun: true))
            #expect(planned.created)
            let absent = try await client.get(.configMaps, namespace: namespace, name: "a")
            #expect(absent == nil)
            let created = try await client.apply(configMap(namespace), as: .configMaps)
            #expect(created.created)
            let same = try await client.apply(configMap(namespace), as: .configMaps)
            #expect(!same.created)
            #expect(same.object.resourceVersion == created.object.resourceVersion)
            let changed = try await client.apply(configMap(namespace, "a", "2"), as: .configMaps)
            #expect(changed.object.value[path: "data", "key"] == "2")
            let wrong = DeletePreconditions(uid: "11111111-2222-3333-4444-555555555555")
            let refusal = await #expect(throws: APIError.self) {
                try await client.delete(.configMaps, namespace: namespace, name: "a", preconditions: wrong)
            }
            #expect(refusal?.isConflict == true)
            let right = DeletePreconditions(uid: created.object.uid)
            let outcome = try await client.delete(.configMaps, namespace: namespace, name: "a", preconditions: right)
            #expect(outcome == .gone)
        }
    }

    @Test func `another manager's field is a conflict`() async throws {
        try await withNamespace { client, namespace in
            _ = try await client.apply(configMap(namespace), as: .configMaps, options: .init(fieldManager: "other"))
            let refusal = await #expect(throws: APIError.self) {
                try await client.apply(configMap(namespace, "a", "2"), as: .configMaps)
            }
            #expect(refusal?.fieldManagerConflicts.map(\.field) == [".data.key"])
            let forced = try await client.apply(
                configMap(namespace, "a", "2"), as: .configMaps, options: .init(force: true))
            #expect(forced.object.value[path: "data", "key"] == "2")
        }
    }

    @Test func `an immutable field is known as such, an invalid one is not`() async throws {
        try await withNamespace { client, namespace in
            var fixed = configMap(namespace)
            fixed.value["immutable"] = true
            _ = try await client.apply(fixed, as: .configMaps)
            fixed.value["data"] = ["key": "other"]
            let immutable = await #expect(throws: APIError.self) { try await client.apply(fixed, as: .configMaps) }
            #expect(immutable?.immutableFields == ["data"])
            var service = KubernetesObject([
                "apiVersion": "v1", "kind": "Service", "metadata": ["name": "s", "namespace": .string(namespace)],
                "spec": ["clusterIP": "None", "ports": [["port": 80, "protocol": "TCP"]]],
            ])
            _ = try await client.apply(service, as: Self.services)
            service.value["spec"]?["clusterIP"] = "10.0.0.77"
            let address = await #expect(throws: APIError.self) { try await client.apply(service, as: Self.services) }
            #expect(address?.isImmutableField == true)
            service.value["spec"] = ["clusterIP": "None", "ports": [["port": 99999, "protocol": "TCP"]]]
            let invalid = await #expect(throws: APIError.self) { try await client.apply(service, as: Self.services) }
            #expect(invalid?.isInvalid == true)
            #expect(invalid?.isImmutableField == false)
        }
    }

    @Test func `a Secret's bad value is not shown`() async throws {
        try await withNamespace { client, namespace in
            let secret = KubernetesObject([
                "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "s", "namespace": .string(namespace)],
                "data": ["password": "hunter2 is not base64"],
            ])
            let error = await #expect(throws: APIError.self) { try await client.apply(secret, as: .secrets) }
            #expect(!"\(String(describing: error))".contains("hunter2"))
        }
    }

    @Test func `pages make one list, and a feed tells what comes after it`() async throws {
        try await withNamespace { client, namespace in
            for index in 0..<5 { _ = try await client.apply(configMap(namespace, "c\(index)"), as: .configMaps) }
            let list = try await client.list(.configMaps, namespace: namespace, limit: 2)
            #expect(list.items.filter { $0.name.hasPrefix("c") }.map(\.name) == (0..<5).map { "c\($0)" })
            let metadata = try await client.listMetadata(
                .configMaps, namespace: namespace, fieldSelector: "metadata.name=c3")
            #expect(metadata.items.map(\.name) == ["c3"])
            #expect(metadata.items.first?.value["data"] == nil)
            var feed = client.feed(.configMaps, namespace: namespace, fieldSelector: "metadata.name=c3")
                .makeAsyncIterator()
            guard case .listed(let items)? = try await feed.next() else {
                Issue.record("a feed begins with a list")
                return
            }
            #expect(items.map(\.name) == ["c3"])
            let changed = try await client.apply(configMap(namespace, "c3", "2"), as: .configMaps)
            let told = try await feed.next()
            #expect(told == .changed(changed.object))
            _ = try await client.delete(.configMaps, namespace: namespace, name: "c3")
            guard case .deleted(let last)? = try await feed.next() else {
                Issue.record("the deletion is not told")
                return
            }
            #expect(last.uid == changed.object.uid)
        }
    }

    @Test func `what is not allowed is refused`() async throws {
        let limited = try #require(TestServer.environment("ENDSTATE_TEST_LIMITED_KUBECONFIG"))
        let transport = try HTTPTransport(try .load(kubeconfig: limited, environment: [:]))
        let client = KubeClient(transport: transport)
        let refusal = await #expect(throws: APIError.self) {
            try await client.delete(.namespaces, name: "endstate-none")
        }
        #expect(refusal?.isForbidden == true)
        await transport.shutdown()
    }
}
