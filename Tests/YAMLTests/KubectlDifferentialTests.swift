import Foundation
import Resources
import Testing
import YAML

/// Compares this reader with kubectl's on generated files: what is accepted, and which value comes out.
///
/// Needs no server. Set `ENDSTATE_TEST_DIFFERENTIAL=1` to run it with the kubectl on the PATH, or
/// `ENDSTATE_TEST_KUBECTL` to the path of one.
@Suite(
    .enabled(if: Kubectl.path != nil, "needs kubectl, and ENDSTATE_TEST_DIFFERENTIAL=1 or ENDSTATE_TEST_KUBECTL=PATH"))
struct KubectlDifferentialTests {
    enum Kind: String, CaseIterable {
        case maps, scalars, disorder
    }

    @Test(arguments: Kind.allCases)
    func `kubectl reads the same`(kind: Kind) async throws {
        var generator = GeneratedYAML(seed: 20)
        let texts = (0..<8_000).map { index in
            let text = Self.object("d\(index)", Self.data(kind, &generator))
            return index.isMultiple(of: 7) ? text.replacing("\n", with: "\r\n") : text
        }
        let results = texts.map { YAMLReader.documents(in: Array($0.utf8)) }
        let accepted = texts.indices.filter { results[$0].errors.isEmpty }
        // Duplicate keys are refused on purpose: kubectl takes the last of them.
        let refused = texts.indices.filter { index in
            !results[index].errors.isEmpty && !results[index].errors.contains { $0.code == "duplicate-key" }
        }.prefix(1_000)
        // kubectl stops reading a file at its first error, but goes on with the next file.
        let files = stride(from: 0, to: accepted.count, by: 25).map { start in
            accepted[start...].prefix(25).map { texts[$0] }.joined(separator: "---\n")
        }
        let theirs = try await Kubectl.read(files + refused.map { texts[$0] })
        for index in accepted {
            let ours = results[index].documents.first?.value["data"].map(Self.comparable)
            #expect(theirs["d\(index)"].map(Self.comparable) == ours, "text:\n\(texts[index])")
        }
        for index in refused {
            #expect(theirs["d\(index)"] == nil, "\(results[index].errors) in:\n\(texts[index])")
        }
        print("\(kind.rawValue): \(accepted.count) accepted and \(refused.count) refused texts compared with kubectl")
        #expect(accepted.count > 2_000 && refused.count > 500)
    }

    /// The value with its large integers as the doubles that kubectl makes of them.
    private static func comparable(_ value: Value) -> Value {
        switch value {
        case .integer(let number) where number.magnitude > 1 << 53: .double(Double(number))
        case .unsigned(let number): .double(Double(number))
        case .array(let items): .array(items.map(comparable))
        case .object(let fields): .object(fields.mapValues(comparable))
        default: value
        }
    }

    private static func data(_ kind: Kind, _ generator: inout GeneratedYAML) -> String {
        switch kind {
        case .maps: generator.map()
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
        return try objects(in: Data(contentsOf: output))
    }

    /// kubectl prints one object after the other, each ending with a brace in the first column.
    private static func objects(in output: Data) throws -> [String: Value] {
        var found: [String: Value] = [:]
        var start = output.startIndex
        while let end = output.range(of: Data("\n}\n".utf8), in: start..<output.endIndex)?.upperBound {
            let object = try Value(json: [UInt8](output[start..<end]))
            start = end
            found[object[path: "metadata", "name"]?.string ?? ""] = object["data"] ?? .null
        }
        return found
    }
}
