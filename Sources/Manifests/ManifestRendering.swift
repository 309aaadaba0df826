package import Resources
internal import YAML

/// Objects as YAML text.
package enum ManifestRendering {
    /// Any value as one YAML document, with a line feed at its end.
    package static func text(of value: Value) -> String {
        let text = YAMLWriter.text(of: value)
        return text.hasSuffix("\n") ? text : text + "\n"
    }

    /// The objects as documents of one YAML stream, in their order.
    /// - Parameter revealsSecrets: whether Secrets' values are shown; they are masked otherwise.
    package static func text(of objects: [KubernetesObject], revealsSecrets: Bool = false) -> String {
        objects.map { object in
            let shown = revealsSecrets ? object : Redaction.masked(object)
            let text = YAMLWriter.text(of: shown.value)
            return "---\n" + text + (text.hasSuffix("\n") ? "" : "\n")
        }.joined()
    }
}
