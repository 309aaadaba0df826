package import Resources

/// A kind as one version of an API group serves it.
package struct APIResource: Hashable, Sendable {
    package let groupVersionKind: GroupVersionKind
    /// The name in URLs, such as `deployments`.
    package let plural: String
    package let isNamespaced: Bool
    package let verbs: Set<String>
    /// Such as `status` and `scale`.
    package let subresources: Set<String>
    package let shortNames: [String]

    package init(
        _ groupVersionKind: GroupVersionKind,
        plural: String,
        isNamespaced: Bool,
        verbs: Set<String> = [],
        subresources: Set<String> = [],
        shortNames: [String] = []
    ) {
        self.groupVersionKind = groupVersionKind
        self.plural = plural
        self.isNamespaced = isNamespaced
        self.verbs = verbs
        self.subresources = subresources
        self.shortNames = shortNames
    }

    package var groupKind: GroupKind { groupVersionKind.groupKind }

    /// The path of the collection or, with a name, of one object; a namespace is left out of cluster-scoped ones.
    package func path(namespace: String? = nil, name: String? = nil, subresource: String? = nil) -> String {
        let group = groupVersionKind.group
        var path = group.isEmpty ? "/api/" : "/apis/\(URLText.escaped(group))/"
        path += URLText.escaped(groupVersionKind.version)
        if isNamespaced, let namespace, !namespace.isEmpty {
            path += "/namespaces/\(URLText.escaped(namespace))"
        }
        path += "/" + URLText.escaped(plural)
        if let name { path += "/" + URLText.escaped(name) }
        if let subresource { path += "/" + URLText.escaped(subresource) }
        return path
    }

    /// How messages name an object of the kind.
    package func identity(namespace: String?, name: String) -> ObjectIdentity {
        ObjectIdentity(groupKind: groupKind, namespace: isNamespaced ? namespace ?? "" : "", name: name)
    }
}

extension APIResource {
    package static let namespaces = APIResource(
        .init(apiVersion: "v1", kind: "Namespace"), plural: "namespaces", isNamespaced: false)
    package static let nodes = APIResource(.init(apiVersion: "v1", kind: "Node"), plural: "nodes", isNamespaced: false)
    package static let pods = APIResource(.init(apiVersion: "v1", kind: "Pod"), plural: "pods", isNamespaced: true)
    package static let events = APIResource(
        .init(apiVersion: "v1", kind: "Event"), plural: "events", isNamespaced: true)
    package static let configMaps = APIResource(
        .init(apiVersion: "v1", kind: "ConfigMap"), plural: "configmaps", isNamespaced: true)
    package static let horizontalPodAutoscalers = APIResource(
        .init(apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler"), plural: "horizontalpodautoscalers",
        isNamespaced: true)
    package static let secrets = APIResource(
        .init(apiVersion: "v1", kind: "Secret"), plural: "secrets", isNamespaced: true)
    package static let customResourceDefinitions = APIResource(
        .init(apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition"),
        plural: "customresourcedefinitions",
        isNamespaced: false
    )
}

/// Percent-encoding for the parts of request paths.
package enum URLText {
    /// The text with all but RFC 3986's unreserved characters and `:` escaped.
    package static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        var result = ""
        for byte in text.utf8 {
            if isPlain(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    /// `?a=b&c=d`; empty where there are no items.
    package static func query(_ items: [(name: String, value: String)]) -> String {
        if items.isEmpty { return "" }
        return "?" + items.map { "\($0.name)=\(escaped($0.value))" }.joined(separator: "&")
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
