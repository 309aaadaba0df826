internal import Resources

/// Who owns fields: an entry of `metadata.managedFields` without what changes about it.
struct FieldManager: Hashable {
    var name: String
    var isApplier: Bool
    /// Empty for those that apply: they are the same in all versions.
    var apiVersion: String
    /// Empty for the object itself.
    var subresource: String

    /// Who makes a request.
    init(_ name: String, isApplier: Bool, apiVersion: String, subresource: String) {
        self.init(
            name: name.isEmpty ? "unknown" : name, isApplier: isApplier, apiVersion: apiVersion,
            subresource: subresource)
    }

    /// Who an entry names.
    init(name: String, isApplier: Bool, apiVersion: String, subresource: String) {
        self.name = name
        self.isApplier = isApplier
        self.apiVersion = isApplier ? "" : apiVersion
        self.subresource = subresource
    }

    /// What the server sorts managers by (`BuildManagerIdentifier`).
    var identifier: String {
        let parts = [
            name.isEmpty ? nil : "\"manager\":\(Value.string(name).json)",
            "\"operation\":\"\(operation)\"",
            apiVersion.isEmpty ? nil : "\"apiVersion\":\"\(apiVersion)\"",
            subresource.isEmpty ? nil : "\"subresource\":\"\(subresource)\"",
        ]
        return "{" + parts.compactMap(\.self).joined(separator: ",") + "}"
    }

    var operation: String { isApplier ? "Apply" : "Update" }

    /// The manager as conflicts name it (`printManager`).
    var text: String {
        var text = GoSyntax.quoted(name)
        if !subresource.isEmpty { text += " with subresource \(GoSyntax.quoted(subresource))" }
        return isApplier ? text : text + " using \(apiVersion)"
    }
}
