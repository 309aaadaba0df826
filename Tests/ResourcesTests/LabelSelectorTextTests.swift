import Resources
import Testing

@Suite struct LabelSelectorTextTests {
    @Test(
        arguments: [
            (["matchLabels": ["app": "web", "tier": "front"]], "app=web,tier=front"),
            (["matchExpressions": [["key": "app", "operator": "In", "values": ["a", "b"]]]], "app in (a,b)"),
            (["matchExpressions": [["key": "app", "operator": "NotIn", "values": ["a"]]]], "app notin (a)"),
            (["matchExpressions": [["key": "app", "operator": "Exists"]]], "app"),
            (["matchExpressions": [["key": "app", "operator": "DoesNotExist"]]], "!app"),
            ([:], ""),
        ] as [(Value, String)])
    func `a selector is written as the query parameter has it`(value: Value, text: String) throws {
        #expect(try #require(LabelSelector(value)).queryText == text)
    }
}
