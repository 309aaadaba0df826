import Diffing
import Resources
import Testing

struct OwnershipConflictTests {
    /// Causes as a server of version 1.20 sent them.
    private let causes = [
        (".spec.replicas", #"conflict with "kubectl-client-side-apply" using apps/v1"#),
        (".metadata.labels.app.kubernetes.io/name", #"conflict with "kubectl-client-side-apply" using apps/v1"#),
        (
            #".spec.template.spec.containers[name="web"].env[name="A"].value"#,
            #"conflict with "kubectl-edit" using apps/v1 at 2026-11-21T03:40:07Z"#
        ),
    ]

    private func object(name: String, replicas: Int64, env: String) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": ["labels": ["app.kubernetes.io/name": .string(name)]],
            "spec": [
                "replicas": .integer(replicas),
                "template": [
                    "spec": ["containers": [["name": "web", "env": [["name": "A", "value": .string(env)]]]]]
                ],
            ],
        ])
    }

    @Test func `a conflict has both values and the other manager`() {
        let conflicts = OwnershipConflict.parse(
            causes.map { (field: $0.0, message: $0.1) }, desired: object(name: "b", replicas: 2, env: "2"),
            live: object(name: "a", replicas: 0, env: "1"))
        #expect(
            conflicts.map { "\($0.path) \($0.manager) \($0.theirs?.json ?? "-") \($0.ours?.json ?? "-")" } == [
                #"metadata.labels["app.kubernetes.io/name"] kubectl-client-side-apply "a" "b""#,
                "spec.replicas kubectl-client-side-apply 0 2",
                #"spec.template.spec.containers[web].env[A].value kubectl-edit "1" "2""#,
            ])
    }

    @Test(
        arguments: [
            (#"conflict with "a""#, "a", nil),
            (#"conflict with "hpa" with subresource "scale" using apps/v1"#, "hpa", "scale"),
            ("a new way to say it", "a new way to say it", nil),
        ] as [(String, String, String?)])
    func `the manager is read from the message`(message: String, manager: String, subresource: String?) {
        let conflict = OwnershipConflict.parse(
            [(field: ".spec.replicas", message: message)], desired: object(name: "", replicas: 1, env: ""), live: nil
        ).first
        #expect(conflict?.manager == manager)
        #expect(conflict?.subresource == subresource)
        #expect(conflict?.theirs == nil)
    }

    @Test(
        arguments: [
            (".a.b", [.field("a"), .field("b")]),
            (".a[3].b", [.field("a"), .index(3), .field("b")]),
            (#".a[="x y"]"#, [.field("a"), .value("x y")]),
            (".a[=1]", [.field("a"), .value(1)]),
            (".a[=1.5]", [.field("a"), .value(.double(1.5))]),
            (
                #".ports[containerPort=80,protocol="TCP"].name"#,
                [.field("ports"), .key(["containerPort": 80, "protocol": "TCP"]), .field("name")]
            ),
            (
                #".a[n="q\"]\\\n\u00e9",b=true,c=null]"#,
                [.field("a"), .key(["n": "q\"]\\\n\u{E9}", "b": true, "c": .null])]
            ),
            (".known.dots.in.it.x", [.field("known"), .field("dots.in.it"), .field("x")]),
            (".known.brackets[0].x", [.field("known"), .field("brackets[0]"), .field("x")]),
            (".unknown.dots.in", [.field("unknown"), .field("dots"), .field("in")]),
            (".a[what]", [.field("a"), .field("[what]")]),
            (".a[=\"open", [.field("a"), .field("[=\"open")]),
            (".", [.field("")]),
        ] as [(String, [FieldPath.Element])])
    func `a path is read as the server prints it`(text: String, elements: [FieldPath.Element]) {
        let live: Value = ["kind": "A", "known": ["dots.in.it": ["x": 1], "dots": 1, "brackets[0]": ["x": 1]]]
        let conflict = OwnershipConflict.parse(
            [(field: text, message: "")], desired: KubernetesObject(["kind": "A"]), live: KubernetesObject(live)
        ).first
        #expect(conflict?.path.elements == elements)
    }

    @Test func `the values of a Secret are masked`() throws {
        let head = #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"p":""#
        let found = try OwnershipConflict.parse(
            [(field: ".data.p", message: #"conflict with "x""#), (field: ".data", message: #"conflict with "x""#)],
            desired: Fixtures.object(head + #"hunter2"}}"#), live: Fixtures.object(head + #"hunter3"}}"#))
        #expect(found.map(\.isSecret) == [true, true])
        #expect(found.last?.ours == .string(Redaction.mask))
        #expect(!"\(found)".contains("hunter"))
    }
}
