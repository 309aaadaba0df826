internal import KubeClient
package import Planning
internal import Resources

extension RevisionStore {
    /// Records a new revision: its parts first, the main Secret last.
    /// - Throws: also a diagnostic of code `revision-exists` where there is one of its number: another run came first.
    package func create(_ revision: Revision, _ contents: RevisionContents) async throws -> RecordedRevision {
        let packed = try PackedContents(contents, partSize: partSize, avoiding: [])
        // Parts that are there already are those of a run that was killed before it wrote the main Secret.
        try await writeParts(packed, of: revision.number)
        let main = secrets.main(revision, packed.index, data: packed.first)
        do {
            return try secrets.recorded(
                try await repeating { try await client.create(main, as: .secrets).object })
        } catch let error as APIError where error.isAlreadyExists {
            // The first of two tries may have done it.
            guard let existing = try await current(revision.number), existing.says(revision, packed.index) else {
                throw refusal("revision-exists", revision.number, "exists already: another run came first")
            }
            return existing
        }
    }

    /// Changes what the record says of the revision; its contents stay.
    /// - Throws: also a diagnostic of code `revision-changed` or `revision-missing` where something else has changed or
    ///   deleted it since it was read.
    package func update(_ recorded: RecordedRevision, to revision: Revision) async throws -> RecordedRevision {
        try await commit(revision, recorded.contents, over: recorded, data: nil)
    }

    /// Gives the revision other contents.
    ///
    /// New parts get numbers that the present contents don't use, and the main Secret's write makes them the revision's:
    /// until then the old contents can be read, and from then on the new ones. The old parts are left to `prune`, or to
    /// the next contents that use their numbers.
    /// - Throws: as `update`.
    package func replace(
        _ recorded: RecordedRevision, revision: Revision, contents: RevisionContents
    ) async throws -> RecordedRevision {
        let packed = try PackedContents(contents, partSize: partSize, avoiding: recorded.contents.parts)
        try await writeParts(packed, of: recorded.number)
        return try await commit(revision, packed.index, over: recorded, data: packed.first)
    }

    private func writeParts(_ packed: PackedContents, of revision: Int) async throws {
        for (number, bytes) in zip(packed.index.parts, packed.rest) {
            let part = secrets.part(number, of: revision, data: bytes)
            _ = try await repeating {
                try await client.apply(part, as: .secrets, options: ApplyOptions(force: true))
            }
        }
    }

    /// Writes the main Secret if it is still as it was read.
    private func commit(
        _ revision: Revision, _ index: ContentsIndex, over recorded: RecordedRevision, data: ArraySlice<UInt8>?
    ) async throws -> RecordedRevision {
        do {
            return try await patch(revision, index, recorded.resourceVersion, data)
        } catch let error as APIError where error.isConflict || error.isNotFound {
            guard let current = try await current(recorded.number), current.uid == recorded.uid else {
                throw refusal("revision-missing", recorded.number, "has been deleted during the run")
            }
            // An earlier try, of which the answer was lost, may have done it.
            if current.says(revision, index) { return current }
            guard current.says(recorded.revision, recorded.contents) else {
                throw refusal("revision-changed", recorded.number, "has been changed by something else during the run")
            }
            return try await patch(revision, index, current.resourceVersion, data)
        }
    }

    private func patch(
        _ revision: Revision, _ index: ContentsIndex, _ resourceVersion: String, _ data: ArraySlice<UInt8>?
    ) async throws -> RecordedRevision {
        var metadata = secrets.record(revision, index)
        metadata["resourceVersion"] = .string(resourceVersion)
        var change: Value = ["metadata": metadata]
        change["data"] = data.map(secrets.data)
        let name = secrets.name(revision.number).description
        let written = try await repeating {
            try await client.patch(.secrets, namespace: application.namespace, name: name, .merge(change)).object
        }
        return try secrets.recorded(written)
    }

    private func current(_ number: Int) async throws -> RecordedRevision? {
        let name = secrets.name(number).description
        let secret = try await client.get(.secrets, namespace: application.namespace, name: name)
        return try secret.map { try secrets.recorded($0) }
    }

    /// Once more, where nobody knows whether the write was carried out.
    private func repeating<T: Sendable>(_ write: () async throws -> T) async throws -> T {
        do {
            return try await write()
        } catch  where Self.isOutcomeUnknown(error) {
            try await client.clock.sleep(for: .seconds(1))
            return try await write()
        }
    }

    private static func isOutcomeUnknown(_ error: any Error) -> Bool {
        switch error {
        case let error as APIError: error.status >= 500
        case let error as KubeClientError: [.connectionLost, .timedOut, .invalidResponse].contains(error.code)
        default: false
        }
    }

    private func refusal(_ code: String, _ number: Int, _ message: String) -> Diagnostic {
        Diagnostic(
            code: code,
            "revision \(number) of application \(application) \(message)",
            hint: "look at the revisions (endstate history), and run again"
        )
    }
}

/// Contents as they go into Secrets.
struct PackedContents {
    let index: ContentsIndex
    /// The main Secret's part.
    let first: ArraySlice<UInt8>
    /// Those of the Secrets that the index names.
    let rest: [ArraySlice<UInt8>]

    /// - Parameter taken: numbers that no part may have.
    init(_ contents: RevisionContents, partSize: Int, avoiding taken: [Int]) throws {
        let json = contents.json.jsonBytes
        guard json.count <= Compression.largestSize else {
            throw Diagnostic(
                code: "revision-too-large",
                "the application's objects are \(json.count >> 20) MiB large, and a revision records at most "
                    + "\(Compression.largestSize >> 20) MiB",
                hint: "divide the objects among several applications"
            )
        }
        let bytes = try Compression.compress(json)
        let parts = stride(from: 0, to: bytes.count, by: partSize).map {
            bytes[$0..<min($0 + partSize, bytes.count)]
        }
        first = parts.first ?? []
        rest = Array(parts.dropFirst())
        index = ContentsIndex(
            digest: RevisionContents.digest(of: bytes),
            size: json.count,
            parts: Array((2...).lazy.filter { !taken.contains($0) }.prefix(rest.count)),
            writing: String(UInt64.random(in: .min ... .max), radix: 16)
        )
    }
}
