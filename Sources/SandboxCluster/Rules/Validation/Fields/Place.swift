/// Where a field is in an object, put into words only where something is wrong with it.
///
/// The wording is that of k8s.io/apimachinery/pkg/util/validation/field/path.go: `spec.containers[0].image`,
/// `spec.resources.limits[cpu]`.
indirect enum Place: Sendable {
    case root
    case child(of: Place, String)
    case element(of: Place, Int)
    case entry(of: Place, String)

    subscript(name: String) -> Place { .child(of: self, name) }
    subscript(index: Int) -> Place { .element(of: self, index) }

    func key(_ key: String) -> Place { .entry(of: self, key) }

    /// The names of the object itself and of an empty name are those that Kubernetes gives to such paths.
    var text: String {
        switch self {
        case .root: "<nil>"
        case .child(of: .root, let name): name.isEmpty ? "[]" : name
        case .child(of: let parent, let name): "\(parent.text).\(name)"
        case .element(of: let parent, let index): "\(parent.text)[\(index)]"
        case .entry(of: let parent, let key): "\(parent.text)[\(key)]"
        }
    }
}
