import Diffing
import Resources
import Testing

struct UnchangedProofTests {
    @Test func `what a server recorded is unchanged`() throws {
        let proof = UnchangedProof.prove(
            desired: try RecordedObjects.desired(), live: try RecordedObjects.live(), manager: Fixtures.manager,
            isLegacyServer: true)
        #expect(proof == .unchanged)
    }

    @Test func `an empty map that a legacy server did not record is a doubt on newer ones`() throws {
        let proof = UnchangedProof.prove(
            desired: try RecordedObjects.desired(), live: try RecordedObjects.live(), manager: Fixtures.manager)
        #expect(place(of: proof) == "spec.template.spec.volumes[tmp].emptyDir")
    }

    @Test func `each leaf of a manifest that changes ends the proof`() throws {
        let desired = try RecordedObjects.desired()
        let live = try RecordedObjects.live()
        var count = 0
        for path in desired.value.leafPaths where path != FieldPath(fields: "metadata", "namespace") {
            var changed = desired
            changed.value.edit(at: path.elements[...]) { $0 = .string("\($0.json)-changed") }
            let proof = UnchangedProof.prove(
                desired: changed, live: live, manager: Fixtures.manager, isLegacyServer: true)
            #expect(proof != .unchanged, "\(path)")
            count += 1
        }
        #expect(count > 30)
    }

    @Test func `each field of a manifest that is dropped ends the proof`() throws {
        let desired = try RecordedObjects.desired()
        let live = try RecordedObjects.live()
        let ignored = ["namespace", "emptyDir"]  // neither is in the managed fields of a legacy server
        for path in desired.value.leafPaths {
            guard case .field(let name)? = path.elements.last, !ignored.contains(name) else { continue }
            var changed = desired
            changed.value.edit(at: path.elements.dropLast()) { $0[name] = nil }
            let proof = UnchangedProof.prove(
                desired: changed, live: live, manager: Fixtures.manager, isLegacyServer: true)
            #expect(proof != .unchanged, "\(path)")
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var apiVersion = "apps/v1"
        let desired: String
        let live: String
        let fields: String
        var others: [String] = []
        /// Where the proof ends; nil where the object is unchanged.
        let doubt: String?

        init(
            _ name: String, apiVersion: String = "apps/v1", desired: String, live: String, fields: String,
            others: [String] = [], doubt: String? = nil
        ) {
            self.name = name
            self.apiVersion = apiVersion
            self.desired = desired
            self.live = live
            self.fields = fields
            self.others = others
            self.doubt = doubt
        }

        var testDescription: String { name }
    }

    @Test(arguments: scalars + lists + empties + maps + quantities)
    func `a spec is compared by the shape of its managed fields`(_ test: Case) throws {
        let own = try Fixtures.entry(spec: test.fields, apiVersion: test.apiVersion)
        let others = try test.others.map {
            try Fixtures.entry(spec: $0, manager: "other", operation: "Update", apiVersion: test.apiVersion)
        }
        let live = try Fixtures.object(
            spec: test.live, apiVersion: test.apiVersion, managedFields: [own] + others)
        let desired = try Fixtures.object(spec: test.desired, apiVersion: test.apiVersion).asManifest
        let proof = UnchangedProof.prove(desired: desired, live: live, manager: Fixtures.manager)
        #expect(place(of: proof) == test.doubt.map { "spec" + $0 })
    }

    private func place(of proof: UnchangedProof) -> String? {
        if case .unknown(let path, _) = proof { path.description } else { nil }
    }
}

extension UnchangedProofTests {
    static let scalars = [
        Case("equal values", desired: #"{"a":1}"#, live: #"{"a":1,"b":2}"#, fields: #"{"f:a":{}}"#),
        Case("another value", desired: #"{"a":1}"#, live: #"{"a":2}"#, fields: #"{"f:a":{}}"#, doubt: ".a"),
        Case("a number and its text", desired: #"{"a":1}"#, live: #"{"a":"1"}"#, fields: #"{"f:a":{}}"#, doubt: ".a"),
        Case("1.0 is 1", desired: #"{"a":1.0}"#, live: #"{"a":1}"#, fields: #"{"f:a":{}}"#),
        Case(
            "a field not applied before", desired: #"{"a":1,"b":2}"#, live: #"{"a":1,"b":2}"#,
            fields: #"{"f:a":{}}"#, doubt: ".b"),
        Case(
            "a field applied before and dropped", desired: #"{"a":1}"#, live: #"{"a":1,"b":2}"#,
            fields: #"{"f:a":{},"f:b":{}}"#, doubt: ".b"),
        Case("a field missing in the cluster", desired: #"{"a":1}"#, live: "{}", fields: #"{"f:a":{}}"#, doubt: ".a"),
        Case("null", desired: #"{"a":null}"#, live: #"{"a":null}"#, fields: #"{"f:a":{}}"#, doubt: ".a"),
        Case(
            "é as one scalar and as two", desired: "{\"a\":\"\u{E9}\"}", live: "{\"a\":\"e\u{301}\"}",
            fields: #"{"f:a":{}}"#, doubt: ".a"),
        Case(
            "a key é as one scalar and as two", apiVersion: "example.dev/v1", desired: "{\"\u{E9}\":1}",
            live: "{\"e\u{301}\":1}", fields: "{\"f:\u{E9}\":{}}", doubt: "[\"\u{E9}\"]"),
        Case(
            "an element by index", desired: #"{"a":[1]}"#, live: #"{"a":[1]}"#, fields: #"{"f:a":{"i:0":{}}}"#,
            doubt: ".a"),
        Case(
            "an unknown kind of field", desired: #"{"a":{"b":1}}"#, live: #"{"a":{"b":1}}"#,
            fields: #"{"f:a":{"x:b":{}}}"#, doubt: ".a"),
    ]

    static let lists = [
        Case("an atomic list", desired: #"{"a":[2,1]}"#, live: #"{"a":[2,1]}"#, fields: #"{"f:a":{}}"#),
        Case(
            "an atomic list in another order", desired: #"{"a":[1,2]}"#, live: #"{"a":[2,1]}"#,
            fields: #"{"f:a":{}}"#, doubt: ".a"),
        Case(
            "an atomic list that the server added to", desired: #"{"a":[{"x":1}]}"#, live: #"{"a":[{"x":1,"y":2}]}"#,
            fields: #"{"f:a":{}}"#, doubt: ".a"),
        Case(
            "an associative list that was null once", desired: #"{"env":[{"name":"a"}]}"#,
            live: #"{"env":[{"name":"a"}]}"#, fields: #"{"f:env":{}}"#, doubt: ".env"),
        Case(
            "a custom list that others own elements of", apiVersion: "example.dev/v1", desired: #"{"a":[{"n":1}]}"#,
            live: #"{"a":[{"n":1}]}"#, fields: #"{"f:a":{}}"#, others: [#"{"f:a":{"k:{\"n\":1}":{".":{},"f:n":{}}}}"#],
            doubt: ".a"),
        Case(
            "a custom list that others own as a whole", apiVersion: "example.dev/v1", desired: #"{"a":[1]}"#,
            live: #"{"a":[1]}"#, fields: #"{"f:a":{}}"#, others: [#"{"f:a":{}}"#]),
        Case(
            "elements of others in between", desired: #"{"env":[{"name":"a"},{"name":"c"}]}"#,
            live: #"{"env":[{"name":"a"},{"name":"b"},{"name":"c"}]}"#,
            fields: #"{"f:env":{"k:{\"name\":\"a\"}":{".":{},"f:name":{}},"k:{\"name\":\"c\"}":{".":{},"f:name":{}}}}"#),
        Case(
            "keyed elements in another order", desired: #"{"env":[{"name":"c"},{"name":"a"}]}"#,
            live: #"{"env":[{"name":"a"},{"name":"c"}]}"#,
            fields: #"{"f:env":{"k:{\"name\":\"a\"}":{".":{},"f:name":{}},"k:{\"name\":\"c\"}":{".":{},"f:name":{}}}}"#,
            doubt: ".env[a]"),
        Case(
            "an element dropped", desired: #"{"env":[{"name":"a"}]}"#, live: #"{"env":[{"name":"a"},{"name":"c"}]}"#,
            fields: #"{"f:env":{"k:{\"name\":\"a\"}":{".":{},"f:name":{}},"k:{\"name\":\"c\"}":{".":{},"f:name":{}}}}"#,
            doubt: ".env"),
        Case(
            "an element twice", desired: #"{"env":[{"name":"a"},{"name":"a"}]}"#,
            live: #"{"env":[{"name":"a"},{"name":"c"}]}"#,
            fields: #"{"f:env":{"k:{\"name\":\"a\"}":{".":{},"f:name":{}},"k:{\"name\":\"c\"}":{".":{},"f:name":{}}}}"#,
            doubt: ".env"),
        Case(
            "a key twice in the cluster", desired: #"{"env":[{"name":"a"}]}"#,
            live: #"{"env":[{"name":"a"},{"name":"a"}]}"#,
            fields: #"{"f:env":{"k:{\"name\":\"a\"}":{".":{},"f:name":{}}}}"#, doubt: ".env"),
        Case(
            "an element that is not owned itself", desired: #"{"env":[{"name":"a"}]}"#,
            live: #"{"env":[{"name":"a"}]}"#, fields: #"{"f:env":{"k:{\"name\":\"a\"}":{"f:name":{}}}}"#,
            doubt: ".env"),
        Case(
            "the list itself owned", desired: #"{"env":[{"name":"a"}]}"#, live: #"{"env":[{"name":"a"}]}"#,
            fields: #"{"f:env":{".":{},"k:{\"name\":\"a\"}":{".":{},"f:name":{}}}}"#, doubt: ".env"),
        Case(
            "a key field that the server fills in", desired: #"{"ports":[{"port":80}]}"#,
            live: #"{"ports":[{"port":80,"protocol":"TCP"}]}"#,
            fields: #"{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}"#),
        Case(
            "a key field dropped", desired: #"{"ports":[{"port":80}]}"#,
            live: #"{"ports":[{"port":80,"protocol":"TCP"}]}"#,
            fields: #"{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{},"f:protocol":{}}}}"#,
            doubt: ".ports"),
        Case(
            "a key field newly declared", desired: #"{"ports":[{"port":80,"protocol":"TCP"}]}"#,
            live: #"{"ports":[{"port":80,"protocol":"TCP"}]}"#,
            fields: #"{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}"#,
            doubt: ".ports[80,TCP].protocol"),
        Case(
            "a set", desired: #"{"a":["x","z"]}"#, live: #"{"a":["x","y","z"]}"#,
            fields: #"{"f:a":{"v:\"x\"":{},"v:\"z\"":{}}}"#),
        Case(
            "a set in another order", desired: #"{"a":["z","x"]}"#, live: #"{"a":["x","z"]}"#,
            fields: #"{"f:a":{"v:\"x\"":{},"v:\"z\"":{}}}"#, doubt: ".a"),
        Case(
            "a set with another member", desired: #"{"a":["x","y"]}"#, live: #"{"a":["x","y","z"]}"#,
            fields: #"{"f:a":{"v:\"x\"":{},"v:\"z\"":{}}}"#, doubt: ".a"),
        Case(
            "a set with a member twice", desired: #"{"a":["x","x"]}"#, live: #"{"a":["x","z"]}"#,
            fields: #"{"f:a":{"v:\"x\"":{},"v:\"z\"":{}}}"#, doubt: ".a"),
    ]

    static let empties = [
        Case("an empty map that was recorded", desired: #"{"a":{}}"#, live: #"{"a":{}}"#, fields: #"{"f:a":{}}"#),
        Case(
            "an empty map that was not recorded", desired: #"{"a":{}}"#, live: #"{"a":{}}"#, fields: "{}",
            doubt: ""),
        Case(
            "an empty map that the server filled", desired: #"{"a":{}}"#, live: #"{"a":{"b":1}}"#,
            fields: #"{"f:a":{}}"#, doubt: ".a"),
        Case(
            "an empty map that the server dropped", desired: #"{"x":1,"a":{}}"#, live: #"{"x":1}"#,
            fields: #"{"f:a":{},"f:x":{}}"#, doubt: ".a"),
        Case("an empty list", desired: #"{"a":[]}"#, live: #"{"a":[]}"#, fields: #"{"f:a":{}}"#),
        Case(
            "an empty list for an empty map", desired: #"{"a":[]}"#, live: #"{"a":{}}"#, fields: #"{"f:a":{}}"#,
            doubt: ".a"),
        Case(
            "an empty list not recorded", desired: #"{"x":1,"a":[]}"#, live: #"{"x":1,"a":[]}"#,
            fields: #"{"f:x":{}}"#, doubt: ".a"),
        Case(
            "a map emptied", desired: #"{"a":{}}"#, live: #"{"a":{"b":1}}"#, fields: #"{"f:a":{"f:b":{}}}"#,
            doubt: ".a"),
    ]

    static let maps = [
        Case(
            "an atomic map", desired: #"{"selector":{"b":1}}"#, live: #"{"selector":{"b":1}}"#,
            fields: #"{"f:selector":{}}"#),
        Case(
            "an atomic map with more in the cluster", desired: #"{"selector":{"b":1}}"#,
            live: #"{"selector":{"b":1,"c":2}}"#, fields: #"{"f:selector":{}}"#, doubt: ".selector"),
        Case(
            "a map that was empty when it was applied", desired: #"{"strategy":{"type":"RollingUpdate"}}"#,
            live: #"{"strategy":{"type":"RollingUpdate"}}"#, fields: #"{"f:strategy":{}}"#, doubt: ".strategy"),
        Case(
            "a custom map that may have been empty", apiVersion: "example.dev/v1", desired: #"{"a":{"b":1}}"#,
            live: #"{"a":{"b":1}}"#, fields: #"{"f:a":{}}"#, doubt: ".a"),
        Case(
            "a custom selector", apiVersion: "example.dev/v1", desired: #"{"selector":{"b":1}}"#,
            live: #"{"selector":{"b":1}}"#, fields: #"{"f:selector":{}}"#),
        Case(
            "a custom selector that others own fields of", apiVersion: "example.dev/v1",
            desired: #"{"selector":{"b":1}}"#, live: #"{"selector":{"b":1}}"#, fields: #"{"f:selector":{}}"#,
            others: [#"{"f:selector":{"f:b":{}}}"#], doubt: ".selector"),
        Case(
            "a map itself owned, as an update does", desired: #"{"a":{"b":1}}"#, live: #"{"a":{"b":1}}"#,
            fields: #"{"f:a":{".":{},"f:b":{}}}"#, doubt: ".a"),
        Case(
            "a map itself owned, where no schema knows it", apiVersion: "example.dev/v1", desired: #"{"a":{"b":1}}"#,
            live: #"{"a":{"b":1}}"#, fields: #"{"f:a":{".":{},"f:b":{}}}"#),
        Case(
            "a map for a scalar", desired: #"{"a":1}"#, live: #"{"a":1}"#, fields: #"{"f:a":{"f:b":{}}}"#,
            doubt: ".a"),
    ]

    private static let cpu = #"{"f:resources":{"f:limits":{"f:cpu":{}}}}"#

    static let quantities = [
        Case(
            "a quantity as it is stored", desired: #"{"resources":{"limits":{"cpu":"1000m"}}}"#,
            live: #"{"resources":{"limits":{"cpu":"1"}}}"#, fields: cpu),
        Case(
            "a number for a quantity", desired: #"{"resources":{"limits":{"cpu":0.5}}}"#,
            live: #"{"resources":{"limits":{"cpu":"500m"}}}"#, fields: cpu),
        Case(
            "another quantity", desired: #"{"resources":{"limits":{"cpu":"1001m"}}}"#,
            live: #"{"resources":{"limits":{"cpu":"1"}}}"#, fields: cpu, doubt: ".resources.limits.cpu"),
        Case(
            "an equal quantity in another format", desired: #"{"resources":{"limits":{"cpu":"1024"}}}"#,
            live: #"{"resources":{"limits":{"cpu":"1Ki"}}}"#, fields: cpu, doubt: ".resources.limits.cpu"),
        Case(
            "a rewritten quantity that another manager owns too", desired: #"{"resources":{"limits":{"cpu":"1000m"}}}"#,
            live: #"{"resources":{"limits":{"cpu":"1"}}}"#, fields: cpu, others: [cpu],
            doubt: ".resources.limits.cpu"),
        Case(
            "a quantity in a custom resource", apiVersion: "example.dev/v1",
            desired: #"{"resources":{"limits":{"cpu":"1000m"}}}"#, live: #"{"resources":{"limits":{"cpu":"1"}}}"#,
            fields: cpu, doubt: ".resources.limits.cpu"),
        Case(
            "what only looks like a quantity", desired: #"{"a":{"cpu":"1000m"}}"#, live: #"{"a":{"cpu":"1"}}"#,
            fields: #"{"f:a":{"f:cpu":{}}}"#, doubt: ".a.cpu"),
    ]
}
