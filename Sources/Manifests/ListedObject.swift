internal import Resources
internal import YAML

/// An object of a document: the document's own or an item of a List in it.
struct ListedObject {
    var value: Value
    /// Where it stands in the document.
    let path: FieldPath
    let isListed: Bool

    /// Every object of a document, Lists in Lists included, in their order; an empty List has none.
    ///
    /// What a List is, and that its items may lack apiVersion and kind, follows apimachinery's
    /// `unstructured.UnstructuredJSONScheme`.
    static func all(in document: Value) -> [ListedObject] {
        var found: [ListedObject] = []
        // A stack, since Lists may be nested deeper than calls can be.
        var pending = [ListedObject(value: document, path: FieldPath(), isListed: false)]
        while let next = pending.popLast() {
            guard let items = next.items else {
                found.append(next)
                continue
            }
            pending += items.reversed()
        }
        return found
    }

    func manifest(positions: Positions, source: SourceText) -> Manifest {
        Manifest(object: KubernetesObject(value), source: source, positions: positions, root: path)
    }

    /// The items of a List; nil where the object is none.
    private var items: [ListedObject]? {
        guard let kind = value["kind"]?.string, kind.hasSuffix("List"), let items = value["items"]?.array else {
            return nil
        }
        return items.enumerated().map { index, item in
            ListedObject(
                value: typed(item, listKind: kind),
                path: path.appending("items").appending(.index(index)),
                isListed: true
            )
        }
    }

    private func typed(_ item: Value, listKind: String) -> Value {
        guard listKind != "List", case .object = item, item["apiVersion"] == nil, item["kind"] == nil else {
            return item
        }
        var result = item
        result["apiVersion"] = value["apiVersion"]
        result["kind"] = .string(String(listKind.dropLast("List".count)))
        return result
    }
}
