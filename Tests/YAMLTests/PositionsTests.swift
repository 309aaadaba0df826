import Resources
import Testing
import YAML

/// Where values and keys stand.
struct PositionsTests {
    static let text = """
        # A comment.
        apiVersion: apps/v1
        spec:
          containers:
          - name: web
            image: "nginx:1"
            ports: [{containerPort: 80}, {containerPort: 81, protocol: UDP}]
            args:
              - é
              - --x
          base: &base {cpu: 1}
          copy: *base
          merged:
            <<: *base
            memory: 2
            none:
        ---
        b:
          - - 1
        """

    static let places: [(FieldPath, value: String, key: String)] = [
        (FieldPath(), "2:1", "2:1"),
        (FieldPath(fields: "apiVersion"), "2:13", "2:1"),
        (FieldPath(fields: "spec"), "4:3", "3:1"),
        (FieldPath(fields: "spec", "containers"), "5:3", "4:3"),
        (container, "5:5", "5:5"),
        (FieldPath(fields: "spec", "containers").appending(.index(0)), "5:5", "5:5"),
        (container.appending("image"), "6:12", "6:5"),
        (container.appending("ports").appending(.key(["containerPort": 81, "protocol": "UDP"])), "7:34", "7:34"),
        (container.appending("ports").appending(.key(["containerPort": 80, "protocol": "TCP"])), "7:13", "7:13"),
        (container.appending("ports").appending(.index(1)).appending("protocol"), "7:64", "7:54"),
        (container.appending("args").appending(.value("--x")), "10:9", "10:9"),
        (container.appending("args").appending(.index(7)), "9:7", "8:5"),
        (container.appending("absent").appending("more"), "5:5", "5:5"),
        (FieldPath(fields: "spec", "base", "cpu"), "11:21", "11:16"),
        (FieldPath(fields: "spec", "copy"), "12:9", "12:3"),
        (FieldPath(fields: "spec", "copy", "cpu"), "11:21", "11:16"),
        (FieldPath(fields: "spec", "merged", "cpu"), "11:21", "11:16"),
        (FieldPath(fields: "spec", "merged", "memory"), "15:13", "15:5"),
        (FieldPath(fields: "spec", "merged", "none"), "16:10", "16:5"),
        (FieldPath(fields: "spec", "merged", "none", "more"), "16:10", "16:5"),
    ]

    static let container = FieldPath(fields: "spec", "containers").appending(.key(["name": "web"]))

    @Test(arguments: places)
    func `each path has the place of its value and of its key`(path: FieldPath, value: String, key: String) throws {
        let result = YAMLReader.documents(in: Array(Self.text.utf8))
        try #require(result.documents.count == 2, "\(result.errors)")
        let positions = result.documents[0].positions
        #expect(try shown(positions.position(of: path)) == value)
        #expect(try shown(positions.keyPosition(of: path)) == key)
    }

    @Test func `places of later documents count from the top of the file`() throws {
        let positions = try #require(YAMLReader.documents(in: Array(Self.text.utf8)).documents.last).positions
        let path = FieldPath(fields: "b").appending(.index(0)).appending(.index(0))
        #expect(try shown(positions.position(of: path)) == "19:7")
    }

    @Test func `places of JSON are those of its values`() throws {
        let text = "\n {\"a\": \"é\", \"b\\n\": [1,\n  {\"c\": null}]}\n{\"d\": 1}"
        let documents = YAMLReader.documents(in: Array(text.utf8)).documents
        try #require(documents.count == 2)
        let first = documents[0].positions
        #expect(try shown(first.position(of: FieldPath())) == "2:2")
        #expect(try shown(first.keyPosition(of: FieldPath(fields: "b\n"))) == "2:13")
        let inner = FieldPath(fields: "b\n").appending(.index(1))
        #expect(try shown(first.position(of: inner)) == "3:3")
        #expect(try shown(first.position(of: inner.appending("c"))) == "3:9")
        #expect(try shown(documents[1].positions.position(of: FieldPath(fields: "d"))) == "4:7")
    }

    @Test func `the last of several merges of a key is its place`() throws {
        let document = try document("a: &a {x: 1}\nb: &b {x: 2}\nc: {x: 0, <<: [*b, *a]}\n")
        #expect(document.value[path: "c", "x"] == 2)
        #expect(try shown(document.positions.position(of: FieldPath(fields: "c", "x"))) == "2:11")
    }

    @Test func `a value that no file holds has no places`() {
        #expect(Positions.none.position(of: FieldPath(fields: "a")) == nil)
        #expect(Positions.none.keyPosition(of: FieldPath(fields: "a")) == nil)
    }

    private func shown(_ place: (line: Int, column: Int)?) throws -> String {
        let place = try #require(place)
        return "\(place.line):\(place.column)"
    }
}
