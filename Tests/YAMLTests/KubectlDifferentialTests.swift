import Foundation
import Resources
import Testing
import YAML

/// Compares this reader with kubectl's on generated files: what is accepted, and which value comes out.
///
/// Needs no server. Set `ENDSTATE_TEST_DIFFERENTIAL=1` to run it with the kubectl on the PATH, or
/// `ENDSTATE_TEST_KUBECTL` to the path of one.
@Suite(.enabled(if: Kubectl.path != nil, "needs kubectl, and ENDSTATE_TEST_DIFFERENTIAL=1 or ENDSTATE_TEST_KUBECTL=PATH"))
struct KubectlDifferentialTests {
    enum Kind: String, CaseIterable {
        case maps, scalars, disorder, documents
    }

    @Test(arguments: [(Kind.maps, 4_000), (.scalars, 6_000), (.disorder, 6_000), (.documents, 500)])
    func `kubectl reads the same`(kind: Kind, count: Int) async throws {
        var generator = GeneratedYAML(seed: 20)
        let files = (0..<count).map { index in
            let parts = (0..<(kind == .documents ? 4 : 1)).map { Self.object("d\(index)-\($0)", Self.data(kind, &generator)) }
            let text = parts.joined(separator: index.isMultiple(of: 3) ? "--- # next\n" : "---\n")
            return index.isMultiple(of: 7) ? text.replacing("\n", with: "\r\n") : text
        }
        let theirs = try await Kubectl.read(files)
        var accepted = 0
        var rejected = 0
        for (index, file) in files.enumerated() {
            let result = YAMLReader.documents(in: Array(file.utf8))
            // Refused on purpose: kubectl takes the last of two equal keys.
            if result.errors.contains(where: { $0.code == "duplicate-key" }) { continue }
            // With an error in a file, kubectl and this reader keep different documents of it.
            if !result.errors.isEmpty {
                #expect(theirs["d\(index)-\(kind == .documents ? 3 : 0)"] == nil, "\(result.errors) in:\n\(file)")
                rejected += 1
                continue
            }
            for document in result.documents {
                let name = document.value[path: "metadata", "name"]?.string ?? ""
                #expect(theirs[name]?.json == document.value["data"]?.json, "file:\n\(file)")
                accepted += 1
            }
        }
        print("\(kind.rawValue): compared \(accepted + rejected) with kubectl, \(accepted) accepted and \(rejected) refused by both")
        #expect(accepted > count / 5)
    }

    private static func data(_ kind: Kind, _ generator: inout GeneratedYAML) -> String {
        switch kind {
        case .maps, .documents: generator.map()
        case .scalars: generator.scalarInPlace()
        case .disorder: generator.disorder()
        }
    }

    private static func object(_ name: String, _ data: String) -> String {
        let indented = data.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  " + $0 }
        return "apiVersion: test.endstate.dev/v1\nkind: Generated\nmetadata:\n  name: \(name)\ndata:\n"
            + indented.joined(separator: "\n")
    }
}

/// The kubectl to compare with.
private enum Kubectl {
    static let path: String? = {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["ENDSTATE_TEST_KUBECTL"] { return path }
        guard environment["ENDSTATE_TEST_DIFFERENTIAL"] == "1" else { return nil }
        return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/kubectl" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// The `data` of each object that kubectl reads in the files, by the object's name.
    static func read(_ files: [String]) async throws -> [String: Value] {
        let directory = FileManager.default.temporaryDirectory.appending(path: "endstate-yaml-\(UUID().uuidString)")
        let output = directory.appending(path: "output")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (index, file) in files.enumerated() {
            try Data(file.utf8).write(to: directory.appending(path: "\(index).yaml"))
        }
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(filePath: try #require(path))
        // It reads only *.json, *.yaml and *.yml, and goes on after a file that it can't read.
        process.arguments = ["annotate", "--local", "-f", directory.path(), "compared=true", "-o", "json"]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return try objects(in: String(contentsOf: output, encoding: .utf8))
    }

    /// kubectl prints one object after the other, each ending with a brace in the first column.
    private static func objects(in text: String) throws -> [String: Value] {
        var found: [String: Value] = [:]
        var rest = text.utf8[...]
        while let end = rest.firstRange(of: "\n}\n".utf8)?.upperBound {
            let object = try Value(json: Array(rest[..<end]))
            rest = rest[end...]
            found[object[path: "metadata", "name"]?.string ?? ""] = object["data"] ?? .null
        }
        return found
    }
}
