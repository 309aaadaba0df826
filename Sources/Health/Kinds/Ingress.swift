internal import Resources

/// Ingress: has an address where its class gives one; else exists.
enum IngressHealth {
    @Sendable static func assess(_ ingress: KubernetesObject, context: HealthContext) -> ObjectHealth {
        let addresses = loadBalancerAddresses(of: ingress)
        if !addresses.isEmpty {
            return .current("HasAddress", "its address is \(addresses.joined(separator: ", "))")
        }
        guard let name = className(of: ingress, default: context.defaultIngressClass),
            context.addressGivingIngressClasses.contains(name)
        else { return .current("Exists", "the Ingress exists") }
        return .inProgress("NoAddress", "waits for an address from IngressClass \(name)")
    }

    /// The class by the field, by the annotation that came before it, or the given one.
    static func className(of ingress: KubernetesObject, default defaultName: String?) -> String? {
        ingress.spec["ingressClassName"]?.nonEmptyString
            ?? ingress.annotations["kubernetes.io/ingress.class"]
            ?? defaultName
    }
}
