import Commands
import KubeClient
import Resources
import Testing

/// One row of the rollback matrix: a kind, and a second revision that fails because of it or after it.
///
/// Besides the object under test there are, in each row, objects that it depends on (ConfigMap `base`, which changes, and
/// ConfigMap `extra`, which the second revision creates) and objects that depend on it. Where the change is bad itself,
/// these are never reached (ConfigMap `after`); else they are created (ConfigMap `late`) and fail (Deployment `web`).
struct RollbackRow: Sendable, CustomTestStringConvertible {
    enum Change: Sendable {
        /// The object under test does not become healthy by it.
        case bad
        /// The object under test becomes healthy, and what depends on it fails.
        case good
    }

    let title: String
    let change: Change
    /// The object under test, as `config.kubernetes.io/depends-on` names it.
    let reference: String
    /// Its manifests of the first revision and of the second; `NS` is the namespace, `AFTER` the annotation that tells
    /// what it depends on.
    let manifests: [String]
    /// Manifests that are the same in both revisions.
    var besides = ""
    /// What the plan tells that can't be undone.
    var told: [String] = []
    /// What the report of the run says.
    var reported: [String] = []
    var status = Commands.ExitStatus.rolledBack
    /// Fields that the server or a controller fills in anew: paths of object fields.
    var volatile: [[String]] = []
    /// Whether the object under test is another one of the same name afterwards.
    var isRecreated = false
    /// Makes what is in the namespace before the first revision.
    var prepare: @Sendable (String, KubeClient) async throws -> Void = { _, _ in }
    /// The oldest server that can apply the kind at all; an older one must refuse before anything is written.
    var oldestServer = ServerVersion(major: 1, minor: 16)

    var testDescription: String { title }

    private var existsBefore: Bool { !manifests[0].isEmpty }

    /// The files of a revision, counted from 1.
    func files(of revision: Int, in namespace: String) -> [String: String] {
        let others = dependencies(revision) + dependents(revision)
        // By its first character kubectl tells YAML from JSON.
        let text = (["# Revision \(revision)"] + others + [besides, manifests[revision - 1]]).joined(
            separator: "\n---\n")
        let dependencies = ["base"] + (revision == 1 ? [] : ["extra"])
        return ["all.yaml": text.replacing("AFTER", with: Self.after(dependencies)).replacing("NS", with: namespace)]
    }

    /// The objects that are undone, each as `Kind/name`, with those that must come after it.
    func order(in namespace: String) -> [(earlier: String, later: String)] {
        let subject = subject(in: namespace)
        let below = [(subject, "ConfigMap/extra"), (subject, "ConfigMap/base"), ("ConfigMap/extra", "ConfigMap/base")]
        return change == .bad ? below : below + [("Deployment/web", subject), ("ConfigMap/late", subject)]
    }

    /// What the second revision creates and a rollback deletes, each as `Kind/name`.
    var created: [String] { change == .bad ? ["ConfigMap/extra"] : ["ConfigMap/extra", "ConfigMap/late"] }

    /// The object under test as `Kind/name`.
    func subject(in namespace: String) -> String {
        reference.replacing("NS", with: namespace).split(separator: "/").suffix(2).joined(separator: "/")
    }

    static func after(_ names: [String]) -> String {
        depends(on: names.map { "/namespaces/NS/ConfigMap/\($0)" })
    }

    private static func depends(on references: [String]) -> String {
        "config.kubernetes.io/depends-on: \"\(references.joined(separator: ","))\""
    }

    private func dependencies(_ revision: Int) -> [String] {
        revision == 1
            ? ["{apiVersion: v1, kind: ConfigMap, metadata: {name: base}, data: {colour: green, only: first}}"]
            : [
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: base, labels: {new: label}}, data: {colour: blue}}",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: extra, annotations: {\(Self.after(["base"]))}}}",
            ]
    }

    private func dependents(_ revision: Int) -> [String] {
        let after = revision == 2 || existsBefore ? Self.depends(on: [reference]) : ""
        switch change {
        case .bad:
            return [
                """
                {apiVersion: v1, kind: ConfigMap, metadata: {name: after, annotations: {\(after)}}, \
                data: {revision: "\(revision)"}}
                """
            ]
        case .good:
            let late = "{apiVersion: v1, kind: ConfigMap, metadata: {name: late, annotations: {\(after)}}}"
            let image = revision == 1 ? "run:1" : "image-missing:2"
            return [Self.workload("Deployment", "web", image: image, annotations: after)]
                + (revision == 1 ? [] : [late])
        }
    }

    /// A workload with pods that do what the name of their image says.
    static func workload(
        _ kind: String, _ name: String, image: String, annotations: String = "AFTER", spec: String = ""
    ) -> String {
        """
        apiVersion: apps/v1
        kind: \(kind)
        metadata: {name: \(name), annotations: {\(annotations)}}
        spec:
          selector: {matchLabels: {app: \(name)}}
          template:
            metadata: {labels: {app: \(name)}}
            spec:
              containers:
                - {name: main, image: "endstate.test/\(image)", ports: [{containerPort: 80}]}
          \(spec)
        """
    }
}
