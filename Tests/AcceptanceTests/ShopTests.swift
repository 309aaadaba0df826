import Commands
import Foundation
import KubeClient
import Resources
import Testing

extension Acceptance {
    /// The example as its README shows it, in a namespace of its own.
    @Suite struct ShopTests {
        @Test func `the shop starts in its declared order and is healthy`() async throws {
            try await Cluster.withNamespace { namespace, _ in
                let workspace = try Self.shop(in: namespace)
                let apply = await workspace.endstate("apply", "--yes", "-o", "json")
                #expect(apply.status == .success, "\(apply.notes)")
                let events = try apply.output.split(separator: "\n").map { try Value(json: String($0)) }
                let order = try Self.order(of: events)
                for (earlier, later) in [
                    ("config-centre", "registry"), ("registry", "catalogue"), ("registry", "accounts"),
                    ("registry", "payments"), ("registry", "orders"), ("catalogue", "gateway"), ("accounts", "gateway"),
                    ("payments", "gateway"), ("orders", "gateway"),
                ] {
                    let healthy = try #require(order.healthy[earlier])
                    let applying = try #require(order.applying[later])
                    #expect(healthy < applying, "\(earlier) must be healthy before \(later) is applied")
                }
                #expect(events.last?["message"] == "succeeded")

                let status = await workspace.endstate("status")
                #expect(status.output.hasSuffix("\n18 of 18 healthy\n"), "\(status.output)")
                let diff = await workspace.endstate("diff")
                #expect(diff.status == .success, "\(diff.output)")
            }
        }

        @Test func `deleting the application removes dependents first, and its record last`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Self.shop(in: namespace)
                let apply = await workspace.endstate("apply", "--yes", "--no-wait")
                #expect(apply.status == .success, "\(apply.notes)")
                let deletion = await workspace.endstate("delete", "--yes", "--name", "shop", "-n", namespace)
                #expect(deletion.status == .success, "\(deletion.notes)")
                let deletes = deletion.writes.map { $0.split(separator: "?")[0] }
                let gateway = try #require(deletes.firstIndex { $0.hasSuffix("/deployments/gateway") })
                let registry = try #require(deletes.firstIndex { $0.hasSuffix("/deployments/registry") })
                #expect(gateway < registry)
                // The lock may have been renewed in between.
                let last = deletes.last { !$0.contains("/leases/") }
                #expect(last?.hasSuffix("/secrets/endstate.shop") == true)
                #expect(deletes.last?.hasSuffix("/leases/endstate.shop") == true)
                let maps = try await client.list(.configMaps, namespace: namespace).items.map(\.name)
                #expect(!maps.contains("shop-settings"))
            }
        }

        @Test func `a repository at a commit is planned and applied without its work tree`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Self.shop(in: namespace)
                try workspace.git("init", "--quiet", "--initial-branch", "main")
                try workspace.git("add", ".")
                try workspace.git("commit", "--quiet", "--message", "The shop")
                try workspace.write("not: [yaml", to: "catalogue.yaml")
                let arguments = ["--repo", workspace.path, "--revision", "main"]
                let plan = await workspace.endstate("plan", arguments[0], arguments[1], arguments[2], arguments[3])
                #expect(plan.status == .changes, "\(plan.notes)")
                #expect(plan.output.contains(" at main (commit "))
                let apply = await workspace.endstate(
                    "apply", "--yes", "--no-wait", arguments[0], arguments[1], arguments[2], arguments[3])
                #expect(apply.status == .success, "\(apply.notes)")
                #expect(try await client.get(.configMaps, namespace: namespace, name: "shop-settings") != nil)
            }
        }

        /// The example's files, moved to another namespace.
        private static func shop(in namespace: String) throws -> Workspace {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let directory = root.appending(path: "examples/shop").path
            let workspace = try Workspace()
            for name in try FileManager.default.contentsOfDirectory(atPath: directory) where name != "namespace.yaml" {
                let text = try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
                let moved = text.replacing("namespaces/shop/", with: "namespaces/\(namespace)/")
                    .replacing("namespace: shop", with: "namespace: \(namespace)")
                try workspace.write(moved, to: name)
            }
            return workspace
        }

        /// The positions of the events in which Deployments were applied and became healthy.
        private static func order(of events: [Value]) throws -> (applying: [String: Int], healthy: [String: Int]) {
            var applying: [String: Int] = [:]
            var healthy: [String: Int] = [:]
            for (position, event) in events.enumerated() where event[path: "object", "kind"] == "Deployment" {
                let name = try #require(event[path: "object", "name"]?.string)
                if event["type"] == "applying" { applying[name] = position }
                if event["type"] == "healthy" { healthy[name] = position }
            }
            return (applying, healthy)
        }
    }
}
