import Testing

// MARK: rolling out and scaling
extension Acceptance.KubectlTests {
    @Test func `rollout status follows a rollout to its end`() async throws {
        try await Cluster.withKubectl { kubectl in
            try await kubectl.succeeds(["apply", "-f", "-"], input: Self.deployment())
            try await Self.followRollout(kubectl)
            try await kubectl.succeeds(["set", "image", "deployment/web", "web=example.test/web:2"])
            try await Self.followRollout(kubectl)
            let wait = try await kubectl.succeeds([
                "wait", "--for=condition=Available", "deployment/web", "--timeout=5m",
            ])
            #expect(wait.output == "deployment.apps/web condition met\n")

            let history = try await kubectl.succeeds(["rollout", "history", "deployment/web"])
            #expect(history.words == "deployment.apps/web \nREVISION CHANGE-CAUSE\n1 <none>\n2 <none>\n\n")
            let undo = try await kubectl.succeeds(["rollout", "undo", "deployment/web"])
            #expect(undo.output == "deployment.apps/web rolled back\n")
            try await Self.followRollout(kubectl)
            let new = try await kubectl.succeeds([
                "get", "rs", "-l", "app=web", "-o",
                "jsonpath={.items[?(@.spec.replicas==2)].spec.template.spec..image}",
            ])
            #expect(new.output == "example.test/web:1")
        }
    }

    private static func followRollout(_ kubectl: Kubectl) async throws {
        let status = try await kubectl.succeeds(["rollout", "status", "deployment/web", "--timeout=5m"])
        #expect(status.output.hasSuffix("deployment \"web\" successfully rolled out\n"), "\(status)")
    }

    @Test(arguments: ["image-missing", "never-ready"])
    func `rollout status fails where the pods don't become ready`(behaviour: String) async throws {
        try await Cluster.withKubectl { kubectl in
            let manifest = Self.deployment(replicas: 1, behaviour: behaviour)
                .replacing("  replicas: 1", with: "  replicas: 1\n  progressDeadlineSeconds: 600")
            try await kubectl.succeeds(["apply", "-f", "-"], input: manifest)
            let short = try await kubectl(["rollout", "status", "deployment/web", "--timeout=1s"])
            #expect(short.status == 1)
            #expect(short.errors == "error: timed out waiting for the condition\n")

            let deadline = "{\"spec\":{\"progressDeadlineSeconds\":1}}"
            try await kubectl.succeeds(["patch", "deployment", "web", "-p", deadline])
            let late = try await kubectl(["rollout", "status", "deployment/web", "--timeout=5m"])
            #expect(late.status == 1)
            #expect(late.errors == "error: deployment \"web\" exceeded its progress deadline\n", "\(late)")
            let wait = try await kubectl(["wait", "--for=condition=Available", "deployment/web", "--timeout=1s"])
            #expect(wait.status == 1)
            #expect(wait.errors == "error: timed out waiting for the condition on deployments/web\n")
        }
    }

    @Test func `scale changes the number of replicas, where it is what one thinks`() async throws {
        try await Cluster.withKubectl { kubectl in
            try await kubectl.succeeds(["apply", "-f", "-"], input: Self.deployment())
            let scale = ["scale", "deployment/web", "--current-replicas=2"]
            let scaled = try await kubectl.succeeds(scale + ["--replicas=3"])
            #expect(scaled.output == "deployment.apps/web scaled\n")
            try await Self.followRollout(kubectl)
            let replicas = "jsonpath={.spec.replicas} {.status.availableReplicas}"
            let live = try await kubectl.succeeds(["get", "deployment/web", "-o", replicas])
            #expect(live.output == "3 3")

            let refused = try await kubectl(scale + ["--replicas=1"])
            #expect(refused.status == 1)
            #expect(refused.errors.contains("xpected replicas to be 2, was 3"), "\(refused)")
        }
    }
}
