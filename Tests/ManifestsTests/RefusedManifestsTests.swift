import Manifests
import Resources
import Testing

/// The whole text of every message about a manifest that cannot be applied.
@Suite struct RefusedManifestsTests {
    @Test func `a null item of a List`() {
        #expect(
            report("apiVersion: v1\nkind: List\nitems:\n- null\n") == """
                error[null-item]: an item of the List must be an object, not null
                 --> shop.yaml:4:3
                  |
                4 | - null
                  |   ^
                hint: remove the item, or give it apiVersion, kind and metadata
                """
        )
    }

    @Test(arguments: [
        ("metadata: {}", "and there are none", 1, 1, "apiVersion: v1"),
        ("items: {a: 1}", "not an object", 3, 8, "items: {a: 1}"),
        ("items:", "not null", 3, 7, "items:"),
    ])
    func `a List without a list`(field: String, found: String, line: Int, column: Int, excerpt: String) {
        #expect(
            report("apiVersion: v1\nkind: List\n\(field)\n") == """
                error[invalid-list]: items of the List must be a list, \(found)
                 --> shop.yaml:\(line):\(column)
                  |
                \(line) | \(excerpt)
                  | \(String(repeating: " ", count: column - 1))^
                hint: write each object as an item, or items: [] for none
                """
        )
    }

    @Test func `a duplicate key`() {
        #expect(
            report("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\n") == """
                error[duplicate-key]: the key "name" is here twice: first on line 4, again on line 5
                 --> shop.yaml:5:3
                  |
                5 |   name: b
                  |   ^
                """
        )
    }

    @Test func `a tab as indentation`() {
        #expect(
            report("apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: a\n") == #"""
                error[tab]: a tab is used as indentation; YAML allows only spaces there
                 --> shop.yaml:4:1
                  |
                4 | \u{9}name: a
                  | ^
                """#
        )
    }

    @Test func `a NUL byte`() {
        #expect(
            report("apiVersion: v1\nkind: Config\0Map\n") == #"""
                error[control-character]: the character NUL (U+0000) is not allowed; in double quotes it can be escaped
                 --> shop.yaml:2:13
                  |
                2 | kind: Config\u{0}Map
                  |             ^
                """#
        )
    }

    @Test func `bytes that are no UTF-8`() throws {
        let file = ManifestFile(path: "shop.yaml", bytes: Array("kind: ".utf8) + [0xFF, 0xFE, 0x0A])
        let error = try #require(throws: ManifestErrors.self) { try ManifestReader.read([file]) }
        #expect(
            error.rendered() == """
                error[invalid-utf8]: the byte 0xFF is no valid UTF-8 here
                 --> shop.yaml:1:7
                  |
                1 | kind: ��
                  |       ^
                """
        )
    }

    @Test func `nesting that is too deep`() {
        #expect(
            report("spec:\n" + String(repeating: " [\n", count: 100_000)) == """
                error[too-deep]: nesting deeper than 1,000
                    --> shop.yaml:1001:2
                     |
                1001 |  [
                     |  ^
                """
        )
    }

    @Test func `aliases that grow without end`() {
        let levels = (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]\n" }
        #expect(
            report("a0: &a0 [x]\n" + levels.joined()) == """
                error[excessive-aliases]: the aliases expand to too many values (5565 so far)
                 --> shop.yaml:7:10
                  |
                7 | a6: &a6 [*a5, *a5, *a5, *a5]
                  |          ^
                """
        )
    }

    @Test func `a missing name, kind and apiVersion are told at once`() {
        #expect(
            report("metadata:\n  labels: {a: b}\n") == """
                error[missing-field]: the object: apiVersion is missing
                 --> shop.yaml:1:1
                  |
                1 | metadata:
                  | ^
                hint: add it, such as apiVersion: apps/v1; what is no manifest belongs outside of the path

                error[missing-field]: the object: kind is missing
                 --> shop.yaml:1:1
                  |
                1 | metadata:
                  | ^
                hint: add it, such as kind: Deployment; what is no manifest belongs outside of the path

                error[missing-field]: the object: metadata.name is missing
                 --> shop.yaml:2:3
                  |
                2 |   labels: {a: b}
                  |   ^
                hint: add it under metadata
                """
        )
    }

    @Test func `an invalid name`() {
        #expect(
            report("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Shop_Config\n") == """
                error[invalid-name]: ConfigMap Shop_Config: metadata.name "Shop_Config" is invalid: it must be lower-case \
                letters, digits, - and ., and begin and end with a letter or digit
                 --> shop.yaml:4:9
                  |
                4 |   name: Shop_Config
                  |         ^
                """
        )
    }

    @Test func `a name that changes with every run`() {
        #expect(
            report("apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: migrate-\n") == """
                error[generate-name]: the Job without a name: metadata.generateName gives an object another name on every run
                 --> shop.yaml:4:3
                  |
                4 |   generateName: migrate-
                  |   ^
                hint: give it a fixed metadata.name, so that the next run finds it again
                """
        )
    }

    @Test func `a label that YAML reads as a boolean`() {
        #expect(
            report("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    enabled: yes\n") == """
                error[wrong-type]: ConfigMap a: metadata.labels.enabled must be a string, not the boolean true
                 --> shop.yaml:6:14
                  |
                6 |     enabled: yes
                  |              ^
                hint: put it in quotes: "yes"
                """
        )
    }

    @Test func `one object in two places`() {
        let files = [
            ("a.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: orders, namespace: shop}\n"),
            ("b.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: orders\n"),
        ]
        #expect(report(files) == "")
        #expect(
            report(files, defaultNamespace: "shop") == """
                error[duplicate-object]: Deployment shop/orders is declared twice
                 --> b.yaml:4:9
                  |
                4 |   name: orders
                  |         ^
                  = cause 1: it is first declared at a.yaml:3:18
                hint: remove one of them, or give it another name or namespace
                """
        )
    }

    @Test func `a Helm chart, of which nothing is read`() {
        let files = [
            ("charts/db/Chart.yaml", "name: db\n"), ("charts/db/templates/a.yaml", "{{ if }}"),
            ("charts/db/values.yaml", "a: 1"),
            ("app.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"),
        ]
        #expect(
            report(files) == """
                error[helm-chart]: charts/db is a Helm chart, not a directory of manifests; nothing of it was read
                 --> charts/db/Chart.yaml:1:1
                hint: render it first: helm template RELEASE charts/db > DIR/manifests.yaml
                """
        )
    }

    @Test(arguments: ["kustomization.yaml", "kustomization.yml", "Kustomization"])
    func `a kustomization, of which nothing is read`(name: String) {
        #expect(
            report([(name, "resources: [a.yaml]"), ("a.yaml", "a: 1"), ("base/kustomization.yaml", "a: 1")]) == """
                error[kustomization]: . is a kustomization, not a directory of manifests; nothing of it was read
                 --> \(name):1:1
                hint: render it first: kubectl kustomize . > DIR/manifests.yaml
                """
        )
    }

    @Test func `an unrendered template`() {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n"
        #expect(
            report(text).hasSuffix(
                "hint: this looks like a Helm template; render it first: helm template RELEASE CHART > DIR/manifests.yaml"
            ))
        let quoted = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \"{{ .Release.Name }}\"\n"
        #expect(
            report(quoted) == """
                error[invalid-name]: ConfigMap {{ .Release.Name }}: metadata.name "{{ .Release.Name }}" is invalid: it must \
                be lower-case letters, digits, - and ., and begin and end with a letter or digit
                 --> shop.yaml:4:9
                  |
                4 |   name: "{{ .Release.Name }}"
                  |         ^
                hint: this looks like a Helm template; render it first: helm template RELEASE CHART > DIR/manifests.yaml
                """
        )
    }

    @Test(arguments: [
        "helm.sh/hook", "argocd.argoproj.io/hook", "helm.sh/hook-weight", "argocd.argoproj.io/hook-delete-policy",
    ])
    func `a hook`(key: String) {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\n  annotations:\n    \(key): \"1\"\n"
        #expect(
            report(text) == """
                error[unsupported-hook]: Job a: the hook \(key): 1 is not supported
                 --> shop.yaml:6:5
                  |
                6 |     \(key): "1"
                  |     ^
                hint: remove the annotation; config.kubernetes.io/depends-on orders objects here
                """
        )
    }

    @Test func `managed fields`() {
        #expect(
            report("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  managedFields:\n  - manager: x\n") == """
                error[managed-fields]: ConfigMap a: metadata.managedFields may not be in a manifest; a server refuses to apply it
                 --> shop.yaml:5:3
                  |
                5 |   managedFields:
                  |   ^
                hint: remove it; kubectl get shows objects without it unless --show-managed-fields is given
                """
        )
    }

    @Test func `a status`() {
        #expect(
            report("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nstatus: {phase: Running}\n") == """
                warning[status-ignored]: Pod a: status is the server's to write; it is left out
                 --> shop.yaml:4:1
                  |
                4 | status: {phase: Running}
                  | ^
                hint: remove it from the manifest
                """
        )
    }

    @Test func `annotations of more than 256 KiB`() {
        let value = String(repeating: "x", count: 256 << 10)
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    a: \(value)\n"
        #expect(
            report(text) == """
                error[annotations-too-large]: ConfigMap a: metadata.annotations has 262145 bytes; at most 262144 are allowed
                 --> shop.yaml:5:3
                  |
                5 |   annotations:
                  |   ^
                hint: move large texts into a ConfigMap
                """
        )
    }

    @Test func `a file that is too large`() {
        #expect(
            report([("big.yaml", String(repeating: "#", count: 17 << 20))]) == """
                error[file-too-large]: the file has 17 MiB; at most 16 MiB are read
                 --> big.yaml:1:1
                hint: split it, or move what is no manifest out of the path
                """
        )
    }

    @Test func `a document that is no object`() {
        #expect(
            report("- a\n- b\n") == """
                error[not-an-object]: a manifest must be an object, not a list
                 --> shop.yaml:1:1
                  |
                1 | - a
                  | ^
                hint: give it apiVersion, kind and metadata, or move the file out of the path
                """
        )
    }

    @Test func `a kind of endstate.dev that does not exist, and one in the wrong place`() {
        #expect(
            report("apiVersion: endstate.dev/v1\nkind: Aplication\n") == """
                error[unknown-kind]: unknown kind "Aplication" of endstate.dev/v1; known are: Application, PlacementPolicy
                 --> shop.yaml:2:7
                  |
                2 | kind: Aplication
                  |       ^
                hint: did you mean Application?
                """
        )
        #expect(
            report("apiVersion: endstate.dev/v1\nkind: Application\n") == """
                error[misplaced-application]: an Application without spec.source is only read from endstate.yaml at the root of the path
                 --> shop.yaml:2:7
                  |
                2 | kind: Application
                  |       ^
                hint: move it there, or say with spec.source where endstate sync reads it from
                """
        )
        #expect(
            report("apiVersion: endstate.dev/v2\nkind: Application\n").hasPrefix(
                "error[unknown-kind]: unknown apiVersion \"endstate.dev/v2\"; known is: endstate.dev/v1\n"))
    }

    @Test func `control characters from the repository are escaped`() {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \"a\\e[31mred\"\n"
        let message = report(text)
        #expect(
            message.hasPrefix(
                "error[invalid-name]: ConfigMap a\\u{1B}[31mred: metadata.name \"a\\u{1B}[31mred\" is invalid: "))
        #expect(message.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    }

    @Test func `the problems of all files come in the order of files and lines`() {
        let files = [
            ("b.yaml", "kind: [\n"),
            ("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: A, namespace: B, labels: {-: c}}\n"),
        ]
        let lines = report(files).split(separator: "\n").filter { $0.contains("-->") }
        #expect(
            lines.map { $0.drop { $0 == " " } } == [
                "--> a.yaml:3:18", "--> a.yaml:3:32", "--> a.yaml:3:44", "--> b.yaml:2:1",
            ])
    }
}
