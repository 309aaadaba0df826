internal import KubeClient
internal import Resources

/// Finds out which objects do not exist at all, members or not, with one list of names a kind and namespace.
struct AbsenceReader {
    let client: KubeClient

    /// Those of the objects that are certainly not there. Where names may not be listed, none is certain.
    func absent(_ desired: [DesiredObject], limit: Int) async throws -> Set<ObjectIdentity> {
        let places = Dictionary(grouping: desired) { Place(resource: $0.resource, namespace: $0.object.namespace) }
        let found = try await concurrentMap(Array(places), limit: limit) { place, objects in
            guard let names = try await names(in: place) else { return [ObjectIdentity]() }
            return objects.map(\.identity).filter { !names.contains($0.name) }
        }
        return Set(found.joined())
    }

    private struct Place: Hashable, Sendable {
        let resource: APIResource
        let namespace: String
    }

    private func names(in place: Place) async throws -> Set<String>? {
        do {
            let namespace = place.resource.isNamespaced ? place.namespace : nil
            return Set(try await client.listMetadata(place.resource, namespace: namespace).items.map(\.name))
        } catch let error as APIError where error.isForbidden {
            return nil
        }
    }
}
