import Foundation
import FoundationEssentials

/// The scenario files beside the sources.
enum SuiteFiles {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Scenarios"
    )
    .path

    static func text(of name: String) throws -> String {
        try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
    }

    static func scenarios() throws -> [Scenario] {
        try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".txt") }
            .sorted()
            .flatMap { try ScenarioReader.scenarios(inFile: "\(directory)/\($0)") }
    }
}
