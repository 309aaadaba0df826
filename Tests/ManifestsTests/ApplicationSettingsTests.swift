import Manifests
import Resources
import Testing

@Suite struct ApplicationSettingsTests {
    private static let header = "apiVersion: endstate.dev/v1\nkind: Application\n"

    @Test func `every field is read`() throws {
        let text =
            Self.header + """
                metadata: {name: shop}
                spec:
                  namespace: shop-system
                  context: production
                  timeout: 1h5m
                  objectTimeout: 90s
                  concurrency: 8
                  adopt: unowned
                  forceConflicts: true
                  hints: false
                  replace: optIn
                  protectedKinds: [Widget.example.com]
                  lockTimeout: 0s
                  keepRevisions: 100
                  rollback: {enabled: false, timeout: 2m}
                  prune:
                    enabled: true
                    maxCount: 0
                    maxPercent: 50
                    allowKinds: [Namespace, StatefulSet.apps]
                    allowEmpty: false
                """
        let settings = try #require(try read([("endstate.yaml", text)]).set.application)
        var expected = ApplicationSettings()
        expected.name = "shop"
        expected.namespace = "shop-system"
        expected.context = "production"
        expected.timeout = .seconds(3_900)
        expected.objectTimeout = .seconds(90)
        expected.concurrency = 8
        expected.adopt = .unowned
        expected.forceConflicts = true
        expected.hints = false
        expected.replace = .optIn
        expected.protectedKinds = ["Widget.example.com"].compactMap(KindName.init)
        expected.lockTimeout = .zero
        expected.keepRevisions = 100
        expected.rollback.enabled = false
        expected.rollback.timeout = .seconds(120)
        expected.prune.enabled = true
        expected.prune.maxCount = 0
        expected.prune.maxPercent = 50
        expected.prune.allowKinds = ["Namespace", "StatefulSet.apps"].compactMap(KindName.init)
        expected.prune.allowEmpty = false
        #expect(settings == expected)
        #expect(
            try ApplicationSettings(configuration: ManifestFile(path: "ci/shop.yaml", bytes: Array(text.utf8)))
                == expected)
    }

    @Test func `pauses are read with their places`() throws {
        let text =
            Self.header + """
                spec:
                  pauseAfter:
                    - object: apps/namespaces/shop/Deployment/canary
                      soak: 1m30s
                    - {soak: null, object: /Namespace/shop}
                """
        let settings = try #require(try read([("endstate.yaml", text)]).set.application)
        #expect(
            settings.pauseAfter == [
                ApplicationSettings.PauseRequest(
                    object: "apps/namespaces/shop/Deployment/canary", soak: .seconds(90),
                    location: SourceLocation(file: "endstate.yaml", line: 5, column: 15)),
                ApplicationSettings.PauseRequest(
                    object: "/Namespace/shop",
                    location: SourceLocation(file: "endstate.yaml", line: 7, column: 28)),
            ])
        #expect(
            try read([("endstate.yaml", Self.header + "spec: {pauseAfter: null}")]).set.application?.pauseAfter == [])
    }

    @Test func `every field may be missing, and a source needs no configuration`() throws {
        #expect(try read([("endstate.yaml", Self.header)]).set.application == ApplicationSettings())
        #expect(
            try read([("endstate.yaml", Self.header + "metadata:\nspec:\n  prune:\n")]).set.application
                == ApplicationSettings())
        #expect(try read([]).set.application == nil)
    }

    @Test func `the application is no manifest, and its namespace decides which objects are the same`() throws {
        let objects =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n"
            + "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n"
        #expect(try read([("endstate.yaml", Self.header), ("a.yaml", objects)]).set.manifests.count == 2)
        #expect(
            report([("endstate.yaml", Self.header + "spec: {namespace: shop}\n"), ("a.yaml", objects)]).hasPrefix(
                "error[duplicate-object]: "))
    }

    @Test func `all unknown fields are told with their places`() {
        let text = Self.header + "metadata: {name: shop, label: x}\nspec:\n  time-out: 5m\n  prune:\n    maxcount: 3\n"
        #expect(
            report(text, file: "endstate.yaml") == """
                error[unknown-field]: unknown field metadata.label of the Application
                 --> endstate.yaml:3:24
                  |
                3 | metadata: {name: shop, label: x}
                  |                        ^
                hint: known are: name

                error[unknown-field]: unknown field spec.time-out of the Application
                 --> endstate.yaml:5:3
                  |
                5 |   time-out: 5m
                  |   ^
                hint: did you mean timeout?

                error[unknown-field]: unknown field spec.prune.maxcount of the Application
                 --> endstate.yaml:7:5
                  |
                7 |     maxcount: 3
                  |     ^
                hint: did you mean maxCount?
                """
        )
    }

    @Test(arguments: [
        ("timeout: 5", "spec.timeout must be a duration, such as 1m30s"),
        ("timeout: 5 minutes", "spec.timeout must be a duration, such as 1m30s"),
        ("timeout: -5m", "spec.timeout must be longer than 0"),
        ("objectTimeout: 0", "spec.objectTimeout must be a duration, such as 1m30s"),
        ("objectTimeout: '0'", "spec.objectTimeout must be longer than 0"),
        ("concurrency: 0", "spec.concurrency must be from 1 to 256, not 0"),
        ("concurrency: -1", "spec.concurrency must be from 1 to 256, not -1"),
        ("concurrency: '4'", "spec.concurrency must be an integer, not a string"),
        ("concurrency: 1.5", "spec.concurrency must be an integer, not the number 1.5"),
        ("adopt: always", "spec.adopt must be never or unowned"),
        ("replace: true", "spec.replace must be never or optIn"),
        ("forceConflicts: 'true'", "spec.forceConflicts must be true or false, not a string"),
        ("prune: true", "spec.prune must be an object, not the boolean true"),
        ("prune: {maxPercent: 101}", "spec.prune.maxPercent must be from 0 to 100, not 101"),
        ("prune: {maxCount: -1}", "spec.prune.maxCount must be from 0 to 2147483647, not -1"),
        ("prune: {allowKinds: Namespace}", "spec.prune.allowKinds must be a list, not a string"),
        (
            "prune: {allowKinds: [namespaces]}",
            "spec.prune.allowKinds[0] must be a kind, such as Namespace or StatefulSet.apps"
        ),
        ("lockTimeout: -1s", "spec.lockTimeout must be 0s or longer"),
        ("lockTimeout: 0", "spec.lockTimeout must be a duration, such as 1m30s"),
        ("rollback: false", "spec.rollback must be an object, not the boolean false"),
        ("rollback: {enabled: 0}", "spec.rollback.enabled must be true or false, not the integer 0"),
        ("rollback: {timeout: 0s}", "spec.rollback.timeout must be longer than 0"),
        ("rollback: {after: 1m}", "unknown field spec.rollback.after of the Application"),
        ("keepRevisions: 0", "spec.keepRevisions must be from 1 to 100, not 0"),
        ("keepRevisions: 101", "spec.keepRevisions must be from 1 to 100, not 101"),
        ("pauseAfter: {object: /Namespace/x}", "spec.pauseAfter must be a list, not an object"),
        ("pauseAfter: [/Namespace/x]", "spec.pauseAfter[0] must be an object, not a string"),
        ("pauseAfter: [null]", "spec.pauseAfter[0] must be an object, not null"),
        ("pauseAfter: [{soak: 1m}]", "spec.pauseAfter[0].object is missing"),
        ("pauseAfter: [{object: ''}]", "spec.pauseAfter[0].object is empty"),
        ("pauseAfter: [{object: 3}]", "spec.pauseAfter[0].object must be a string, not the integer 3"),
        ("pauseAfter: [{object: /Namespace/x, soak: 0s}]", "spec.pauseAfter[0].soak must be longer than 0"),
        ("pauseAfter: [{object: /Namespace/x, for: 1m}]", "unknown field spec.pauseAfter[0].for of the Application"),
        ("protectedKinds: [3]", "spec.protectedKinds[0] must be a kind, such as Namespace or StatefulSet.apps"),
        (
            "namespace: a.b",
            "spec.namespace is invalid: it must be lower-case letters, digits and -, and begin and end with a letter or digit"
        ),
        ("context: ''", "spec.context is empty"), ("context: 3", "spec.context must be a string, not the integer 3"),
    ])
    func `a wrong value is told`(field: String, message: String) throws {
        let error = try #require(throws: ManifestErrors.self) {
            try read([("endstate.yaml", Self.header + "spec:\n  \(field)\n")])
        }
        #expect(error.diagnostics.map(\.message) == [message])
        #expect(error.diagnostics.first?.location?.line == 4)
    }

    @Test func `a second application is an error`() {
        #expect(
            report(Self.header + "---\n" + Self.header, file: "endstate.yaml") == """
                error[duplicate-application]: the file has a second Application
                 --> endstate.yaml:4:1
                  |
                4 | apiVersion: endstate.dev/v1
                  | ^
                  = cause 1: the first is at endstate.yaml:1:1
                hint: remove one of them
                """
        )
    }

    @Test(arguments: [
        ("", "the configuration must have one document, not 0"), ("a: [", nil),
        ("kind: Widget\napiVersion: endstate.dev/v1\n", "kind must be Application"),
        ("kind: Application\napiVersion: v1\n", "apiVersion must be endstate.dev/v1"),
        ("- a\n", ". must be an object, not a list"),
    ])
    func `a configuration file of its own must be an Application`(text: String, message: String?) throws {
        let error = try #require(throws: ManifestErrors.self) {
            try ApplicationSettings(configuration: ManifestFile(path: "ci.yaml", bytes: Array(text.utf8)))
        }
        if let message { #expect(error.diagnostics.first?.message == message) }
    }

    @Test(arguments: [
        ("Namespace", GroupKind(group: "", kind: "Namespace"), true),
        ("StatefulSet", GroupKind(group: "apps", kind: "StatefulSet"), true),
        ("StatefulSet.apps", GroupKind(group: "apps", kind: "StatefulSet"), true),
        ("StatefulSet.apps", GroupKind(group: "x.io", kind: "StatefulSet"), false),
        ("Namespace", GroupKind(group: "", kind: "Node"), false),
    ])
    func `a kind's name matches any group unless it names one`(name: String, kind: GroupKind, matches: Bool) throws {
        #expect(try #require(KindName(name)).matches(kind) == matches)
    }
}
