package import Planning
package import Resources

/// Something that happened while a plan was executed; printers consume these and nothing else.
package struct RunEvent: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The run begins; the message says of how many steps.
        case started
        /// Another run holds the application's lock; the message says who.
        case locked
        /// The run's revision is recorded; the message is its number.
        case recorded
        /// The write of a step is under way.
        case applying
        /// The server accepted a write: the object was created, updated, adopted or replaced.
        case applied
        /// The step waits for the object's health; the message says for what.
        case waiting
        /// The object is healthy.
        case healthy
        /// A step failed; the message is the diagnosis.
        case failed
        /// A deletion is under way.
        case deleting
        /// The server accepted a deletion, also that of an object which is replaced.
        case deletionAccepted
        /// The object is gone or, without waiting, about to go.
        case deleted
        /// A pause holds the object's dependents back; the message says for what.
        case paused
        /// What a revision did is being undone, from here on; the message says of which revision and why.
        case rollingBack
        /// The object has been given back what it was.
        case restored
        /// The server warns about a write.
        case warning
        /// The run ends; the message sums it up.
        case finished
    }

    package let kind: Kind
    /// Nil for events of the run as a whole.
    package let object: ObjectIdentity?
    /// One sentence without a full stop; may be empty.
    package let message: String
    /// Since the start of the run.
    package let elapsed: Duration
    /// What the object was before a write and is after it, as far as that is known.
    package let digests: WriteDigests?

    package init(
        _ kind: Kind, _ object: ObjectIdentity? = nil, _ message: String = "", elapsed: Duration,
        digests: WriteDigests? = nil
    ) {
        self.kind = kind
        self.object = object
        self.message = message
        self.elapsed = elapsed
        self.digests = digests
    }

    /// The event as `-o json` prints it, one object a line.
    package var json: Value {
        var value: Value = ["type": .string(kind.rawValue), "elapsedSeconds": Value(elapsed.seconds)]
        if !message.isEmpty { value["message"] = .string(message) }
        if let object {
            value["object"] = [
                "group": .string(object.groupKind.group), "kind": .string(object.groupKind.kind),
                "namespace": .string(object.namespace), "name": .string(object.name),
            ]
        }
        return value
    }
}

/// What an object was before a write and is after it; nil where it did not exist, or nobody knows.
package struct WriteDigests: Hashable, Sendable {
    package let before: ObjectDigest?
    package let after: ObjectDigest?

    init(before: KubernetesObject?, after: KubernetesObject?) {
        self.before = before.map(ObjectDigest.init)
        self.after = after.map(ObjectDigest.init)
    }
}
