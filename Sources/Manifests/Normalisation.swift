package import Resources

extension KubernetesObject {
    /// The object in the form in which it is sent and compared: without what a server would rewrite at once.
    ///
    /// A Secret's `stringData` becomes `data`, since as `stringData` it would never leave our ownership; where both have
    /// a key, `stringData` wins. Base64 loses its line breaks. Templates lose the `creationTimestamp: null` that
    /// generators write. Ports get the protocol that is a key of their list, and quantities become texts.
    package func normalised() -> KubernetesObject {
        var result = self
        if Redaction.isSecret(groupVersionKind.groupKind) { result.foldStringData() }
        result.fillInPortProtocols()
        result.writeQuantitiesAsText()
        for place in MetadataPlace.all(in: self) {
            result.value.removeNull("creationTimestamp", at: place.elements[...])
        }
        return result
    }

    private mutating func foldStringData() {
        var data = (value["data"]?.object ?? [:]).mapValues { value in
            value.string.flatMap(Base64.decode).map { Value.string(Base64.encode($0)) } ?? value
        }
        if let texts = value["stringData"]?.object {
            for (key, text) in texts {
                data[key] = text.string.map { .string(Base64.encode($0.utf8)) } ?? text
            }
        }
        value["stringData"] = nil
        if value["data"]?.object != nil || !data.isEmpty { value["data"] = .object(data) }
    }
}

extension Value {
    /// Removes a field that is null from the object at a path of fields.
    fileprivate mutating func removeNull(_ field: String, at path: ArraySlice<FieldPath.Element>) {
        guard case .field(let name)? = path.first else {
            if self[field]?.isNull == true { self[field] = nil }
            return
        }
        guard var child = self[name] else { return }
        child.removeNull(field, at: path.dropFirst())
        self[name] = child
    }
}
