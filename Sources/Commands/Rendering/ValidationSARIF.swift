internal import Resources

/// What `validate` has found in the static analysis format of OASIS, version 2.1.0.
struct ValidationSARIF {
    let diagnostics: [Diagnostic]
    /// What the places' files are relative to: a path below the repository's root, or an absolute one.
    let folder: String

    var value: Value {
        let rules = Set(diagnostics.map(\.code)).sorted().map { code -> Value in ["id": .string(code)] }
        return [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                [
                    "tool": [
                        "driver": [
                            "name": "endstate", "version": .string(Version.current),
                            "rules": .array(rules),
                        ]
                    ],
                    "results": .array(diagnostics.map(result)),
                ]
            ],
        ]
    }

    private func result(_ diagnostic: Diagnostic) -> Value {
        let text = ([diagnostic.message] + diagnostic.causes + [diagnostic.hint].compactMap(\.self)).joined(
            separator: ". ")
        var value: Value = [
            "ruleId": .string(diagnostic.code), "level": .string(diagnostic.severity.rawValue),
            "message": ["text": .string(text)],
        ]
        if let place = diagnostic.location {
            value["locations"] = [
                [
                    "physicalLocation": [
                        "artifactLocation": ["uri": .string(uri(place.file))],
                        "region": [
                            "startLine": .integer(Int64(place.line)), "startColumn": .integer(Int64(place.column)),
                        ],
                    ]
                ]
            ]
        }
        return value
    }

    private func uri(_ file: String) -> String {
        let path = folder.isEmpty ? file : "\(folder)/\(file)"
        return (path.hasPrefix("/") ? "file://" : "") + percentEncoded(path)
    }

    /// The path with all bytes escaped but those that mean nothing in a URI (RFC 3986, 2.3) and slashes.
    private func percentEncoded(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII, scalar.properties.isAlphabetic || "0123456789-._~/".unicodeScalars.contains(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
