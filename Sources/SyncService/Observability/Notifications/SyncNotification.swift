package import FoundationEssentials
package import Resources

/// Something that people are told of when they don't look.
package struct SyncNotification: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A run has brought the application to a new state.
        case success
        /// A run has failed.
        case failure
        /// A run has failed, and the state before it is back.
        case rollback
        /// The cluster differs from the manifests.
        case drift
        /// The application has failed so often that no more runs are made.
        case breaker
    }

    package var kind: Kind
    package var application: String
    package var cluster: String
    /// The commit.
    package var revision: String
    /// The first line of the commit's message.
    package var subject: String
    /// What has happened, in a sentence.
    package var message: String
    /// What it is about.
    package var objects: [ObjectIdentity]
    package var run: RunID
    package var time: Date

    package init(
        _ kind: Kind, application: String, cluster: String, revision: String, subject: String, message: String,
        objects: [ObjectIdentity] = [], run: RunID, time: Date
    ) {
        self.kind = kind
        self.application = application
        self.cluster = cluster
        self.revision = revision
        self.subject = subject
        self.message = message
        self.objects = objects
        self.run = run
        self.time = time
    }

    /// How many objects a payload names; of the others it says how many they are.
    static let mostObjects = 10
    /// The longest message in a generic payload, in UTF-16 code units.
    static let longestMessage = 8000
    /// The longest of all other texts.
    static let longestName = 300

    /// The body of a request to a target of the format.
    package func payload(_ format: NotificationTarget.Format) -> [UInt8] {
        switch format {
        case .generic: genericPayload.jsonBytes
        case .slack: slackPayload.jsonBytes
        }
    }
}

/// Text in a payload.
enum PayloadText {
    /// The text without what a terminal obeys, cut where it is longer than the limit, which counts UTF-16 code units.
    ///
    /// - Parameter escape: what stands for a character; it is never cut apart.
    static func cut(_ text: String, to limit: Int, escape: (Character) -> String = { String($0) }) -> String {
        // What is longer than the limit as it is won't be shorter with its escapes.
        let pieces = Printable.escaped(String(text.unicodeScalars.prefix(limit + 1))).map(escape)
        guard pieces.reduce(0, { $0 + $1.utf16.count }) > limit else { return pieces.joined() }
        var room = limit - 1
        let fitting = pieces.prefix { piece in
            room -= piece.utf16.count
            return room >= 0
        }
        return fitting.joined() + "…"
    }
}
