import FoundationEssentials
import Manifests
import Resources
import Testing

@Suite struct ConfigurationDirectoryTests {
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.path() + "/endstate-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    private func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

    private func report(_ directory: String) -> String {
        do { return try SyncConfiguration.files(in: directory).map(\.path).joined(separator: " ") } catch {
            return error.rendered()
        }
    }

    @Test func `YAML and JSON files are read by name, hidden ones and other directories are not`() throws {
        try withDirectory { directory in
            for name in ["b.yml", "a.yaml", "c.json", ".hidden.yaml", "token", "README.md"] {
                try write(name, to: directory + "/" + name)
            }
            try FileManager.default.createDirectory(atPath: directory + "/sub", withIntermediateDirectories: false)
            try write("x", to: directory + "/sub/d.yaml")
            let files = try SyncConfiguration.files(in: directory)
            #expect(files.map(\.path) == ["a.yaml", "b.yml", "c.json"].map { directory + "/" + $0 })
            #expect(files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["a.yaml", "b.yml", "c.json"])
        }
    }

    @Test func `the links of a mounted ConfigMap are followed`() throws {
        try withDirectory { directory in
            let data = directory + "/..2026_11_22_03_19_00.1"
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
            try write(SyncConfigurationTests.application("shop"), to: data + "/shop.yaml")
            let manager = FileManager.default
            try manager.createSymbolicLink(
                atPath: directory + "/..data", withDestinationPath: "..2026_11_22_03_19_00.1")
            try manager.createSymbolicLink(
                atPath: directory + "/shop.yaml", withDestinationPath: "..data/shop.yaml")
            let files = try SyncConfiguration.files(in: directory)
            #expect(files.map(\.path) == [directory + "/shop.yaml"])
            #expect(try SyncConfiguration.read(files: files).applications.map(\.name) == ["shop"])
        }
    }

    @Test func `an empty directory has no files, one that is missing is an error`() throws {
        try withDirectory { directory in
            #expect(try SyncConfiguration.files(in: directory).isEmpty)
            #expect(
                report(directory + "/none") == """
                    error[file-unreadable]: cannot read the configuration directory \(directory)/none
                      = cause 1: No such file or directory
                    hint: check the path and its permissions
                    """)
            try write("", to: directory + "/a.yaml")
            #expect(report(directory + "/a.yaml").contains("cause 1: Not a directory"))
        }
    }

    @Test func `all files that can't be read are told`() throws {
        try withDirectory { directory in
            try FileManager.default.createSymbolicLink(
                atPath: directory + "/a.yaml", withDestinationPath: "..data/a.yaml")
            try FileManager.default.createDirectory(atPath: directory + "/b.yaml", withIntermediateDirectories: false)
            try write(String(repeating: "#", count: (1 << 20) + 1), to: directory + "/c.yaml")
            try write(String(repeating: "#", count: 1 << 20), to: directory + "/d.yaml")
            #expect(
                report(directory).split(separator: "\n").filter { $0.hasPrefix("error") } == [
                    "error[file-too-large]: \(directory)/c.yaml is larger than 1 MiB",
                    "error[file-unreadable]: \(directory)/b.yaml is not a file",
                    "error[file-unreadable]: cannot read \(directory)/a.yaml",
                ])
        }
    }

    @Test func `a directory with too many files is an error`() throws {
        try withDirectory { directory in
            for number in 0...SyncConfiguration.maximumFileCount { try write("", to: directory + "/\(number).yaml") }
            #expect(
                report(directory).hasPrefix("error[too-many-files]: \(directory) has 1001 files; at most 1000 are read")
            )
        }
    }
}
