import Diffing
import Resources
import Testing

struct EarlierStateTests {
    /// A `spec` as it was and as it is, whose fields are whose (`fieldsV1`), and what it is to be again.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        let live: String
        let ours: String
        var others = "{}"
        /// What kubectl owned before, client-side.
        var former = "{}"
        let expected: String

        init(
            _ title: String, before: String, live: String, ours: String, others: String = "{}", former: String = "{}",
            expected: String? = nil
        ) {
            testDescription = title
            self.before = before
            self.live = live
            self.ours = ours
            self.others = others
            self.former = former
            self.expected = expected ?? before
        }
    }

    private static let ports = #"{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{},"f:name":{}}}}"#
    private static let tcp = #"{"port":80,"protocol":"TCP","name":"web"}"#
    private static let udp = #"{"port":80,"protocol":"UDP","name":"dns"}"#

    static let rows = [
        Row(
            "a scalar that was another", before: #"{"replicas":1,"x":1}"#, live: #"{"replicas":3,"x":1}"#,
            ours: #"{"f:replicas":{}}"#),
        Row(
            "a field that was not there", before: #"{"x":1}"#, live: #"{"x":1,"replicas":3}"#,
            ours: #"{"f:replicas":{}}"#),
        Row(
            "a field that is gone though it is ours", before: #"{"replicas":1}"#, live: "{}",
            ours: #"{"f:replicas":{}}"#),
        Row(
            "a map that was not there", before: "{}", live: #"{"strategy":{"rollingUpdate":{"maxSurge":1}}}"#,
            ours: #"{"f:strategy":{"f:rollingUpdate":{"f:maxSurge":{}}}}"#),
        Row(
            "a map that was not there, and to which others have added", before: "{}",
            live: #"{"map":{"a":1,"b":2}}"#, ours: #"{"f:map":{".":{},"f:a":{}}}"#,
            others: #"{"f:map":{"f:b":{}}}"#, expected: #"{"map":{"b":2}}"#),
        Row(
            "what others have changed since", before: #"{"a":1,"b":1,"map":{"a":1,"b":1}}"#,
            live: #"{"a":2,"b":2,"c":2,"map":{"a":2,"b":2,"c":2}}"#, ours: #"{"f:a":{},"f:map":{"f:a":{}}}"#,
            others: #"{"f:b":{},"f:c":{},"f:map":{"f:b":{},"f:c":{}}}"#,
            expected: #"{"a":1,"b":2,"c":2,"map":{"a":1,"b":2,"c":2}}"#),
        Row(
            "a map that is owned as a whole", before: #"{"selector":{"app":"a","tier":"x"}}"#,
            live: #"{"selector":{"app":"b","new":"y"}}"#, ours: #"{"f:selector":{}}"#),
        Row(
            "an empty map that we declared, with fields that others have added",
            before: #"{"map":{"kept":1,"theirs":1}}"#, live: #"{"map":{"theirs":2}}"#, ours: #"{"f:map":{}}"#,
            others: #"{"f:map":{"f:theirs":{}}}"#, expected: #"{"map":{"kept":1,"theirs":2}}"#),
        Row(
            "an empty map that we declared where none was, with fields that others have added", before: "{}",
            live: #"{"map":{"theirs":2}}"#, ours: #"{"f:map":{}}"#, others: #"{"f:map":{"f:theirs":{}}}"#,
            expected: #"{"map":{"theirs":2}}"#),
        Row(
            "an atomic list", before: #"{"command":["a","b"]}"#, live: #"{"command":["c"]}"#,
            ours: #"{"f:command":{}}"#),
        Row(
            "a field of an element", before: #"{"containers":[{"name":"a","image":"1"},{"name":"b","image":"1"}]}"#,
            live: #"{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}"#,
            ours: #"{"f:containers":{"k:{\"name\":\"b\"}":{".":{},"f:name":{},"f:image":{}}}}"#),
        Row(
            "an element that was not there goes with what others have added to it",
            before: #"{"containers":[{"name":"a"}]}"#,
            live: #"{"containers":[{"name":"a"},{"name":"b","image":"2","env":[{"name":"x"}]}]}"#,
            ours: #"{"f:containers":{"k:{\"name\":\"b\"}":{".":{},"f:name":{},"f:image":{}}}}"#,
            others: #"{"f:containers":{"k:{\"name\":\"b\"}":{"f:env":{"k:{\"name\":\"x\"}":{".":{}}}}}}"#),
        Row(
            "an element that others have added stays", before: #"{"containers":[{"name":"a","image":"1"}]}"#,
            live: #"{"containers":[{"name":"proxy"},{"name":"a","image":"2"}]}"#,
            ours: #"{"f:containers":{"k:{\"name\":\"a\"}":{"f:image":{}}}}"#,
            others: #"{"f:containers":{"k:{\"name\":\"proxy\"}":{".":{}}}}"#,
            expected: #"{"containers":[{"name":"a","image":"1"},{"name":"proxy"}]}"#),
        Row(
            "an element whose key the server has filled in", before: #"{"ports":[\#(udp)]}"#,
            live: #"{"ports":[\#(udp),\#(tcp)]}"#, ours: ports),
        Row(
            "an element of the same port and another protocol is another one", before: #"{"ports":[\#(udp),\#(tcp)]}"#,
            live: #"{"ports":[{"port":80,"protocol":"TCP","name":"other"},\#(udp)]}"#, ours: ports),
        Row(
            "elements that stood in another order", before: #"{"l":[{"n":"a"},{"n":"b"},{"n":"c"}]}"#,
            live: #"{"l":[{"n":"c"},{"n":"b"},{"n":"a"}]}"#,
            ours: #"{"f:l":{"k:{\"n\":\"c\"}":{".":{},"f:n":{}},"k:{\"n\":\"b\"}":{".":{},"f:n":{}}}}"#),
        Row(
            "members of a set", before: #"{"set":["a","b"]}"#, live: #"{"set":["c","b","d"]}"#,
            ours: #"{"f:set":{"v:\"c\"":{},"v:\"b\"":{}}}"#, others: #"{"f:set":{"v:\"d\"":{}}}"#,
            former: #"{"f:set":{"v:\"a\"":{}}}"#, expected: #"{"set":["a","b","d"]}"#),
        Row(
            "the last member of a set that was not there", before: "{}", live: #"{"set":["a"]}"#,
            ours: #"{"f:set":{"v:\"a\"":{}}}"#),
        Row(
            "fields that the migration removed",
            before: #"{"a":1,"map":{"b":1,"c":1},"l":[{"n":"a","v":1},{"n":"b","v":2}]}"#,
            live: #"{"map":{"c":2},"l":[{"n":"b"}]}"#,
            ours: #"{"f:map":{"f:c":{}},"f:l":{"k:{\"n\":\"b\"}":{".":{},"f:n":{}}}}"#,
            former: #"""
                {"f:a":{},"f:map":{"f:b":{},"f:c":{}},
                "f:l":{"k:{\"n\":\"a\"}":{".":{},"f:n":{},"f:v":{}},"k:{\"n\":\"b\"}":{".":{},"f:n":{},"f:v":{}}}}
                """#),
        Row(
            "what others have set since where the migration had removed it", before: #"{"a":1}"#, live: #"{"a":5}"#,
            ours: "{}", others: #"{"f:a":{}}"#, former: #"{"f:a":{}}"#, expected: #"{"a":5}"#),
    ]

    private static func states(_ row: Row) throws -> (before: KubernetesObject, live: KubernetesObject) {
        let former = ManagedFieldsMigration.clientSideApply
        var before = try Fixtures.object(
            spec: row.before,
            managedFields: [try Fixtures.entry(spec: row.former, manager: former, operation: "Update")])
        let live = try Fixtures.object(
            spec: row.live,
            managedFields: [
                try Fixtures.entry(spec: row.ours), try Fixtures.entry(spec: row.others, manager: "other"),
            ])
        before.value["status"] = ["old": true]
        return (before, live)
    }

    @Test(arguments: rows)
    func `every field is again what it was`(row: Row) throws {
        let (before, live) = try Self.states(row)
        let result = EarlierState(before, manager: Fixtures.manager).values(in: live)
        #expect(result.value["spec"]?.json == (try Value(json: row.expected)).json)
    }

    @Test(arguments: rows)
    func `doing it twice changes nothing more`(row: Row) throws {
        let (before, live) = try Self.states(row)
        let earlier = EarlierState(before, manager: Fixtures.manager)
        let once = earlier.values(in: live)
        #expect(earlier.values(in: once) == once)
    }

    @Test func `labels, the status and who owns what are those of their own parts`() throws {
        let before = try Fixtures.object(
            #"{"kind":"X","metadata":{"name":"a","annotations":{"kept":"1"},"managedFields":[]},"status":{"s":1}}"#)
        let entry = Fixtures.entry(
            fields: [
                "f:metadata": [
                    "f:labels": [".": [:], "f:ours": [:]], "f:annotations": ["f:kept": [:], "f:ours": [:]],
                ],
                "f:status": ["f:s": [:]],
            ])
        var live = try Fixtures.object(
            """
            {"kind":"X","metadata":{"name":"a","labels":{"ours":"1"},"annotations":{"kept":"2","ours":"1"}},
            "status":{"s":2}}
            """)
        live.value["metadata"]?["managedFields"] = [entry]
        let result = EarlierState(before, manager: Fixtures.manager).values(in: live)
        #expect(
            result.value == [
                "kind": "X", "status": ["s": 2],
                "metadata": ["name": "a", "annotations": ["kept": "1"], "managedFields": [entry]],
            ])
    }

    @Test func `what our entry of a subresource owns stays`() throws {
        let before = try Fixtures.object(spec: #"{"replicas":1}"#)
        let entry = try Fixtures.entry(spec: #"{"f:replicas":{}}"#, operation: "Update", subresource: "scale")
        let live = try Fixtures.object(spec: #"{"replicas":5}"#, managedFields: [entry])
        #expect(EarlierState(before, manager: Fixtures.manager).values(in: live) == live)
    }

    // MARK: who owns what

    private static func owners(_ before: [Value], _ live: [Value]) throws -> [String] {
        let earlier = EarlierState(
            try Fixtures.object(spec: "{}", managedFields: before), manager: Fixtures.manager)
        let entries = earlier.managedFields(in: try Fixtures.object(spec: "{}", managedFields: live)).array ?? []
        return entries.map { entry in
            let words = ["manager", "operation", "subresource"].compactMap { entry[$0]?.string }
            return (words + [entry["fieldsV1"]?["f:spec"]?.json ?? ""]).joined(separator: " ")
        }
    }

    static let ownerRows: [(title: String, before: [[String]], live: [[String]], expected: [String])] = [
        (
            "ours goes where we had none, and who was there is back", [["kubectl", "Update", #"{"f:a":{}}"#]],
            [["endstate", "Apply", #"{"f:a":{}}"#]], [#"kubectl Update {"f:a":{}}"#]
        ),
        (
            "ours is again what it was", [["endstate", "Apply", #"{"f:a":{}}"#]],
            [["endstate", "Apply", #"{"f:a":{},"f:b":{}}"#], ["endstate", "Update", #"{"f:c":{}}"#]],
            [#"endstate Apply {"f:a":{}}"#]
        ),
        (
            "fields of another applier come back besides those that it has taken since",
            [["other", "Apply", #"{"f:a":{},"f:b":{}}"#]],
            [["endstate", "Apply", #"{"f:a":{}}"#], ["other", "Apply", #"{"f:b":{},"f:c":{}}"#]],
            [#"other Apply {"f:a":{},"f:b":{},"f:c":{}}"#]
        ),
        (
            "a manager that came since stays", [["other", "Apply", #"{"f:a":{}}"#]],
            [["endstate", "Apply", #"{"f:a":{}}"#], ["late", "Update", #"{"f:d":{}}"#]],
            [#"other Apply {"f:a":{}}"#, #"late Update {"f:d":{}}"#]
        ),
        (
            "another operation or subresource of a manager is an entry of its own",
            [["other", "Apply", #"{"f:a":{}}"#]],
            [["other", "Update", #"{"f:b":{}}"#], ["other", "Apply", #"{"f:c":{}}"#, "status"]],
            [#"other Apply {"f:a":{}}"#, #"other Update {"f:b":{}}"#, #"other Apply status {"f:c":{}}"#]
        ),
        (
            "our entry of a subresource stays", [["other", "Apply", #"{"f:a":{}}"#]],
            [["endstate", "Update", #"{"f:b":{}}"#, "scale"]],
            [#"other Apply {"f:a":{}}"#, #"endstate Update scale {"f:b":{}}"#]
        ),
    ]

    @Test(arguments: ownerRows.indices)
    func `everybody owns again what they did`(row: Int) throws {
        let row = Self.ownerRows[row]
        let entries = { (list: [[String]]) in
            try list.map {
                try Fixtures.entry(
                    spec: $0[2], manager: $0[0], operation: $0[1], subresource: $0.count > 3 ? $0[3] : nil)
            }
        }
        #expect(try Self.owners(entries(row.before), entries(row.live)) == row.expected, "\(row.title)")
    }

    @Test func `an object that nobody's entries told about is reset to that`() throws {
        let earlier = EarlierState(try Fixtures.object(spec: "{}"), manager: Fixtures.manager)
        let live = try Fixtures.object(spec: "{}", managedFields: [try Fixtures.entry(spec: #"{"f:a":{}}"#)])
        #expect(earlier.managedFields(in: live) == [[:]])
    }
}
