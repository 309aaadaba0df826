/// The version of Kubernetes whose API a sandbox serves: 1.`minor`.
///
/// It decides what changed between versions and shows on the wire: `subresource` in managed fields (1.22), `fieldValidation`
/// (1.25), aggregated discovery (1.26). Fields that came later than it are accepted all the same.
package struct KubernetesVersion: Hashable, Sendable {
    package let minor: Int

    package init(minor: Int) {
        self.minor = minor
    }

    package static let newest = KubernetesVersion(minor: 32)

    package var gitVersion: String { "v1.\(minor).0+endstate-sandbox" }
    package var recordsSubresources: Bool { minor >= 22 }
    package var validatesFields: Bool { minor >= 25 }
    package var aggregatesDiscovery: Bool { minor >= 26 }
}
