/// A difference that is meant to be, and is named in the documentation; one that is no more makes the suite fail.
struct KnownDifference: Hashable, Sendable {
    let scenario: String
    /// Nil for all steps of the scenario.
    let step: Int?
    /// A path of a difference, or, with `*` at its end, how such paths begin.
    let path: String
    let reason: String

    func covers(_ difference: Difference) -> Bool {
        guard difference.scenario == scenario, step == nil || step == difference.step else {
            return false
        }
        return path.hasSuffix("*")
            ? difference.path.hasPrefix(path.dropLast()) : difference.path == path
    }
}

extension KnownDifference {
    /// Where a reason shows: in all that the steps of a scenario answer, unless a path says where in it.
    private struct Place {
        let scenario: String
        let steps: [Int]
        var path = "*"
    }

    static let all: [KnownDifference] = reasons.flatMap { reason, places in
        places.flatMap { place in
            place.steps.map {
                KnownDifference(scenario: place.scenario, step: $0, path: place.path, reason: reason)
            }
        }
    }

    /// Each is told in docs/sandbox.md.
    private static let reasons: [String: [Place]] = [
        "what can't be applied is refused earlier, and with a reason where 1.20 fails": [
            Place(scenario: "apply-requests: other kinds and versions than the path's", steps: [1, 4]),
            Place(scenario: "apply-requests: wrong types", steps: [9, 11]),
            Place(scenario: "apply-subresources: status of a Service", steps: [2, 3]),
        ],
        "documents are read strictly: a key that is there twice is an error, and errors have other words": [
            Place(scenario: "apply-requests: bodies that are none", steps: [3], path: "body.message"),
            Place(scenario: "apply-requests: YAML as it comes", steps: [2, 3]),
            Place(scenario: "create: duplicate fields and odd case", steps: [1]),
        ],
        "versions of kinds that are no longer there are not served": [
            Place(
                scenario: "create: other kinds, versions and namespaces than the path's", steps: [10],
                path: "body.message"),
            Place(scenario: "paths: older versions of a kind", steps: [2, 3, 4, 5]),
            Place(scenario: "paths: documents of the server", steps: [12], path: "body.resources[2]"),
            Place(scenario: "paths: documents of the server", steps: [13], path: "body.versions[1]"),
        ],
        "discovery tells no hashes of storage versions, and what newer versions serve": [
            Place(
                scenario: "definitions: one comes, serves and goes", steps: [5],
                path: "body.resources[0].storageVersionHash"),
            Place(scenario: "paths: documents of the server", steps: [9, 10, 11, 12], path: "body.resources[*"),
            Place(scenario: "paths: documents of the server", steps: [14], path: "body.serverAddressByClientCIDRs*"),
            Place(scenario: "paths: discovery of core and batch", steps: Array(1...9), path: "body.resources*"),
        ],
        "unknown paths outside of the API are not answered with a list of those that there are": [
            Place(scenario: "paths: groups, versions and kinds that are not there", steps: [8, 14], path: "body.*"),
            Place(scenario: "paths: documents of the server", steps: [6], path: "body.*"),
        ],
        "events are served in the core group alone": [
            Place(scenario: "paths: versions of events", steps: [2]),
            Place(scenario: "reviews-and-events: events of the core group", steps: [3]),
            Place(scenario: "reviews-and-events: events that are no good", steps: [5, 7]),
        ],
        "tables don't describe the columns of built-in kinds, and are of meta.k8s.io/v1": [
            Place(scenario: "get-list: tables", steps: [2, 3, 4, 5, 7, 9, 10], path: "body.columnDefinitions*"),
            Place(scenario: "get-list: tables", steps: [12]),
            Place(scenario: "watch: tables", steps: [2], path: "body[0].object.columnDefinitions*"),
        ],
        "the only user may do everything, and nothing else is told of its rights": [
            Place(scenario: "reviews-and-events: access reviews", steps: [1, 2, 3, 4, 5])
        ],
        "what has a wrong type is told in other words": [
            Place(scenario: "custom-resources: embedded objects", steps: [3], path: "body.message"),
            Place(scenario: "json-patch: what must not change", steps: [8], path: "body.*"),
            Place(scenario: "merge-patch: what must not change", steps: [5], path: "body.*"),
            Place(scenario: "strategic-patch: the order of elements", steps: [6], path: "body.message"),
            Place(scenario: "strategic-patch: wrong types and unknown fields", steps: [2, 4, 7], path: "body.*"),
            Place(scenario: "update: immutable fields", steps: [13], path: "body.*"),
        ],
        "managers of different versions of a custom resource are not told from each other's fields": [
            Place(scenario: "custom-resources: two versions of one object", steps: [5, 6], path: "body.*"),
            Place(scenario: "paths: versions of a group", steps: [8, 9]),
            Place(
                scenario: "paths: versions of a group", steps: [7], path: "body.metadata.managedFields[0].fieldsV1*"),
        ],
        "there are no tokens of service accounts": [
            Place(scenario: "defaults-workloads: a Pod gets its account's token", steps: [1], path: "body.spec.*")
        ],
        "nobody owns what the server takes from another field or does not keep": [
            Place(
                scenario: "defaults-workloads: a StatefulSet, a DaemonSet and a ReplicaSet", steps: [2],
                path: "body.metadata.managedFields[0].fieldsV1*"),
            Place(
                scenario: "defaults-workloads: a Job and a CronJob", steps: [2],
                path: "body.metadata.managedFields[0].fieldsV1*"),
            Place(
                scenario: "validation-others: Services", steps: [18], path: "body.metadata.managedFields[0].fieldsV1*"),
        ],
        "controllers do at once what real ones do soon": [
            Place(scenario: "subresources: status of built-in kinds", steps: [4], path: "body.*")
        ],
        "a JSON patch compares numbers, not how they are written": [
            Place(scenario: "json-patch: numbers and texts in tests", steps: [4])
        ],
        "a patch without a body is of no known type, rather than not acceptable": [
            Place(scenario: "merge-patch: patches that are none", steps: [8])
        ],
        "an address that is free again is the next one to be handed out": [
            Place(scenario: "defaults-others: Services change their type", steps: [8], path: "body.spec.clusterIP*")
        ],
        "of a Service without its addresses one fault is told, not two": [
            Place(scenario: "defaults-others: Services change their type", steps: [10], path: "body.*")
        ],
        "all faults of a definition's schema are told at once": [
            Place(scenario: "definitions: schemas that are not structural", steps: [7], path: "body.*")
        ],
        "paths below `watch/` are not served": [
            Place(scenario: "watch: one object by its name", steps: [7])
        ],
    ]
}
