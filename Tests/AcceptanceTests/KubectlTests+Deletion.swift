import Testing

// MARK: deleting, and what a sandbox doesn't have
extension Acceptance.KubectlTests {
    @Test func `delete in the foreground ends when the dependents are gone`() async throws {
        try await Cluster.withKubectl { kubectl in
            try await kubectl.succeeds(["apply", "-f", "-"], input: Self.deployment())
            try await kubectl.succeeds(["rollout", "status", "deployment/web", "--timeout=5m"])
            let delete = try await kubectl.succeeds([
                "delete", "deployment", "web", "--cascade=foreground", "--timeout=5m",
            ])
            #expect(delete.output == "deployment.apps \"web\" deleted\n")
            let left = try await kubectl.succeeds(["get", "deployments,replicasets,pods", "-o", "name"])
            #expect(left.output == "")
        }
    }

    @Test func `delete leaves the dependents where it is told to`() async throws {
        try await Cluster.withKubectl { kubectl in
            try await kubectl.succeeds(["apply", "-f", "-"], input: Self.deployment())
            try await kubectl.succeeds(["rollout", "status", "deployment/web", "--timeout=5m"])
            try await kubectl.succeeds(
                ["delete", "-f", "-", "--cascade=orphan", "--timeout=5m"], input: Self.deployment())
            let left = try await kubectl.succeeds(["get", "deployments,replicasets,pods", "-o", "name"])
            #expect(left.output.split(separator: "\n").count == 3, "\(left)")
            #expect(!left.output.contains("deployment"))

            let again = try await kubectl(["delete", "deployment", "web"])
            #expect(again.status == 1)
            #expect(again.errors == "Error from server (NotFound): deployments.apps \"web\" not found\n")
            try await kubectl.succeeds(["delete", "deployment", "web", "--ignore-not-found"])
        }
    }

    @Test func `wait sees conditions and deletions`() async throws {
        try await Cluster.withKubectl { kubectl in
            try await kubectl.succeeds(["apply", "-f", "-"], input: Self.deployment(replicas: 1))
            try await kubectl.succeeds(["wait", "--for=condition=Available", "deployment/web", "--timeout=5m"])
            let ready = try await kubectl.succeeds(["wait", "--for=condition=Ready", "pods", "--all", "--timeout=5m"])
            #expect(ready.output.hasPrefix("pod/web-") && ready.output.hasSuffix(" condition met\n"), "\(ready)")

            try await kubectl.succeeds(["delete", "deployment", "web", "--wait=false"])
            let gone = try await kubectl(["wait", "--for=delete", "pods", "-l", "app=web", "--timeout=5m"])
            // Where they are gone already, older versions say that there are none.
            #expect(gone.isSuccess || gone.errors == "error: no matching resources found\n", "\(gone)")
            // A ReplicaSet that does not know of its end yet may have replaced a pod.
            while try await kubectl.succeeds(["get", "pods", "-o", "name"]).output != "" {}
        }
    }

    @Test(
        .sandbox("the nodes of a real server are the tests' own, and have no address that answers"),
        arguments: [
            ["logs", "POD"], ["exec", "POD", "--", "ls"], ["attach", "POD"], ["port-forward", "POD", ":80"],
        ])
    func `what needs a container is refused with the reason`(command: [String]) async throws {
        try await Cluster.withKubectl { kubectl in
            try await kubectl.succeeds(["apply", "-f", "-"], input: Self.deployment(replicas: 1))
            try await kubectl.succeeds(["wait", "--for=condition=Available", "deployment/web", "--timeout=5m"])
            let ending = try await kubectl(command.map { $0 == "POD" ? "deployment/web" : $0 })
            #expect(ending.status == 1)
            #expect(ending.errors.contains("this is a sandbox: its pods run no containers"), "\(ending)")
        }
    }
}
