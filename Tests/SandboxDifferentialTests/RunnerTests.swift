import Resources
import Testing

/// The suite's own parts, without any server.
struct RunnerTests {
    @Test func `a step's words become its request`() throws {
        let text = """
            === titled [fresh workload]
            # a comment
            apply v1/configmaps/a by one force dry
                data: {a: "{ns}"}

            get "apps/v1/deployments?labelSelector=a in (b)" accept text/plain -> list
            create {group}/v1/widgets
                metadata: {generateName: w-}
            """
        let scenario = try #require(try ScenarioReader.scenarios(in: text, topic: "topic").first)
        #expect(scenario.title == "topic: titled")
        #expect(scenario.tags == [.fresh, .workload])
        let writer = RequestWriter(namespace: "space", group: "g.example.com")
        let requests = try scenario.steps.map { try writer.request(for: $0) }
        #expect(
            requests.map { "\($0.method) \($0.path)" } == [
                "PATCH /api/v1/namespaces/space/configmaps/a?fieldManager=one&force=true&dryRun=All",
                "GET /apis/apps/v1/namespaces/space/deployments?labelSelector=a%20in%20(b)",
                "POST /apis/g.example.com/v1/namespaces/space/widgets",
            ])
        let bodies = requests.map { $0.body.map { String(decoding: $0, as: UTF8.self) } }
        #expect(
            bodies == [
                #"{"apiVersion":"v1","data":{"a":"space"},"kind":"ConfigMap","metadata":{"name":"a"}}"#, nil,
                #"{"apiVersion":"g.example.com/v1","kind":"Widget","metadata":{"generateName":"w-"}}"#,
            ])
    }

    @Test(arguments: [
        ("get", "a path is missing"), ("frob v1/configmaps", "unknown verb"),
        ("get v1/configmaps loudly", "unknown word"),
    ])
    func `a step that can't be read is told with its line`(line: String, reason: String) throws {
        let error = #expect(throws: ScenarioError.self) {
            try ScenarioReader.scenarios(in: "=== titled\n\(line)", topic: "topic")
        }
        #expect(try #require(error).description.hasPrefix("topic:2: \(reason)"))
    }

    @Test func `the same thing has the same placeholder`() {
        var normaliser = Normaliser(namespace: "diffabcde-1001", group: "g.example.com", tags: [], now: 1_700_000_000)
        let object: Value = [
            "metadata": [
                "uid": "01234567-89ab-cdef-0123-456789abcdef", "resourceVersion": "7", "namespace": "diffabcde-1001",
                "creationTimestamp": "2023-11-14T22:13:20Z",
            ],
            "renewTime": "2020-01-01T00:00:00Z",
        ]
        var expected: Value = [
            "metadata": [
                "uid": "uid 1", "resourceVersion": "version 1", "namespace": "NS", "creationTimestamp": "TIME 0Z",
            ],
            "renewTime": "2020-01-01T00:00:00Z",
        ]
        #expect(normaliser.normalised(object) == expected)
        #expect(normaliser.normalised(object) == expected)
        normaliser.tick(at: 1_700_000_000)
        var changed = object
        changed["metadata"]?["resourceVersion"] = "9"
        expected["metadata"]?["resourceVersion"] = "version 2"
        expected["metadata"]?["creationTimestamp"] = "TIME 1Z"
        #expect(normaliser.normalised(changed) == expected)
    }

    @Test func `causes are compared without their order`() {
        let causes: [Value] = [["field": "b", "message": "x"], ["field": "a", "message": "z"]]
        let status: Value = ["message": "K \"n\" is invalid: [b: x, a: z]", "details": ["causes": .array(causes)]]
        let sorted = MessageNormaliser.withSortedCauses(status)
        #expect(sorted["message"] == "K \"n\" is invalid: [a: z, b: x]")
        #expect(sorted[path: "details", "causes"] == .array(causes.reversed()))
    }

    @Test func `differences name the innermost paths`() throws {
        let scenario = try #require(
            try ScenarioReader.scenarios(in: "=== titled\nget v1/configmaps/a", topic: "t").first)
        let step = try #require(scenario.steps.first)
        func differences(_ left: Value, _ right: Value) -> [String] {
            let left = [Outcome(step: step, value: left)]
            let right = [Outcome(step: step, value: right)]
            return Comparison.differences(of: scenario, expected: left, actual: right).map { difference in
                "\(difference.path): \(difference.expected?.json ?? "absent") \(difference.actual?.json ?? "absent")"
            }
        }
        #expect(differences(["a": [1, 2], "b": 1], ["a": [1, 2], "b": 1]) == [])
        #expect(
            differences(["a": [1, 2], "b": 1], ["a": [1, 3, 4]]) == ["a[1]: 2 3", "a[2]: absent 4", "b: 1 absent"])
    }

    @Test func `a known difference covers its paths and no others, and is found out when it is gone`() throws {
        let text = "=== titled\nget v1/configmaps/a\nget v1/configmaps/b"
        let scenario = try #require(try ScenarioReader.scenarios(in: text, topic: "t").first)
        let differences = ["body.message", "body.details.causes[0]"].map { path in
            Difference(scenario: "t: titled", step: 2, stepText: "", path: path, expected: nil, actual: 1)
        }
        let result = SuiteResult(items: [.init(scenario: scenario, expected: [], differences: differences)])
        let message = KnownDifference(scenario: "t: titled", step: 2, path: "body.message", reason: "")
        let details = KnownDifference(scenario: "t: titled", step: nil, path: "body.details*", reason: "")
        let gone = KnownDifference(scenario: "t: titled", step: 1, path: "body.message", reason: "")
        #expect(result.unknown(besides: [message]).flatMap(\.differences).map(\.path) == ["body.details.causes[0]"])
        #expect(result.unknown(besides: [message, details]).isEmpty)
        #expect(result.outdated([message, details, gone]) == [gone])
        #expect(result.summary(besides: [message]) == "1 sequences, 2 steps, 1 differences in 1 sequences (1 known)")
    }

    @Test func `the scenario files can be read, and no two have the same title`() throws {
        let scenarios = try SuiteFiles.scenarios() + RandomScenarios.all()
        #expect(scenarios.count > 400)
        #expect(Set(scenarios.map(\.title)).count == scenarios.count)
        #expect(scenarios.allSatisfy { !$0.steps.isEmpty })
    }
}
