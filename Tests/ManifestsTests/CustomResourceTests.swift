import Manifests
import Resources
import Testing

/// Resources whose definition is in the same source are held against its schema, without any cluster.
@Suite struct CustomResourceTests {
    @Test(arguments: [
        ("size: 3", nil), ("size: 30", "spec.size must be at most 10"), ("size: 0", "spec.size must be more than 0"),
        ("size: big", "spec.size must be an integer, not a string"), ("colour: red", nil),
        ("colour: blue", #"spec.colour must be one of "red", "green""#), ("id: a-1", nil),
        ("id: A", "spec.id must match ^[a-z]+-[0-9]$"),
        ("tags: [a, a]", #"spec.tags has two elements with the value "a""#),
        ("tags: []", "spec.tags must have at least 1 items"),
        ("label: ''", "spec.label must have at least 1 characters"), ("label: äöü", nil),
        ("label: äöüß", "spec.label must have at most 3 characters"),
        ("port: 80", nil), ("port: http", nil),
        ("port: true", "spec.port must be an integer or a string, not the boolean true"),
        ("open: {any: thing}", nil), ("empty: {any: thing}", "unknown field spec.empty.any"), ("map: {a: 1}", nil),
        ("map: {a: b}", "spec.map.a must be an integer, not a string"), ("missing: 1", "unknown field spec.missing"),
        ("nothing: null", nil), ("ratio: 1", nil), ("ratio: 0.5", nil),
        (
            "template: {apiVersion: v1, kind: Pod, metadata: {labels: {a: b}}, data: 1}",
            "unknown field spec.template.data"
        ),
        ("template: {metadata: {label: {}}}", "unknown field spec.template.metadata.label"),
        ("slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", nil),
    ])
    func `a resource is held against its definition`(field: String, message: String?) throws {
        let text = Self.definition + "---\napiVersion: x.io/v1\nkind: Widget\nmetadata: {name: a}\nspec:\n  \(field)\n"
        do {
            _ = try read(text)
            #expect(message == nil)
        } catch {
            #expect(error.diagnostics.map(\.message) == ["Widget.x.io a: \(message ?? "nothing")"])
        }
    }

    @Test func `versions have schemas of their own, and one without allows anything`() throws {
        let text = Self.definition + "---\napiVersion: x.io/v2\nkind: Widget\nmetadata: {name: a}\nspec: 3\n"
        #expect(report(text) == "")
        let unserved =
            Self.definition + "---\napiVersion: x.io/v3\nkind: Widget\nmetadata: {name: a, label: {}}\nspec: 3\n"
        #expect(report(unserved).hasPrefix("error[unknown-field]: Widget.x.io a: unknown field metadata.label\n"))
    }

    @Test func `the definition decides where its resources live`() throws {
        let widgets = """
            ---
            apiVersion: x.io/v2
            kind: Widget
            metadata: {name: a}
            ---
            apiVersion: x.io/v2
            kind: Widget
            metadata: {name: a, namespace: shop}
            """
        #expect(
            report([("a.yaml", Self.definition + widgets)], defaultNamespace: "shop").hasPrefix(
                "error[duplicate-object]: Widget.x.io shop/a is declared twice\n"))
        let cluster = Self.definition.replacing("scope: Namespaced", with: "scope: Cluster")
        #expect(
            report([("a.yaml", cluster + widgets)]).hasPrefix(
                "error[duplicate-object]: Widget.x.io a is declared twice\n"))
        #expect(report([("a.yaml", widgets)], defaultNamespace: "shop") == "")
    }

    @Test(arguments: [("", ""), ("preserveUnknownFields: false, ", "unknown field b")])
    func `an old definition keeps unknown fields unless it says otherwise`(setting: String, message: String) {
        let text = """
            apiVersion: apiextensions.k8s.io/v1beta1
            kind: CustomResourceDefinition
            metadata: {name: widgets.x.io}
            spec: {\(setting)group: x.io, version: v1, names: {plural: widgets, kind: Widget}, validation: {openAPIV3Schema: {type: object, properties: {a: {type: string}}}}}
            ---
            {apiVersion: x.io/v1, kind: Widget, metadata: {name: a}, a: c, b: 1}
            """
        #expect(report(text).contains(message))
        #expect(report(text).isEmpty == message.isEmpty)
    }

    private static let definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.x.io}
        spec:
          group: x.io
          names: {plural: widgets, kind: Widget}
          scope: Namespaced
          versions:
          - name: v2
          - name: v1
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      size: {type: integer, minimum: 0, exclusiveMinimum: true, maximum: 10}
                      ratio: {type: number}
                      colour: {type: string, enum: [red, green]}
                      id: {type: string, pattern: '^[a-z]+-[0-9]$'}
                      slow: {type: string, pattern: '^(a+)+$'}
                      label: {type: string, minLength: 1, maxLength: 3}
                      tags: {type: array, x-kubernetes-list-type: set, minItems: 1, items: {type: string}}
                      port: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
                      open: {type: object, x-kubernetes-preserve-unknown-fields: true}
                      empty: {type: object}
                      map: {type: object, additionalProperties: {type: integer}}
                      nothing: {type: string, nullable: true}
                      template: {type: object, x-kubernetes-embedded-resource: true}

        """
}
