import Resources

extension KubeClient {
    /// Asks what the server serves: in two requests where it has aggregated discovery (since 1.26), else in one more for
    /// each group version.
    ///
    /// A group version that fails or is stale is listed as unavailable.
    /// - Parameter groups: Only these are asked for where each costs a request; the others are then unavailable.
    package func discover(groups: Set<String>? = nil) async throws -> Discovery {
        async let core = value(discoveryCall("/api")).value
        async let named = value(discoveryCall("/apis")).value
        var answers = DiscoveryAnswers()
        answers.add(try await core)
        answers.add(try await named)
        guard answers.isUnderstood else {
            throw KubeClientError(
                .invalidResponse,
                "\(transport.server)/api does not list API groups",
                hint: "check that this is the address of a Kubernetes API server"
            )
        }
        let asked = answers.skipping { group in !(groups?.contains(group) ?? true) }
        let lists = try await groupVersions(asked)
        for (apiVersion, list) in lists { answers.add(list, of: apiVersion) }
        return answers.discovery
    }

    private func groupVersions(_ names: [String]) async throws -> [(String, Result<Value, any Error>)] {
        try await withThrowingTaskGroup(of: (String, Result<Value, any Error>).self) { tasks in
            for name in names {
                tasks.addTask { (name, try await groupVersion(name)) }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
    }

    /// A refusal or an unreachable extension server is an answer; a server that can't be reached at all is not.
    private func groupVersion(_ name: String) async throws -> Result<Value, any Error> {
        let path = name.contains("/") ? "/apis/\(name)" : "/api/\(name)"
        do {
            return .success(try await value(Call.get(path, operation: "discover \(name)")).value)
        } catch let error as APIError {
            return .failure(error)
        } catch let error as KubeClientError where error.code == .invalidResponse {
            return .failure(error)
        }
    }

    private func discoveryCall(_ path: String) -> Call {
        var call = Call.get(path, operation: "discover the server's API groups")
        let aggregated = ["v2", "v2beta1"].map {
            "application/json;g=apidiscovery.k8s.io;v=\($0);as=APIGroupDiscoveryList"
        }
        call.accept = (aggregated + ["application/json"]).joined(separator: ",")
        return call
    }
}

/// Gathers the documents that discovery consists of, of both forms.
struct DiscoveryAnswers {
    private var resources: [APIResource] = []
    private var versions: [String: [String]] = [:]
    private var unavailable: [String: String] = [:]
    /// The group versions that are listed without their resources.
    private var pending: [String] = []
    private var documents = 0

    /// Whether both of `/api` and `/apis` gave a document of a known kind.
    var isUnderstood: Bool { documents == 2 }

    var discovery: Discovery {
        Discovery(resources: resources, versions: versions, unavailable: unavailable)
    }

    /// Adds the answer of `/api` or `/apis`.
    mutating func add(_ document: Value) {
        documents += 1
        switch document["kind"]?.string {
        case "APIGroupDiscoveryList": (document["items"]?.array ?? []).forEach { addAggregated($0) }
        case "APIVersions":
            let names = (document["versions"]?.array ?? []).compactMap(\.string)
            versions[""] = names
            pending += names
        case "APIGroupList": (document["groups"]?.array ?? []).forEach { addGroup($0) }
        default: documents -= 1
        }
    }

    /// Marks the pending group versions of skipped groups as unavailable and returns the others.
    mutating func skipping(_ isSkipped: (String) -> Bool) -> [String] {
        pending.filter { name in
            let group = GroupVersionKind(apiVersion: name, kind: "").group
            if isSkipped(group) { unavailable[name] = "it was not asked for" }
            return !isSkipped(group)
        }
    }

    /// Adds the answer of `/apis/GROUP/VERSION`.
    mutating func add(_ answer: Result<Value, any Error>, of apiVersion: String) {
        switch answer {
        case .success(let list) where list["kind"]?.string == "APIResourceList": addResources(list, apiVersion)
        case .success: unavailable[apiVersion] = "the server's answer is no list of resources"
        case .failure(let error as any DiagnosticError):
            unavailable[apiVersion] = error.diagnostics.first?.message ?? "unknown"
        case .failure(let error): unavailable[apiVersion] = "\(error)"
        }
    }

    private mutating func addGroup(_ group: Value) {
        let name = group["name"]?.string ?? ""
        let listed = (group["versions"]?.array ?? []).compactMap { $0["version"]?.string }
        let preferred = group[path: "preferredVersion", "version"]?.string
        versions[name] = listed.filter { $0 == preferred } + listed.filter { $0 != preferred }
        pending += listed.map { "\(name)/\($0)" }
    }

    private mutating func addResources(_ list: Value, _ apiVersion: String) {
        var subresources: [String: Set<String>] = [:]
        let entries = list["resources"]?.array ?? []
        for entry in entries {
            let parts = (entry["name"]?.string ?? "").split(separator: "/", maxSplits: 1).map(String.init)
            if parts.count == 2 { subresources[parts[0], default: []].insert(parts[1]) }
        }
        for entry in entries {
            guard let name = entry["name"]?.string, let kind = entry["kind"]?.string, !name.contains("/") else {
                continue
            }
            resources.append(
                APIResource(
                    GroupVersionKind(apiVersion: apiVersion, kind: kind),
                    plural: name,
                    isNamespaced: entry["namespaced"]?.bool ?? false,
                    verbs: Self.strings(entry["verbs"]),
                    subresources: subresources[name] ?? [],
                    shortNames: (entry["shortNames"]?.array ?? []).compactMap(\.string)
                )
            )
        }
    }

    private mutating func addAggregated(_ group: Value) {
        let name = group[path: "metadata", "name"]?.string ?? ""
        for version in group["versions"]?.array ?? [] {
            guard let versionName = version["version"]?.string else { continue }
            versions[name, default: []].append(versionName)
            let apiVersion = name.isEmpty ? versionName : "\(name)/\(versionName)"
            if version["freshness"]?.string == "Stale" {
                unavailable[apiVersion] = "the server that serves \(apiVersion) does not answer"
            } else {
                resources += (version["resources"]?.array ?? []).compactMap { Self.aggregated($0, apiVersion) }
            }
        }
    }

    private static func aggregated(_ entry: Value, _ apiVersion: String) -> APIResource? {
        guard let name = entry["resource"]?.string, let kind = entry[path: "responseKind", "kind"]?.string else {
            return nil
        }
        return APIResource(
            GroupVersionKind(apiVersion: apiVersion, kind: kind),
            plural: name,
            isNamespaced: entry["scope"]?.string == "Namespaced",
            verbs: strings(entry["verbs"]),
            subresources: Set((entry["subresources"]?.array ?? []).compactMap { $0["subresource"]?.string }),
            shortNames: (entry["shortNames"]?.array ?? []).compactMap(\.string)
        )
    }

    private static func strings(_ value: Value?) -> Set<String> {
        Set((value?.array ?? []).compactMap(\.string))
    }
}
