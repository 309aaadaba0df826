import Manifests
import Resources
import Testing

@Suite struct NameTests {
    @Test(arguments: [
        ("v1", "ConfigMap", "a.b-c.1", true), ("v1", "ConfigMap", "1", true), ("v1", "ConfigMap", "a..b", false),
        ("v1", "ConfigMap", "a-", false), ("v1", "ConfigMap", ".a", false), ("v1", "ConfigMap", "A", false),
        ("v1", "ConfigMap", "ä", false), ("v1", "ConfigMap", "a_b", false),
        ("v1", "ConfigMap", String(repeating: "a", count: 253), true),
        ("v1", "ConfigMap", String(repeating: "a", count: 254), false),
        ("v1", "Namespace", "shop", true), ("v1", "Namespace", "a.b", false),
        ("v1", "Namespace", String(repeating: "a", count: 63), true),
        ("v1", "Namespace", String(repeating: "a", count: 64), false),
        ("v1", "Service", "orders-1", true), ("v1", "Service", "orders.shop", false),
        ("rbac.authorization.k8s.io/v1", "ClusterRole", "system:Node", true),
        ("rbac.authorization.k8s.io/v1", "Role", "a/b", false), ("rbac.authorization.k8s.io/v1", "Role", "..", false),
        ("rbac.authorization.k8s.io/v1", "RoleBinding", "a%b", false),
        ("apiregistration.k8s.io/v1", "APIService", "v1.metrics.k8s.io", true),
        ("apiregistration.k8s.io/v1", "APIService", "v1.", true),
        ("batch/v1", "CronJob", String(repeating: "a", count: 52), true),
        ("batch/v1", "CronJob", String(repeating: "a", count: 53), false),
        ("example.com/v1", "Widget", "a.b", true), ("example.com/v1", "Widget", "A", false),
        ("image.openshift.io/v1", "ImageStreamTag", "app:latest", true),
    ])
    func `a name follows its kind's rule`(apiVersion: String, kind: String, name: String, isValid: Bool) {
        let text = "apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: {name: \"\(name)\"}\n"
        #expect(codes(text) == (isValid ? [] : ["invalid-name"]))
    }

    @Test func `a CustomResourceDefinition is named by its plural and group`() {
        let definition =
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widget.x.io}\n"
        #expect(
            report(definition + "spec: {group: x.io, names: {plural: widgets}}\n").hasPrefix(
                """
                error[invalid-name]: CustomResourceDefinition widget.x.io: metadata.name "widget.x.io" is invalid: it must be \
                spec.names.plural and spec.group: widgets.x.io

                """
            )
        )
        #expect(codes(definition + "spec: {group: x.io, names: {plural: widget}}\n").isEmpty)
    }

    @Test func `a Service's name that begins with a digit is left to the server`() {
        #expect(
            report("apiVersion: v1\nkind: Service\nmetadata: {name: 1st}\n") == """
                warning[service-name]: Service 1st: before Kubernetes 1.36 a Service's name must begin with a letter
                 --> shop.yaml:3:18
                  |
                3 | metadata: {name: 1st}
                  |                  ^
                """
        )
    }

    @Test(arguments: [
        ("name: 12", ["wrong-type"]), ("name: [a]", ["wrong-type"]), ("name: ''", ["missing-field"]),
        ("name: null", ["missing-field"]),
        ("name: a, namespace: 1", ["wrong-type"]), ("name: a, namespace: a.b", ["invalid-namespace"]),
        ("name: a, namespace: ''", []), ("name: a, namespace: null", []), ("name: a, lables: {}", ["unknown-field"]),
        ("name: a, ownerReferences: {}", ["wrong-type"]),
    ])
    func `metadata has the right types`(metadata: String, expected: [String]) {
        #expect(codes("apiVersion: v1\nkind: ConfigMap\nmetadata: {\(metadata)}\n") == expected)
    }

    @Test(arguments: [
        ("v1", true), ("apps/v1", true), ("a.b.c/v1beta1", true), ("apps/v1/x", false), ("/v1", false),
        ("apps/", false),
        ("Apps/v1", false), ("v 1", false),
    ])
    func `an apiVersion is a version, or a group and a version`(apiVersion: String, isValid: Bool) {
        let text = "apiVersion: \(apiVersion)\nkind: Widget\nmetadata: {name: a}\n"
        #expect(codes(text) == (isValid ? [] : ["invalid-api-version"]))
    }

    @Test(arguments: [
        ("apiVersion: 1", "wrong-type"), ("apiVersion: ''", "missing-field"), ("apiVersion: {}", "wrong-type"),
    ])
    func `an apiVersion is a text`(field: String, code: String) {
        #expect(codes("\(field)\nkind: Widget\nmetadata: {name: a}\n") == [code])
    }

    @Test(arguments: [
        ("kind: 1", "wrong-type"), ("kind: My Kind", "invalid-kind"), ("kind: a/b", "invalid-kind"),
        ("kind:", "missing-field"),
    ])
    func `a kind is a word`(field: String, code: String) {
        #expect(codes("apiVersion: v1\n\(field)\nmetadata: {name: a}\n") == [code])
    }

    @Test(arguments: ["metadata: a", "metadata: [a]", "metadata:", ""])
    func `metadata is an object`(field: String) {
        let code = field.hasSuffix(":") || field.isEmpty ? "missing-field" : "wrong-type"
        #expect(codes("apiVersion: v1\nkind: ConfigMap\n\(field)\n") == [code])
    }
}

@Suite struct LabelTests {
    @Test(arguments: [
        ("app.kubernetes.io/name", "orders", true), ("a", "", true), ("A_b.c-1", "A_b.c-1", true), ("-a", "b", false),
        ("a/b/c", "d", false), ("/a", "b", false), ("a/", "b", false), ("A.io/b", "c", false), ("a", "-b", false),
        ("a", "b c", false), ("a", "b/c", false), (String(repeating: "a", count: 64), "b", false),
        ("a", String(repeating: "b", count: 63), true), ("a", String(repeating: "b", count: 64), false),
    ])
    func `a label is a qualified name and a short text`(key: String, value: String, isValid: Bool) {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {\"\(key)\": \"\(value)\"}}\n"
        #expect(codes(text) == (isValid ? [] : ["invalid-label"]))
    }

    @Test(arguments: [("A.io/b", "any text: of any /length", true), ("a b", "", false), ("a/b/c", "", false)])
    func `an annotation is a qualified name and any text`(key: String, value: String, isValid: Bool) {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {\"\(key)\": \"\(value)\"}}\n"
        #expect(codes(text) == (isValid ? [] : ["invalid-annotation"]))
    }

    @Test(arguments: [
        ("yes", "the boolean true", #"put it in quotes: "yes""#),
        ("1.50", "the number 1.5", #"put it in quotes: "1.50""#),
        ("0x1F", "the integer 31", #"put it in quotes: "0x1F""#), ("null", "null", #"for an empty text write """#),
        ("[a]", "a list", ""), ("{a: b}", "an object", ""),
    ])
    func `a value that is no text is told with its quotes`(value: String, what: String, hint: String) throws {
        for field in ["labels", "annotations"] {
            let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, \(field): {b: \(value)}}\n"
            let error = try #require(throws: ManifestErrors.self) { try read(text) }
            #expect(
                error.diagnostics.map(\.message) == ["ConfigMap a: metadata.\(field).b must be a string, not \(what)"])
            #expect(error.diagnostics.first?.hint ?? "" == hint)
        }
    }

    @Test func `labels of templates are held to the same rules`() throws {
        let text = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {metadata: {labels: {tier: 1}}}}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: b}
            spec: {jobTemplate: {metadata: {labels: 3}, spec: {template: {metadata: {annotations: {a: on}}}}}}
            """
        let error = try #require(throws: ManifestErrors.self) { try read(text) }
        #expect(
            error.diagnostics.map(\.message) == [
                "Deployment a: spec.template.metadata.labels.tier must be a string, not the integer 1",
                "CronJob b: spec.jobTemplate.metadata.labels must be an object, not the integer 3",
                "CronJob b: spec.jobTemplate.spec.template.metadata.annotations.a must be a string, not the boolean true",
            ]
        )
    }

    @Test(arguments: [
        ("ConfigMap", "data: {a: 1}", "wrong-type"), ("ConfigMap", "data: {a/b: c}", "invalid-key"),
        ("ConfigMap", "data: {..a: c}", "invalid-key"), ("ConfigMap", "data: a", "wrong-type"),
        ("ConfigMap", "binaryData: {a: '%'}", "invalid-base64"), ("ConfigMap", "data: {a-b_c.D: c}", nil),
        ("Secret", "data: {a: '%'}", "invalid-base64"), ("Secret", "data: {a: YQ==}", nil),
        ("Secret", "data: {a: YQ}", "invalid-base64"),
        ("Secret", "stringData: {a: yes}", "wrong-type"), ("Secret", "data: {a: 1}", "wrong-type"),
        ("Secret", "data: {a: null}\nstringData: null", nil),
    ])
    func `data of ConfigMaps and Secrets are texts and bytes`(kind: String, data: String, code: String?) {
        #expect(codes("apiVersion: v1\nkind: \(kind)\nmetadata: {name: a}\n\(data)\n") == (code.map { [$0] } ?? []))
    }
}
