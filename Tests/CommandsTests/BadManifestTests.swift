import Commands
import KubeClient
import Testing

/// A manifest that must never get near a cluster, and what is said of it.
struct BadManifest: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    let report: String

    init(_ title: String, _ bytes: [UInt8], _ report: String) {
        testDescription = title
        self.bytes = bytes
        self.report = report
    }

    init(_ title: String, _ text: String, _ report: String) {
        self.init(title, Array(text.utf8), report)
    }

    static let all = [
        BadManifest(
            "a null in a List",
            #"""
            apiVersion: v1
            kind: List
            items:
              - null
            """#,
            #"""
            error[null-item]: an item of the List must be an object, not null
             --> m.yaml:4:5
              |
            4 |   - null
              |     ^
            hint: remove the item, or give it apiVersion, kind and metadata
            """#
        ),
        BadManifest(
            "a duplicate key",
            #"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
            data:
              x: a
              x: b
            """#,
            #"""
            error[duplicate-key]: the key "x" is here twice: first on line 6, again on line 7
             --> m.yaml:7:3
              |
            7 |   x: b
              |   ^
            """#
        ),
        BadManifest(
            "a tab as indentation",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n\tx: a\n",
            #"""
            error[tab]: a tab is used as indentation; YAML allows only spaces there
             --> m.yaml:6:1
              |
            6 | \u{9}x: a
              | ^
            """#
        ),
        BadManifest(
            "a NUL byte",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  x: \"a\0b\"\n",
            #"""
            error[control-character]: the character NUL (U+0000) is not allowed; in double quotes it can be escaped
             --> m.yaml:6:8
              |
            6 |   x: "a\u{0}b"
              |        ^
            """#
        ),
        BadManifest(
            "bytes that are no UTF-8",
            Array(
                #"""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: a
                data:
                  x: "
                """#.utf8) + [0xFF, 0x22, 0x0A],
            #"""
            error[invalid-utf8]: the byte 0xFF is no valid UTF-8 here
             --> m.yaml:6:7
              |
            6 |   x: "�"
              |       ^
            """#
        ),
        BadManifest(
            "two objects with one identity",
            #"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a
            """#,
            #"""
            error[duplicate-object]: ConfigMap a is declared twice
             --> m.yaml:9:9
              |
            9 |   name: a
              |         ^
              = cause 1: it is first declared at m.yaml:4:9
            hint: remove one of them, or give it another name or namespace
            """#
        ),
        BadManifest(
            "an object without a name",
            #"""
            apiVersion: v1
            kind: ConfigMap
            metadata: {}
            """#,
            #"""
            error[missing-field]: the ConfigMap without a name: metadata.name is missing
             --> m.yaml:3:11
              |
            3 | metadata: {}
              |           ^
            hint: add it under metadata
            """#
        ),
        BadManifest(
            "an invalid name",
            #"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: A_b
            """#,
            #"""
            error[invalid-name]: ConfigMap A_b: metadata.name "A_b" is invalid: it must be lower-case letters, digits, - and ., and begin and end with a letter or digit
             --> m.yaml:4:9
              |
            4 |   name: A_b
              |         ^
            """#
        ),
        BadManifest(
            "a Secret whose value is not base64",
            #"""
            apiVersion: v1
            kind: Secret
            metadata:
              name: a
            data:
              p: "s3cret!"
            """#,
            #"""
            error[invalid-base64]: Secret a: data.p is not valid base64
             --> m.yaml:6:6
              |
            6 |      ******
              |      ^
            hint: encode it (base64 -w0), or put the plain text under stringData
            """#
        ),
        BadManifest(
            "an escape sequence in a name",
            #"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: "a\e[31m"
            """#,
            #"""
            error[invalid-name]: ConfigMap a\u{1B}[31m: metadata.name "a\u{1B}[31m" is invalid: it must be lower-case letters, digits, - and ., and begin and end with a letter or digit
             --> m.yaml:4:9
              |
            4 |   name: "a\e[31m"
              |         ^
            """#
        ),
        BadManifest(
            "an alias bomb",
            #"""
            a: &a [x,x,x,x,x,x,x,x,x]
            b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
            c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
            d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
            e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
            f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
            g: [*f,*f,*f,*f,*f,*f]
            """#,
            #"""
            error[excessive-aliases]: the aliases expand to too many values (4189 so far)
             --> m.yaml:4:17
              |
            4 | d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
              |                 ^
            """#
        ),
        BadManifest(
            "a Helm template",
            #"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{ .Release.Name }}
            """#,
            #"""
            error[invalid-key]: a key must be text, not a map; render or quote text such as {{ .Values.name }}
             --> m.yaml:4:10
              |
            4 |   name: {{ .Release.Name }}
              |          ^
            hint: this looks like a Helm template; render it first: helm template RELEASE CHART > DIR/manifests.yaml
            """#
        ),
    ]
}

@Suite struct BadManifestTests {
    @Test(arguments: BadManifest.all)
    func `it is told with its place, and no cluster is asked`(manifest: BadManifest) async throws {
        let bench = try Bench(["m.yaml": manifest.bytes])
        try bench.useKubeconfig()
        let ending = await bench.endstate("apply", "--yes")
        #expect(ending.notes == manifest.report + "\n")
        #expect(ending.status == .failure)
        #expect(ending.output.isEmpty)
        #expect(!ending.connected)
    }

    @Test(arguments: ["validate", "plan", "diff", "apply", "render", "graph"])
    func `every verb refuses the same`(verb: String) async throws {
        let bench = try Bench(["m.yaml": "apiVersion: v1\nkind: ConfigMap\n"])
        try bench.useKubeconfig()
        let ending = verb == "apply" ? await bench.endstate(verb, "--yes") : await bench.endstate(verb)
        #expect(ending.status == .failure)
        #expect(ending.notes.contains("error[missing-field]"))
        #expect(!ending.connected)
    }
}
