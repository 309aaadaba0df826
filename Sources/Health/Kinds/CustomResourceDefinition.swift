internal import Resources

/// CustomResourceDefinition: established; names that another one holds are failed.
enum CustomResourceDefinitionHealth {
    static func assess(_ definition: KubernetesObject) -> ObjectHealth {
        if let names = definition.condition("NamesAccepted"), names.isFalse {
            return .failed(names.reason ?? "NamesNotAccepted", names.text(or: "its names are not accepted"))
        }
        let established = definition.condition("Established")
        if let established, established.isTrue {
            return .current("Established", "the definition is established")
        }
        if let established, established.isFalse, let reason = established.reason, reason != "Installing" {
            return .failed(reason, established.text(or: "the definition cannot be established"))
        }
        return .inProgress("Installing", "the server has not yet established the definition")
    }
}
