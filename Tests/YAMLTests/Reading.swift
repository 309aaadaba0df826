import Resources
import Testing
import YAML

/// Reads a text that must be one document without errors.
func value(of text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> Value {
    try document(text, sourceLocation: sourceLocation).value
}

func document(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> YAMLDocument {
    let (documents, errors) = YAMLReader.documents(in: Array(text.utf8))
    try #require(errors.isEmpty && documents.count == 1, "\(errors)", sourceLocation: sourceLocation)
    return documents[0]
}

/// The errors of a text as `line:column: message`.
func errors(of text: String) -> [String] {
    errors(of: Array(text.utf8))
}

func errors(of bytes: [UInt8]) -> [String] {
    YAMLReader.documents(in: bytes).errors.map(\.description)
}
