import Testing

// MARK: applying and comparing
extension Acceptance.KubectlTests {
    private static let blue = configMap.replacing("green", with: "blue")

    @Test func `apply creates, changes, and leaves alone what is as it should be`() async throws {
        try await Cluster.withKubectl { kubectl in
            for (manifest, verb) in [
                (Self.configMap, "created"), (Self.configMap, "unchanged"), (Self.blue, "configured"),
            ] {
                let trial = try await kubectl.succeeds(["apply", "--dry-run=server", "-f", "-"], input: manifest)
                #expect(trial.output == "configmap/settings \(verb) (server dry run)\n")
                let apply = try await kubectl.succeeds(["apply", "-f", "-"], input: manifest)
                #expect(apply.output == "configmap/settings \(verb)\n")
            }
            let live = try await kubectl.succeeds(["get", "cm", "settings", "-o", "jsonpath={.data}"])
            #expect(live.output == #"{"colour":"blue"}"#)
        }
    }

    @Test func `what the API refuses is told by apply as the API says it`() async throws {
        try await Cluster.withKubectl { kubectl in
            let wrong = Self.deployment().replacing("matchLabels: {app: web}", with: "matchLabels: {app: other}")
            let apply = try await kubectl(["apply", "-f", "-"], input: wrong)
            #expect(apply.status == 1)
            #expect(apply.errors.hasPrefix("The Deployment \"web\" is invalid: spec.template.metadata.labels: "))
            #expect(apply.errors.contains("`selector` does not match template `labels`"), "\(apply)")
        }
    }

    @Test func `a server-side apply names the manager that owns a field, and takes it by force`() async throws {
        try await Cluster.withKubectl { kubectl in
            let apply = ["apply", "--server-side", "-f", "-"]
            let first = try await kubectl.succeeds(apply, input: Self.configMap)
            #expect(first.output == "configmap/settings serverside-applied\n")

            let other = apply + ["--field-manager=other"]
            let conflict = try await kubectl(other, input: Self.blue)
            #expect(conflict.status == 1)
            #expect(
                conflict.errors.contains("Apply failed with 1 conflict: conflict with \"kubectl\": .data.colour\n"),
                "\(conflict)")
            let kept = try await kubectl.succeeds(["get", "cm", "settings", "-o", "jsonpath={.data.colour}"])
            #expect(kept.output == "green")

            try await kubectl.succeeds(other + ["--force-conflicts"], input: Self.blue)
            let taken = try await kubectl.succeeds(["get", "cm", "settings", "-o", "jsonpath={.data.colour}"])
            #expect(taken.output == "blue")
        }
    }

    @Test(arguments: [[], ["--server-side"]])
    func `diff exits with 1 where something differs, else with 0`(options: [String]) async throws {
        try await Cluster.withKubectl { kubectl in
            try await kubectl.succeeds(["apply", "-f", "-"] + options, input: Self.configMap)
            let same = try await kubectl(["diff", "-f", "-"] + options, input: Self.configMap)
            #expect(same.status == 0, "\(same)")
            #expect(same.output.isEmpty)

            let diff = try await kubectl(["diff", "-f", "-"] + options, input: Self.blue)
            #expect(diff.status == 1, "\(diff)")
            #expect(diff.output.contains("\n-  colour: green\n+  colour: blue\n"), "\(diff)")
            let live = try await kubectl.succeeds(["get", "cm", "settings", "-o", "jsonpath={.data.colour}"])
            #expect(live.output == "green")
        }
    }

    @Test(arguments: [
        ("strategic", #"{"data":{"size":"1"}}"#), ("merge", #"{"data":{"size":"1"}}"#),
        ("json", #"[{"op":"add","path":"/data/size","value":"1"}]"#),
    ])
    func `patch, label and annotate change what they name`(type: String, patch: String) async throws {
        try await Cluster.withKubectl { kubectl in
            try await kubectl.succeeds(["apply", "-f", "-"], input: Self.configMap)
            let patched = try await kubectl.succeeds(["patch", "cm", "settings", "--type", type, "--patch", patch])
            #expect(patched.output == "configmap/settings patched\n")
            let refused = try await kubectl(["label", "cm", "settings", "app=other"])
            #expect(refused.status == 1)
            #expect(refused.errors.contains("'app' already has a value (web), and --overwrite is false"))
            try await kubectl.succeeds(["label", "--overwrite", "cm", "settings", "app=other"])
            try await kubectl.succeeds(["annotate", "cm", "settings", "note=1"])
            let path = "jsonpath={.data} {.metadata.labels} {.metadata.annotations.note}"
            let live = try await kubectl.succeeds(["get", "cm", "settings", "-o", path])
            #expect(live.output == #"{"colour":"green","size":"1"} {"app":"other"} 1"#)
        }
    }
}
