import Resources
import Testing

@testable import SandboxCluster

/// What API servers of version 1.20.2 made of objects, from decoding to storing them.
struct ServerCaseTests {
    @Test(arguments: ServerCase.all)
    func `an object comes out as a server makes it`(_ observed: ServerCase) throws {
        let given = try Value(json: observed.given)
        var object = Self.placed(given)
        var expected = try object.changed(by: observed.changes)
        expected["metadata"]?["uid"] = nil

        let resource = Self.resource(of: object, hasStatus: expected["status"] != nil)
        Defaults.apply(to: &object, as: resource.kind, version: .v1_20)
        try Admission.admit(&object, old: nil, of: resource, dryRun: true, in: RulesView.shop, version: .v1_20)
        Strategy.prepareForCreate(&object, of: resource, in: RulesView.shop, dryRun: true, version: .v1_20)

        object["metadata"]?["uid"] = nil
        #expect(object.differences(from: expected) == [])
    }

    @Test(arguments: ServerCase.all)
    func `defaults that are applied again change nothing`(_ observed: ServerCase) throws {
        var object = try Value(json: observed.given)
        let kind = KubernetesObject(object).groupVersionKind
        for version in [KubernetesVersion.v1_20, .newest] {
            Defaults.apply(to: &object, as: kind, version: version)
            let once = object
            Defaults.apply(to: &object, as: kind, version: version)
            #expect(object.differences(from: once) == [])
        }
    }

    private static func placed(_ given: Value) -> Value {
        var object = given
        object["metadata"]?["uid"] = "uid-1"
        let isClusterWide = ServerCase.clusterKinds.contains(object["kind"]?.string ?? "")
        if !isClusterWide { object["metadata"]?["namespace"] = "shop" }
        return object
    }

    private static func resource(of object: Value, hasStatus: Bool) -> ResourceDefinition {
        let kind = KubernetesObject(object).groupVersionKind
        return .of(kind, isNamespaced: !ServerCase.clusterKinds.contains(kind.kind), hasStatus: hasStatus)
    }
}
