import Resources
import Testing

@testable import SandboxCluster

@Suite struct TableCellTests {
    /// The table of k8s.io/apimachinery/pkg/util/duration.
    @Test(arguments: [
        (-2.0, "<invalid>"), (-1, "0s"), (0, "0s"), (1, "1s"), (119, "119s"), (120, "2m"), (150, "2m30s"),
        (599, "9m59s"), (600, "10m"), (10_799, "179m"), (10_800, "3h"), (10_860, "3h1m"), (28_800, "8h"),
        (172_799, "47h"), (172_800, "2d"), (176_400, "2d1h"), (691_200, "8d"), (63_071_999, "729d"),
        (63_072_000, "2y"), (63_158_400, "2y1d"), (252_288_000, "8y"), (315_360_000, "10y"),
    ])
    func `an age has two or three digits`(seconds: Double, text: String) {
        #expect(TableClock.text(seconds) == text)
    }

    @Test(arguments: [
        (".spec.size", ["3"]), (".spec['size']", ["3"]), (".spec[\"size\"]", ["3"]), (".none.at.all", []),
        (".spec.a\\.b", ["\"dot\""]), (".list[0].name", ["\"x\""]), (".list[-1].name", ["\"y\""]),
        (".list[*].name", ["\"x\"", "\"y\""]), (".list[?(@.name==\"y\")].on", ["true"]),
        (".list[?(@.name == 'y')].on", ["true"]), (".list[?(@.on==true)].name", ["\"y\""]),
        (".list[-1:].name", ["\"y\""]), (".list[0:1].name", ["\"x\""]), (".list[5:]", []), (".list[1:-1]", []),
        (".list[7]", []), (".list[?(@.name>3)]", []), ("size", []), (".spec[", []),
    ])
    func `a column's path finds its values`(path: String, values: [String]) {
        let value: Value = [
            "spec": ["size": 3, "a.b": "dot"], "list": [["name": "x"], ["name": "y", "on": true]],
        ]
        #expect(JSONPath(path).values(in: value).map(\.json) == values)
    }

    @Test(arguments: [
        ("{}", ""),
        (#"{"matchLabels":{"b":"2","a":"1"}}"#, "a=1,b=2"),
        (
            #"""
            {"matchLabels":{"z":"1"},"matchExpressions":[{"key":"a","operator":"NotIn","values":["y","x"]},
             {"key":"m","operator":"Exists"},{"key":"n","operator":"DoesNotExist"}]}
            """#, "a notin (x,y),m,!n,z=1"
        ),
    ])
    func `a selector is written by its keys`(selector: String, text: String) throws {
        #expect(TableCells.selectorText(try Value(json: selector)) == text)
    }
}
