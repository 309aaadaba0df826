import Commands
import KubeClient
import Resources
import Testing

extension Acceptance {
    @Suite struct ApplyTests {
        static let configMap = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            data:
              colour: green
            """

        static func deployment(_ name: String, image: String = "endstate.test/run:1", replicas: Int = 1) -> String {
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: \(name)
            spec:
              replicas: \(replicas)
              selector:
                matchLabels:
                  app: \(name)
              template:
                metadata:
                  labels:
                    app: \(name)
                spec:
                  containers:
                    - name: web
                      image: \(image)
                      envFrom:
                        - configMapRef:
                            name: settings
                      ports:
                        - containerPort: 8080
            """
        }

        @Test func `an application is applied, and then nothing is left to do`() async throws {
            try await Cluster.withNamespace { namespace, _ in
                let workspace = try Workspace([
                    "settings.yaml": Self.configMap, "web.yaml": Self.deployment("web", replicas: 2),
                ])
                let first = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(first.status == .success, "\(first.notes)\(first.output)")
                #expect(first.output.contains("Plan: 2 to create, 0 to update, 0 to delete; 0 unchanged."))

                let diff = await workspace.endstate("diff", "--name", "app", "-n", namespace)
                #expect(diff.status == .success, "\(diff.notes)\(diff.output)")
                #expect(diff.output == "Plan: 0 to create, 0 to update, 0 to delete; 2 unchanged.\n")
                #expect(
                    diff.objectRequests.filter { !$0.contains("labelSelector=") }.count == 2, "\(diff.objectRequests)")
                let lists = diff.objectRequests.filter { $0.contains("labelSelector=applyset") }
                #expect(lists.count == 2, "\(diff.objectRequests)")

                let second = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(second.status == .success, "\(second.notes)")
                #expect(second.writes.isEmpty)
            }
        }

        @Test func `a changed object costs one dry run and one apply`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(["settings.yaml": Self.configMap, "web.yaml": Self.deployment("web")])
                _ = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                try workspace.write(Self.configMap.replacing("green", with: "blue"), to: "settings.yaml")

                let diff = await workspace.endstate("diff", "--name", "app", "-n", namespace)
                #expect(diff.status == .changes)
                #expect(diff.output.contains("~ data.colour: green → blue"))
                #expect(diff.writes.isEmpty)

                let apply = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(apply.status == .success, "\(apply.notes)")
                let patches = apply.requests.filter { $0.hasPrefix("PATCH ") && $0.contains("/configmaps/") }
                #expect(patches.count == 2, "\(apply.requests)")
                let live = try await client.get(.configMaps, namespace: namespace, name: "settings")
                #expect(live?.value[path: "data", "colour"] == "blue")
            }
        }

        @Test func `what is no longer declared is deleted last, by its UID`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let workspace = try Workspace(["settings.yaml": Self.configMap, "web.yaml": Self.deployment("web")])
                _ = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                try workspace.remove("web.yaml")
                try workspace.write(Self.configMap.replacing("green", with: "blue"), to: "settings.yaml")

                let apply = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(apply.status == .success, "\(apply.notes)")
                let order = [
                    "/configmaps/settings", "DELETE", "/secrets/endstate.app", "/secrets/endstate-revision.app.2",
                ]
                let places = order.map { word in apply.writes.lastIndex { $0.contains(word) } ?? -1 }
                #expect(places == places.sorted() && !places.contains(-1), "\(apply.writes)")
                let deployments = APIResource(
                    GroupVersionKind(apiVersion: "apps/v1", kind: "Deployment"), plural: "deployments",
                    isNamespaced: true)
                #expect(try await client.get(deployments, namespace: namespace, name: "web") == nil)
            }
        }

        @Test func `an image that can't be pulled fails the run early and is named`() async throws {
            try await Cluster.withNamespace { namespace, _ in
                let image = "endstate.test/image-missing:9"
                let workspace = try Workspace([
                    "settings.yaml": Self.configMap, "web.yaml": Self.deployment("web", image: image),
                ])
                let apply = await workspace.endstate(
                    "apply", "--yes", "--name", "app", "-n", namespace, "--object-timeout", "5m")
                #expect(apply.status == .rolledBack)
                #expect(
                    apply.notes.contains("Deployment \(namespace)/web failed: container web: image \"\(image)\""),
                    "\(apply.notes)")
            }
        }

        @Test func `a definition and its objects are planned and applied in one go`() async throws {
            try await Cluster.withNamespace { namespace, client in
                let group = "t\(String(UInt32.random(in: 0 ... .max), radix: 36)).endstate.test"
                let workspace = try Workspace([
                    "crd.yaml": Self.definition(group), "widget.yaml": Self.widget(group, size: "3"),
                ])
                let plan = await workspace.endstate("plan", "--name", "app", "-n", namespace)
                #expect(plan.status == .changes, "\(plan.notes)")
                #expect(
                    plan.output.contains("+ Widget.\(group) \(namespace)/one  (checked against the schema only)"),
                    "\(plan.output)")

                let apply = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(apply.status == .success, "\(apply.notes)")
                // The list of groups is made beside the definition's own service.
                let kind = GroupKind(group: group, kind: "Widget")
                while true { if case .found = try await client.discover().preferred(kind) { break } }
                let diff = await workspace.endstate("diff", "--name", "app", "-n", namespace)
                #expect(diff.status == .success, "\(diff.output)\(diff.notes)")

                try workspace.write(Self.widget(group, size: "large"), to: "widget.yaml")
                let wrong = await workspace.endstate("apply", "--yes", "--name", "app", "-n", namespace)
                #expect(wrong.status == .failure)
                #expect(wrong.notes.contains("widget.yaml:6:9"), "\(wrong.notes)")
                #expect(wrong.writes.isEmpty)
                _ = try await client.delete(.customResourceDefinitions, name: "widgets.\(group)")
            }
        }

        static func definition(_ group: String) -> String {
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: widgets.\(group)
            spec:
              group: \(group)
              scope: Namespaced
              names:
                kind: Widget
                plural: widgets
                singular: widget
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            size:
                              type: integer
            """
        }

        static func widget(_ group: String, size: String) -> String {
            """
            apiVersion: \(group)/v1
            kind: Widget
            metadata:
              name: one
            spec:
              size: \(size)
            """
        }
    }
}
