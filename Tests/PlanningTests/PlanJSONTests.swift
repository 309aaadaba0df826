import Diffing
import Manifests
import Placement
import Planning
import Resources
import Testing

@Suite struct `a plan as JSON` {
    private func fixture() throws -> PlanFixture {
        var fixture = try PlanFixture()
        fixture.observations.cluster = ClusterFingerprint(uid: "c1")
        fixture.declare(try object("v1 Secret shop/key"), .update) { change in
            change.verification = .assumed(why: "a webhook has no dry run")
            change.fieldChanges = [
                FieldChange(path: FieldPath(fields: "data", "password"), old: "b2xk", new: "bmV3", isSecret: false),
                FieldChange(path: FieldPath(fields: "type"), old: nil, new: "Opaque", isSecret: false),
            ]
        }
        fixture.declare(try deployment("web", "{volumes: [{name: v, secret: {secretName: key}}]}"), .create) { change in
            change.verification = .server
            change.warnings = ["deprecated"]
        }
        fixture.delete(try object("v1 ConfigMap shop/old"))
        fixture.settings.allowsUnschedulable = true
        fixture.placement.verdicts = [
            PlacementVerdict(
                workload: ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: "web"),
                certainty: .impossible, pods: 2, trial: [.init(node: "a", pods: 1)], message: "full",
                reason: "not enough cpu", hint: "add a node")
        ]
        let policy = PlacementPolicy(
            name: "room", mode: .check, rule: .headroom(percent: 20, poolLabel: nil, resources: []),
            location: SourceLocation(file: "p.yaml", line: 1, column: 1))
        fixture.placement.policies = [PolicyVerdict(policy, .broken, findings: ["the cluster is full"])]
        var back = fixture.placement.verdicts[0]
        (back.trial, back.message, back.reason, back.hint) = ([], nil, nil, nil)
        back.scaling = [.init(pods: 1, certainty: .guaranteed), .init(pods: 9, certainty: .possible)]
        fixture.placement.wayBack = [back]
        fixture.placement.losses = [
            LossVerdict(.init(nodes: ["a", "b"]), verdicts: [], blocked: ["no"], lost: [back.workload])
        ]
        fixture.settings.allowsBrokenPolicies = true
        return fixture
    }

    @Test func `says everything, and no secret`() throws {
        let fixture = try fixture()
        let json = try fixture.plan().json
        #expect(!json.json.contains("b2xk") && !json.json.contains("bmV3"))
        #expect(
            json == [
                "apiVersion": "endstate.dev/v1",
                "kind": "Plan",
                "intent": "apply",
                "application": [
                    "name": "shop", "namespace": "default", "applySet": .string(fixture.application.applySetID),
                ],
                "source": ["path": "shop", "dirty": true],
                "cluster": ["uid": "c1"],
                "manifests": ["count": 2, "digest": .string(try fixture.input.manifestDigest)],
                "summary": [
                    "create": 1, "update": 1, "replace": 0, "delete": 1, "adopt": 0, "unchanged": 0, "keep": 0,
                ],
                "steps": [
                    [
                        "object": ["group": "", "kind": "Secret", "namespace": "shop", "name": "key"],
                        "action": "update",
                        "uid": "uid of Secret shop/key",
                        "location": ["file": "app.yaml", "line": 1, "column": 1],
                        "verification": ["by": "assumed", "reason": "a webhook has no dry run"],
                        "changes": [
                            ["path": "data.password", "old": "******", "new": "******", "secret": true],
                            ["path": "type", "new": "Opaque"],
                        ],
                    ],
                    [
                        "object": ["group": "apps", "kind": "Deployment", "namespace": "shop", "name": "web"],
                        "action": "create",
                        "location": ["file": "app.yaml", "line": 1, "column": 1],
                        "verification": ["by": "server"],
                        "warnings": ["deprecated"],
                        "dependsOn": [
                            [
                                "object": ["group": "", "kind": "Secret", "namespace": "shop", "name": "key"],
                                "kind": "inferred",
                                "reason": "volume v mounts it",
                            ]
                        ],
                    ],
                ],
                "deletions": [
                    [
                        "object": ["group": "", "kind": "ConfigMap", "namespace": "shop", "name": "old"],
                        "action": "delete",
                        "uid": "uid of ConfigMap shop/old",
                        "verification": ["by": "proven"],
                    ]
                ],
                "kept": [],
                "hints": [],
                "dropped": [],
                "placement": [
                    [
                        "object": ["group": "apps", "kind": "Deployment", "namespace": "shop", "name": "web"],
                        "certainty": "impossible", "pods": 2, "nodes": [["name": "a", "pods": 1]], "message": "full",
                        "reason": "not enough cpu", "hint": "add a node",
                    ]
                ],
                "wayBack": [
                    [
                        "object": ["group": "apps", "kind": "Deployment", "namespace": "shop", "name": "web"],
                        "certainty": "impossible", "pods": 2, "nodes": [],
                        "scaling": [
                            ["pods": 1, "certainty": "guaranteed"], ["pods": 9, "certainty": "possible"],
                        ],
                    ]
                ],
                "losses": [
                    [
                        "nodes": ["a", "b"], "zones": [], "trial": false, "survived": false, "placement": [],
                        "blocked": ["no"],
                        "lost": [["group": "apps", "kind": "Deployment", "namespace": "shop", "name": "web"]],
                    ]
                ],
                "policies": [
                    [
                        "name": "room", "rule": "headroom", "mode": "check", "outcome": "broken",
                        "findings": ["the cluster is full"], "objects": [],
                        "location": ["file": "p.yaml", "line": 1, "column": 1],
                    ]
                ],
                "warnings": [],
                "violations": [],
            ]
        )
    }

    @Test func `tells where the source is from`() throws {
        var fixture = try PlanFixture()
        fixture.source = PlanSource(
            repository: "https://git.example.com/shop", revision: "main", commit: "c0ffee", path: "deploy",
            subject: "a change")
        #expect(
            try fixture.plan().json["source"] == [
                "repository": "https://git.example.com/shop", "revision": "main", "commit": "c0ffee",
                "path": "deploy", "dirty": false, "subject": "a change",
            ])
    }

    private static let pauses: [(Duration?, Value)] = [
        (nil, ["until": "person"]),
        (.seconds(60), ["until": "healthy", "seconds": 60]),
        (.milliseconds(1500), ["until": "healthy", "seconds": .double(1.5)]),
    ]

    @Test(arguments: pauses)
    func `tells pauses`(soak: Duration?, json: Value) throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 Namespace shop"), .unchanged)
        fixture.declare(try object("v1 ConfigMap shop/x"), .create)
        fixture.pause(after: "/Namespace/shop", soak: soak)
        #expect(try fixture.plan().json["steps"]?.array?.map { $0["pause"] } == [json, nil])
    }

    @Test func `tells violations`() throws {
        var fixture = try PlanFixture()
        fixture.declare(try object("v1 ConfigMap shop/x"), .update, live: try object("v1 ConfigMap shop/x"))
        #expect(
            try fixture.plan().json["violations"] == [
                [
                    "code": "not-adopted",
                    "objects": [["group": "", "kind": "ConfigMap", "namespace": "shop", "name": "x"]],
                    "message": "ConfigMap shop/x exists and isn't part of the application",
                    "remedy": "pass --adopt, or annotate the manifest with endstate.dev/adopt: \"true\"",
                    "location": ["file": "app.yaml", "line": 1, "column": 1],
                ]
            ]
        )
    }
}
