import Resources

/// A sequence of requests that are sent in order, and whose answers must be the same from every API server.
struct Scenario: Sendable {
    enum Tag: String, Sendable {
        /// Needs a namespace of its own: removes it, or leaves something in it that later scenarios would meet.
        case fresh
        /// Controllers work on its objects: status, versions, and what the controller manager owns are left out.
        case workload
        /// Its objects may be touched by others meanwhile: versions are left out.
        case unversioned
    }

    /// The name of its file and its heading.
    var title: String
    var tags: Set<Tag> = []
    var steps: [Step] = []
}

/// One line of a scenario with the body below it.
struct Step: Sendable {
    enum Verb: String, Sendable {
        case apply, create, update, merge, json, strategic, get, delete, watch
        /// Requests that are sent as they stand, without `apiVersion`, `kind` and name being filled in.
        case rawGet = "GET"
        case rawPost = "POST"
        case rawPut = "PUT"
        case rawPatch = "PATCH"
        case rawDelete = "DELETE"
        /// The clock moves on, so that a time that is written anew differs.
        case tick
        /// Asks until a field has a value (`wait PATH until status.phase=Bound`), or the object is gone (`until gone`).
        case wait
    }

    var number: Int
    var verb: Verb
    /// As written: with placeholders, not encoded, and short (`v1/configmaps/a`) or from the root.
    var path = ""
    /// Query parameters that words such as `by` and `dry` stand for.
    var query: [String] = []
    var contentType: String?
    var accept: String?
    /// The name by which later steps refer to the answer.
    var capture: String?
    var condition: String?
    var body: String?
    /// The first line, for reports.
    var text: String

    var isWatch: Bool { verb == .watch || path.contains("watch=") }
}

/// Why a scenario can't be read or played.
struct ScenarioError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
