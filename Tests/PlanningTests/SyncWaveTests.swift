import Planning
import Resources
import Testing

@Suite struct `sync waves` {
    @Test func `a wave waits for all lower ones, and 0 is the default`() throws {
        let graph = try graph([
            wave("first", "-1"), object("v1 ConfigMap shop/plain"), wave("zero", "0"), wave("last", "+10"),
        ])
        #expect(graph.waves.map { $0.map(\.name) } == [["first"], ["plain", "zero"], ["last"]])
        #expect(
            graph.sentences == [
                "ConfigMap shop/last after end of sync wave 0, because it is of sync wave 10",
                "ConfigMap shop/plain after end of sync wave -1, because it is of sync wave 0",
                "ConfigMap shop/zero after end of sync wave -1, because it is of sync wave 0",
                "end of sync wave -1 after ConfigMap shop/first, because ConfigMap shop/first is of sync wave -1",
                "end of sync wave 0 after ConfigMap shop/plain, because ConfigMap shop/plain is of sync wave 0",
                "end of sync wave 0 after ConfigMap shop/zero, because ConfigMap shop/zero is of sync wave 0",
                "end of sync wave 10 after ConfigMap shop/last, because ConfigMap shop/last is of sync wave 10",
            ]
        )
    }

    @Test func `one wave is no order`() throws {
        #expect(try graph([wave("a", "3"), wave("b", "3")]).edges.isEmpty)
    }

    @Test func `two waves of 500 objects need about 1,000 edges`() throws {
        let objects = try (0..<1_000).map { try wave("c\($0)", $0 < 500 ? "1" : "2") }
        #expect(try graph(objects).edges.count == 1_500)
    }

    @Test(arguments: ["one", "", "1.5", " 1", "99999999999999999999"])
    func `what is no integer is an error`(text: String) throws {
        let error = #expect(throws: GraphError.self) { try graph([wave("a", text)]) }
        #expect(
            error?.diagnostics.map(\.message)
                == ["ConfigMap shop/a: \"\(text)\" in argocd.argoproj.io/sync-wave is no integer"]
        )
    }

    private func wave(_ name: String, _ wave: String) throws -> KubernetesObject {
        var object = try object("v1 ConfigMap shop/\(name)")
        object.annotations = ["argocd.argoproj.io/sync-wave": wave]
        return object
    }
}
