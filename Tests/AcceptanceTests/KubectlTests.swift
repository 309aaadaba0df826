import Testing

extension Acceptance {
    /// What people do to a cluster with kubectl: reading.
    @Suite struct KubectlTests {
        /// - Parameter behaviour: What becomes of its pods, on a sandbox's nodes and on those of the tests.
        static func deployment(_ name: String = "web", replicas: Int = 2, behaviour: String = "ready") -> String {
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: \(name), labels: {app: \(name)}}
            spec:
              replicas: \(replicas)
              selector: {matchLabels: {app: \(name)}}
              template:
                metadata:
                  labels: {app: \(name)}
                  annotations: {endstate.dev/sandbox: \(behaviour), endstate.dev/test-pod: \(behaviour)}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers: [{name: web, image: "example.test/web:1", ports: [{containerPort: 80}]}]
            """
        }

        static let configMap = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, labels: {app: web}}
            data: {colour: green}
            """

        @Test func `get shows objects as a table, YAML, JSON, by their fields and by name`() async throws {
            try await Cluster.withKubectl { kubectl in
                try await kubectl.succeeds(["apply", "-f", "-"], input: Self.configMap)
                let table = try await kubectl.succeeds(["get", "configmaps", "-l", "app=web", "--show-labels"])
                #expect(table.words.hasPrefix("NAME DATA AGE LABELS\nsettings 1 "), "\(table)")
                #expect(table.output.hasSuffix(" app=web\n"), "\(table)")
                for (form, text) in [
                    ("name", "configmap/settings\n"), ("jsonpath={.data.colour}", "green"),
                    ("custom-columns=N:.metadata.name,C:.data.colour", "N          C\nsettings   green\n"),
                ] {
                    let shown = try await kubectl.succeeds(["get", "configmap/settings", "-o", form])
                    #expect(shown.output == text)
                }
                let yaml = try await kubectl.succeeds(["get", "cm", "settings", "-o", "yaml"])
                #expect(yaml.output.hasPrefix("apiVersion: v1\ndata:\n  colour: green\nkind: ConfigMap\n"), "\(yaml)")
                let json = try await kubectl.succeeds(["get", "cm", "-l", "app=web", "-o", "json"])
                #expect(json.output.contains("\"colour\": \"green\""), "\(json)")

                let missing = try await kubectl(["get", "configmap", "nowhere"])
                #expect(missing.status == 1)
                #expect(missing.errors == "Error from server (NotFound): configmaps \"nowhere\" not found\n")
            }
        }

        @Test func `get shows how a workload and its pods are doing`() async throws {
            try await Cluster.withKubectl { kubectl in
                try await kubectl.succeeds(["apply", "-f", "-"], input: Self.deployment())
                try await kubectl.succeeds(["rollout", "status", "deployment/web", "--timeout=5m"])
                let all = try await kubectl.succeeds(["get", "all"])
                #expect(all.words.contains("\nNAME READY UP-TO-DATE AVAILABLE AGE\ndeployment.apps/web 2/2 2 2 "))
                let pods = try await kubectl.succeeds(["get", "pods", "-o", "wide", "--no-headers"])
                let lines = pods.words.split(separator: "\n")
                #expect(lines.count == 2, "\(pods)")
                #expect(lines.allSatisfy { $0.hasPrefix("web-") && $0.contains(" 1/1 Running 0 ") }, "\(pods)")
                try await Self.awaitEvents(kubectl, ["ScalingReplicaSet"])
                let events = try await kubectl.succeeds(["get", "events"])
                #expect(events.words.contains(" Normal ScalingReplicaSet deployment/web Scaled up replica set web-"))
            }
        }

        /// Events are sent beside the work that they tell of.
        private static func awaitEvents(_ kubectl: Kubectl, _ reasons: [String]) async throws {
            for reason in reasons {
                while try await !kubectl.succeeds(["get", "events"]).words.contains(" \(reason) ") {}
            }
        }

        @Test func `describe tells what an object is and what happened to it`() async throws {
            try await Cluster.withKubectl { kubectl in
                try await kubectl.succeeds(["apply", "-f", "-"], input: Self.deployment() + "\n---\n" + Self.configMap)
                try await kubectl.succeeds(["expose", "deployment/web", "--port=80"])
                try await kubectl.succeeds(["rollout", "status", "deployment/web", "--timeout=5m"])
                // A rollout has ended before the addresses of its last pod are told.
                while try await !kubectl(["get", "endpoints", "web"]).words.contains(":80,") {}
                try await Self.awaitEvents(kubectl, ["Scheduled", "ScalingReplicaSet"])
                for (object, texts) in [
                    (
                        ["deployment", "web"],
                        [
                            "Replicas: 2 desired | 2 updated | 2 total | 2 available | 0 unavailable\n",
                            "\n Available True MinimumReplicasAvailable\n", "Normal ScalingReplicaSet ",
                        ]
                    ),
                    (
                        ["pods", "-l", "app=web"],
                        ["Controlled By: ReplicaSet/web-", "\nStatus: Running\n", "Normal Scheduled "]
                    ),
                    (["service", "web"], ["\nSelector: app=web\n", "\nEndpoints: 1"]),
                    (["configmap", "settings"], ["\ncolour:\n----\ngreen\n"]),
                    (["namespace", kubectl.namespace], ["Name: \(kubectl.namespace)\n", "\nStatus: Active\n"]),
                    (["nodes"], ["\n Ready True "]),
                ] {
                    let ending = try await Kubectl.run(["-n", kubectl.namespace, "describe"] + object)
                    #expect(ending.status == 0, "\(ending)")
                    for text in texts { #expect(ending.words.contains(text), "\(ending)") }
                }
            }
        }
    }
}
