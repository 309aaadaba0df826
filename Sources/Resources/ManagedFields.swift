/// An entry of `metadata.managedFields`: who last wrote which fields, and how.
package struct ManagedFieldsEntry: Hashable, Sendable {
    package var manager: String
    /// `Apply` or `Update`.
    package var operation: String
    /// The version of the object that the fields are fields of.
    package var apiVersion: String
    /// Empty for the object itself; else `status`, `scale` and the like (servers before 1.22 never name one).
    package var subresource: String
    /// The fields as the server has them, unparsed.
    package var fieldsV1: Value
    /// Everything else of the entry, such as its `time`.
    package var others: [String: Value]

    package init?(_ value: Value) {
        guard var fields = value.object else { return nil }
        func take(_ name: String) -> String { fields.removeValue(forKey: name)?.string ?? "" }
        manager = take("manager")
        operation = take("operation")
        apiVersion = take("apiVersion")
        subresource = take("subresource")
        fieldsV1 = fields.removeValue(forKey: "fieldsV1") ?? .object([:])
        others = fields
    }

    /// The entry as it stands in an object.
    package var value: Value {
        var fields = others
        fields["manager"] = .string(manager)
        fields["operation"] = .string(operation)
        fields["apiVersion"] = .string(apiVersion)
        fields["subresource"] = subresource.isEmpty ? nil : .string(subresource)
        fields["fieldsV1"] = fieldsV1
        return .object(fields)
    }

    /// Whether this is what a manager has applied to the object itself.
    package func isApply(by manager: String) -> Bool {
        operation == "Apply" && subresource.isEmpty && self.manager == manager
    }
}

extension KubernetesObject {
    /// `metadata.managedFields`; empty where the object has none.
    package var managedFields: [ManagedFieldsEntry] {
        (metadata["managedFields"]?.array ?? []).compactMap(ManagedFieldsEntry.init)
    }
}
