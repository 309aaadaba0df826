import FoundationEssentials
import Resources
import YAML

/// The CustomResourceDefinitions that scenarios share, in a group that is the run's own.
struct SharedResources {
    let group: String
    private let api: any APIUnderTest
    private let paths: [String]

    private static let collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"

    static func install(at api: any APIUnderTest, name: String) async throws -> SharedResources {
        let group = "\(name).example.com"
        let writer = RequestWriter(namespace: "", group: group)
        let text = try writer.expanded(SuiteFiles.text(of: "definitions.yaml"))
        let (documents, errors) = YAMLReader.documents(in: Array(text.utf8))
        if let error = errors.first { throw ScenarioError("definitions.yaml:\(error)") }
        var paths: [String] = []
        do {
            for document in documents { paths.append(try await create(document.value, in: group, at: api)) }
        } catch {
            await SharedResources(group: group, api: api, paths: paths).remove()
            throw error
        }
        return SharedResources(group: group, api: api, paths: paths)
    }

    private static func create(_ definition: Value, in group: String, at api: any APIUnderTest) async throws -> String {
        let response = try await api.send(
            WireRequest(
                method: "POST", path: collection, headers: [("Content-Type", "application/json")],
                body: definition.jsonBytes))
        guard response.status == 201, let name = definition[path: "metadata", "name"]?.string else {
            throw ScenarioError("no definition: \(String(decoding: response.body, as: UTF8.self))")
        }
        let plural = definition[path: "spec", "names", "plural"]?.string ?? ""
        for version in definition[path: "spec", "versions"]?.array ?? [] {
            try await waitUntilServed("/apis/\(group)/\(version["name"]?.string ?? "")/\(plural)", at: api)
        }
        return "\(collection)/\(name)"
    }

    private static func waitUntilServed(_ path: String, at api: any APIUnderTest) async throws {
        let served = try await api.wait(for: WireRequest(method: "GET", path: path)) { $0.status == 200 }
        if served == nil { throw ScenarioError("\(path) is not served") }
    }

    func remove() async {
        for path in paths { _ = try? await api.send(WireRequest(method: "DELETE", path: path)) }
    }
}
