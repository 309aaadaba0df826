package import Resources

/// The objects of one kind at one moment.
package struct ObjectList: Sendable {
    package var items: [KubernetesObject]
    /// Where a watch takes up from here.
    package var resourceVersion: String
}

extension KubeClient {
    /// The objects of a kind, page by page; each has its apiVersion and kind.
    ///
    /// Where a page's token has expired meanwhile, the list starts over once.
    /// - Parameters:
    ///   - namespace: Nil for all namespaces.
    ///   - limit: Objects a page.
    package func list(
        _ resource: APIResource,
        namespace: String? = nil,
        labelSelector: String? = nil,
        fieldSelector: String? = nil,
        limit: Int = 500
    ) async throws -> ObjectList {
        let call = listCall(resource, namespace, labelSelector, fieldSelector, limit: limit)
        return try await pages(call, of: resource)
    }

    /// As `list`, but of each object only what is made of it: the objects of a page are let go before the next is read.
    /// - Parameter transform: Nil for an object that is of no interest.
    package func list<Item: Sendable>(
        _ resource: APIResource,
        namespace: String? = nil,
        fieldSelector: String? = nil,
        limit: Int = 500,
        as transform: @Sendable (KubernetesObject) -> Item?
    ) async throws -> [Item] {
        let call = listCall(resource, namespace, nil, fieldSelector, limit: limit)
        return try await retried { try await allPages(call, of: resource, bodyLimit: nil, transform).items }
    }

    /// The same with where a watch takes up from there.
    func list<Item: Sendable>(
        _ resource: APIResource, namespace: String?, labelSelector: String?, fieldSelector: String?, limit: Int = 500,
        as transform: @Sendable (KubernetesObject) -> Item
    ) async throws -> (items: [Item], resourceVersion: String) {
        let call = listCall(resource, namespace, labelSelector, fieldSelector, limit: limit)
        // Whole objects are all kept.
        let bodyLimit = Item.self == KubernetesObject.self ? listBodyLimit : nil
        return try await retried { try await allPages(call, of: resource, bodyLimit: bodyLimit) { transform($0) } }
    }

    /// As `list`, but of each object the metadata alone.
    package func listMetadata(
        _ resource: APIResource,
        namespace: String? = nil,
        labelSelector: String? = nil,
        fieldSelector: String? = nil,
        limit: Int = 500
    ) async throws -> ObjectList {
        var call = listCall(resource, namespace, labelSelector, fieldSelector, limit: limit)
        call.accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
        var list = try await pages(call, of: resource)
        // A server that can't leave the rest out sends whole objects.
        list.items = list.items.map(\.metadataAlone)
        return list
    }

    private func listCall(
        _ resource: APIResource,
        _ namespace: String?,
        _ labelSelector: String?,
        _ fieldSelector: String?,
        limit: Int
    ) -> Call {
        var query = [(name: "limit", value: String(limit))]
        if let labelSelector { query.append((name: "labelSelector", value: labelSelector)) }
        if let fieldSelector { query.append((name: "fieldSelector", value: fieldSelector)) }
        let place = resource.isNamespaced ? namespace.map { " in \($0)" } ?? "" : ""
        var call = Call.get(
            resource.path(namespace: namespace),
            query: query,
            operation: "list \(resource.plural)\(place)"
        )
        call.groupKind = resource.groupKind
        call.isLarge = true
        return call
    }

    private func pages(_ call: Call, of resource: APIResource) async throws -> ObjectList {
        try await retried {
            let (items, version) = try await allPages(call, of: resource, bodyLimit: listBodyLimit) { $0 }
            return ObjectList(items: items, resourceVersion: version)
        }
    }

    private func retried<Result>(_ list: () async throws -> Result) async throws -> Result {
        do {
            return try await list()
        } catch let error as APIError where error.isExpired {
            return try await list()
        }
    }

    /// - Parameter bodyLimit: How many bytes all pages may have; nil where they are not kept.
    private func allPages<Item>(
        _ first: Call, of resource: APIResource, bodyLimit: Int?, _ transform: (KubernetesObject) -> Item?
    ) async throws -> (items: [Item], resourceVersion: String) {
        var result: [Item] = []
        var call = first
        var last: String?
        var bytes = 0
        while true {
            let (page, response) = try await value(call)
            bytes += response.body.count
            guard let items = Self.items(of: page) else { throw noList(call) }
            result.reserveCapacity(result.count + items.count)
            for item in items {
                if let item = transform(Self.item(item, of: resource)) { result.append(item) }
            }
            guard let token = page[path: "metadata", "continue"]?.string, !token.isEmpty else {
                return (result, page[path: "metadata", "resourceVersion"]?.string ?? "")
            }
            guard token != last else { throw samePage(call) }
            if let bodyLimit, bytes > bodyLimit { throw tooLarge(call) }
            call.query = first.query + [(name: "continue", value: token)]
            last = token
        }
    }

    /// Nil where the answer is no list: that must never look like an empty one.
    private static func items(of page: Value) -> [Value]? {
        guard page["kind"]?.string?.hasSuffix("List") ?? false, let items = page["items"] else { return nil }
        return items.isNull ? [] : items.array
    }

    /// The items of a list do not name their type, and those of a metadata list name another one.
    private static func item(_ value: Value, of resource: APIResource) -> KubernetesObject {
        var value = value
        value["apiVersion"] = .string(resource.groupVersionKind.apiVersion)
        value["kind"] = .string(resource.groupVersionKind.kind)
        return KubernetesObject(value)
    }

    private func noList(_ call: Call) -> KubeClientError {
        KubeClientError(
            .invalidResponse,
            "cannot \(call.operation): the answer of \(transport.server) is no list",
            hint: "check that this is the address of a Kubernetes API server, and what is in between"
        )
    }

    private func samePage(_ call: Call) -> KubeClientError {
        KubeClientError(
            .invalidResponse,
            "cannot \(call.operation): \(transport.server) sends the same page again and again",
            hint: "check what is in between"
        )
    }

    private func tooLarge(_ call: Call) -> KubeClientError {
        KubeClientError(
            .responseTooLarge,
            "cannot \(call.operation): the answer of \(transport.server) is larger than \(listBodyLimit >> 20) MiB"
        )
    }
}

extension KubernetesObject {
    /// What a `PartialObjectMetadata` has, under the object's own type.
    fileprivate var metadataAlone: KubernetesObject {
        guard let fields = value.object else { return self }
        return KubernetesObject(.object(fields.filter { ["apiVersion", "kind", "metadata"].contains($0.key) }))
    }
}
