internal import Manifests
internal import Resources

/// Values as YAML that is safe to print.
enum YAMLText {
    static func lines(of value: Value) -> [String] {
        ManifestRendering.text(of: value).split(separator: "\n").map { Printable.escaped(String($0)) }
    }

    static func document(_ value: Value) -> String {
        lines(of: value).joined(separator: "\n") + "\n"
    }
}
