internal import Planning
internal import Resources

/// How an application's revisions are written into Secrets, and read from them.
struct RevisionSecrets {
    static let type = "endstate.dev/revision.v1"
    static let applicationLabel = "endstate.dev/application"
    static let revisionLabel = "endstate.dev/revision"
    static let stateLabel = "endstate.dev/state"
    static let partLabel = "endstate.dev/part"
    static let recordAnnotation = "endstate.dev/record"
    static let contentsAnnotation = "endstate.dev/contents"
    static let key = "contents"

    let application: ApplicationIdentity

    var selector: String { "\(Self.applicationLabel)=\(application.name)" }

    func name(_ revision: Int, part: Int = 1) -> RevisionSecretName {
        RevisionSecretName(application: application, revision: revision, part: part)
    }

    func identity(_ name: RevisionSecretName) -> ObjectIdentity {
        ObjectIdentity(group: "", kind: "Secret", namespace: application.namespace, name: name.description)
    }

    /// The Secret whose existence makes the revision one.
    func main(_ revision: Revision, _ index: ContentsIndex, data: ArraySlice<UInt8>) -> KubernetesObject {
        var fields = record(revision, index)
        fields["name"] = .string(name(revision.number).description)
        fields["namespace"] = .string(application.namespace)
        for (label, value) in labels(revision.number) { fields["labels"]?[label] = .string(value) }
        return secret(fields, data)
    }

    func part(_ number: Int, of revision: Int, data: ArraySlice<UInt8>) -> KubernetesObject {
        var labels = labels(revision)
        labels[Self.partLabel] = String(number)
        let metadata: Value = [
            "name": .string(name(revision, part: number).description),
            "namespace": .string(application.namespace),
            "labels": .object(labels.mapValues(Value.string)),
        ]
        return secret(metadata, data)
    }

    /// A main Secret's metadata, as far as it says what the revision is.
    func record(_ revision: Revision, _ index: ContentsIndex) -> Value {
        [
            "labels": [Self.stateLabel: .string(revision.state.rawValue)],
            "annotations": [
                Self.recordAnnotation: .string(revision.json.json),
                Self.contentsAnnotation: .string(index.json.json),
            ],
        ]
    }

    func data(_ bytes: ArraySlice<UInt8>) -> Value {
        [Self.key: .string(Base64.encode(bytes))]
    }

    private func labels(_ revision: Int) -> [String: String] {
        [Self.applicationLabel: application.name, Self.revisionLabel: String(revision)]
    }

    private func secret(_ metadata: Value, _ bytes: ArraySlice<UInt8>) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "v1", "kind": "Secret", "type": .string(Self.type), "metadata": metadata, "data": data(bytes),
        ])
    }
}

// MARK: reading
extension RevisionSecrets {
    /// Reads a main Secret, of which the metadata is enough.
    /// - Throws: a diagnostic of code `revision-unreadable`.
    func recorded(_ secret: KubernetesObject) throws(Diagnostic) -> RecordedRevision {
        let identity = ObjectIdentity(group: "", kind: "Secret", namespace: application.namespace, name: secret.name)
        let revision = try Revision(
            json: try annotation(Self.recordAnnotation, of: secret, identity), secret: identity)
        guard secret.name == name(revision.number).description else {
            throw Diagnostic.unreadableRevision(identity, "it is the record of revision \(revision.number)")
        }
        let contents = ContentsIndex(json: try annotation(Self.contentsAnnotation, of: secret, identity))
        guard let contents, let uid = secret.uid, let resourceVersion = secret.resourceVersion else {
            throw Diagnostic.unreadableRevision(identity, "it doesn't say where its contents are")
        }
        return RecordedRevision(
            revision: revision, secret: identity, uid: uid, resourceVersion: resourceVersion, contents: contents)
    }

    private func annotation(
        _ name: String, of secret: KubernetesObject, _ identity: ObjectIdentity
    ) throws(Diagnostic) -> Value {
        guard let text = secret.annotations[name] else {
            throw Diagnostic.unreadableRevision(identity, "it has no annotation \(name)")
        }
        do throws(JSONError) {
            return try Value(json: text)
        } catch {
            throw Diagnostic.unreadableRevision(identity, "its annotation \(name) is no valid JSON")
        }
    }
}
