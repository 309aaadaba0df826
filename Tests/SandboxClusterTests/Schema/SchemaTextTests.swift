import Resources
import Testing

@testable import SandboxCluster

@Suite struct SchemaTextTests {
    @Test(arguments: [
        ("string", "string"),
        ("intOrString", "intOrString"),
        ("any", "any"),
        ("Pod", "-> k.core.v1.Pod"),
        ("meta.v1.ObjectMeta", "-> k.meta.v1.ObjectMeta"),
        ("[string]", "[string] atomic"),
        ("[string] set", "[string] set"),
        ("[Port] keys=port,protocol", "[-> k.core.v1.Port] port protocol"),
        ("{quantity}", "{quantity}"),
        ("{[string]}", "{[string] atomic}"),
        ("{string} atomic", "{string} atomic"),
        ("[{any}]", "[{any}] atomic"),
    ])
    func `a field's type is read`(text: String, type: String) throws {
        let field = try #require(try structure("    field \(text)")?.fields["field"])
        #expect(describe(field.type) == type)
    }

    @Test(arguments: [
        ("string default=", Value.string("")), ("string default=TCP", "TCP"), ("int32 default=0", 0),
        ("boolean default=true", true), ("int64 default=5", 5),
    ])
    func `a default has the type of its field`(text: String, value: Value) throws {
        let field = try #require(try structure("    field \(text)")?.fields["field"])
        #expect(field.defaultValue == value)
    }

    @Test func `a field tells how patches treat it and whether it is required`() throws {
        let structure = try #require(
            try structure("    volumes! [Volume] keys=name patch=merge,retainKeys mergeKey=name\n    other string"))
        let field = try #require(structure.fields["volumes"])
        #expect(field.patchStrategies == ["merge", "retainKeys"])
        #expect(field.patchMergeKey == "name")
        #expect(structure.required == ["volumes"])
    }

    @Test func `a resource has its options and its subresources`() throws {
        let text = read(
            """
            package core.v1 k.core.v1
            resource v1 pods core.v1.Pod namespaced status scale short=po,p categories=all verbs=get,list
                log v1/Pod get
                eviction policy/v1/Eviction create
            resource apps/v1 things core.v1.Thing

            """)
        let pods = try #require(text.resources.first)
        #expect(pods.kind == GroupVersionKind(group: "", version: "v1", kind: "Pod"))
        #expect(pods.singular == "pod" && pods.listKind == "PodList")
        #expect(pods.shortNames == ["po", "p"] && pods.categories == ["all"] && pods.verbs == ["get", "list"])
        #expect(pods.isNamespaced && pods.hasStatus)
        #expect(pods.scale?.replicas == ["spec", "replicas"])
        #expect(pods.allSubresources.map(\.name) == ["eviction", "log", "scale", "status"])
        #expect(pods.subresources.last?.kind == GroupVersionKind(group: "policy", version: "v1", kind: "Eviction"))
        let things = try #require(text.resources.last)
        #expect(!things.isNamespaced && !things.hasStatus && things.scale == nil && things.verbs.count == 8)
    }

    @Test func `a text over another one adds fields and types and replaces resources`() throws {
        var text = read(
            """
            package a.v1 k.a.v1
            resource a/v1 things a.v1.Thing
            resource a/v1 others a.v1.Other
            type a.v1.Thing atomic
                name! string
                size int32

            """)
        add(
            """
            # What came later.
            package a.v2 k.a.v2
            resource a/v1 things a.v1.Thing status
            type a.v1.Thing
                name string
                colour string
            type a.v2.Thing = a.v1.Thing

            """, to: &text)
        #expect(text.resources.map(\.plural) == ["things", "others"])
        #expect(text.resources.first?.hasStatus == true)
        let type = try #require(text.types["k.a.v1.Thing"])
        guard case .structure(let structure) = type.shape else { throw Unexpected() }
        #expect(structure.isAtomic)
        #expect(structure.fields.keys.sorted() == ["colour", "name", "size"])
        #expect(structure.required.isEmpty)
        #expect(text.types["k.a.v2.Thing"].map(describe) == "-> k.a.v1.Thing")
    }

    @Test(arguments: [
        "packages a b", "package a.v1", "resource v1", "type Unqualified", "type b.v1.Unknown", "    field string",
        "resource v1 pods a.v1.Pod colour=red", "type a.v1.Thing = b.v1.Unknown", "type a.v1.Thing nonatomic",
    ])
    func `what is not understood is told`(line: String) {
        #expect(read("package a.v1 k.a.v1\n\(line)\n").problems == [line.split(separator: " ").joined(separator: " ")])
    }

    @Test(arguments: ["name", "name string colour=red", "name string set", "name b.v1.Unknown", "name [string] atomic"])
    func `a field that is not understood is told`(line: String) {
        #expect(read("package a.v1 k.a.v1\ntype a.v1.Thing\n    \(line)\n").problems == [line])
    }

    @Test func `the built-in texts are understood and refer to nothing that is missing`() {
        var text = SchemaText()
        SchemaRegistry.withBuiltInText { text.read($0) }
        #expect(text.problems.isEmpty)
        let references = Set(text.types.values.flatMap(references) + text.resources.map(\.type).flatMap(references))
        #expect(references.subtracting(text.types.keys).isEmpty)
    }
}

private struct Unexpected: Error {}

private func structure(_ fields: String) throws -> SchemaType.Structure? {
    let text = read("package core.v1 k.core.v1\npackage meta.v1 k.meta.v1\ntype core.v1.Thing\n\(fields)\n")
    #expect(text.problems.isEmpty)
    guard case .structure(let structure) = text.types["k.core.v1.Thing"]?.shape else { return nil }
    return structure
}

private func read(_ lines: String) -> SchemaText {
    var text = SchemaText()
    add(lines, to: &text)
    return text
}

private func add(_ lines: String, to text: inout SchemaText) {
    Array(lines.utf8).withUnsafeBufferPointer { text.read($0) }
}

private func references(_ type: SchemaType) -> [String] {
    switch type.shape {
    case .reference(let name): [name]
    case .list(let element, _), .map(let element, _): references(element)
    case .structure(let structure): structure.fields.values.map(\.type).flatMap(references)
    case .scalar, .untyped: []
    }
}

/// A type in one line.
func describe(_ type: SchemaType) -> String {
    switch type.shape {
    case .reference(let name): "-> \(name)"
    case .scalar(let scalar): scalar.rawValue
    case .untyped: "any"
    case .map(let element, let isAtomic): "{\(describe(element))}\(isAtomic ? " atomic" : "")"
    case .list(let element, .atomic): "[\(describe(element))] atomic"
    case .list(let element, .set): "[\(describe(element))] set"
    case .list(let element, .map(let keys)): "[\(describe(element))] \(keys.joined(separator: " "))"
    case .structure(let structure): "{\(structure.fields.keys.sorted().joined(separator: ", "))}"
    }
}
