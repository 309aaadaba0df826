package import Resources

/// What Kubernetes' decoder makes of an object before anyone looks at it: the scheme's defaults, and the traces of a round
/// trip through Go's types.
///
/// Defaults that depend on other objects or on what is done are not here, but in `Strategy` and `Admission`.
package enum Defaults {
    /// Applies the defaults of a built-in kind (`SetDefaults_…` in pkg/apis/*/v1/defaults.go), and writes quantities, times
    /// and absent values as the server does. Doing it twice changes nothing more. Of kinds that are unknown here only the
    /// metadata is touched.
    package static func apply(
        to object: inout Value, as kind: GroupVersionKind, version: KubernetesVersion = .newest
    ) {
        let trip = GoRoundTrip(types: .builtIn, version: version)
        guard let place = trip.types.place(of: kind) else { return applyToMetadata(of: &object, trip) }
        object.editFields { fields in
            trip.apply(place, to: &fields)
            fields.edit("metadata") { $0.removeNulls() }
        }
    }

    /// Applies the defaults of a custom resource's structural schema
    /// (apiextensions-apiserver/pkg/apiserver/schema/defaulting): a field that is missing, or null although it may not be,
    /// gets its default; a null that may not be and has no default goes.
    package static func applyCustom(
        to object: inout Value, type: SchemaType, registry: SchemaRegistry, keepsNulls: Bool = false
    ) {
        CustomDefaults(registry: registry, keepsNulls: keepsNulls).apply(type, to: &object)
        applyToMetadata(of: &object, GoRoundTrip(types: .builtIn, version: .newest))
    }

    /// A whole object's time of creation comes from the server: it is not written as null, as a template's is.
    private static func applyToMetadata(of object: inout Value, _ trip: GoRoundTrip) {
        guard let place = trip.types.place(of: "ObjectMeta", in: "meta") else { return }
        object.editFields { fields in
            fields.edit("metadata") { metadata in
                trip.apply(place, to: &metadata)
                metadata.removeNulls()
            }
        }
    }
}
