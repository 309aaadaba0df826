internal import Crypto
package import Resources

/// What an object was, in a form that shows nothing of it: `sha256:` and the SHA-256 of its JSON in hexadecimal.
///
/// The JSON is compact with sorted keys, without what changes though nobody has changed the object: `status`,
/// `metadata.managedFields`, `metadata.resourceVersion`, `metadata.generation`, and the number that the Deployment controller
/// gives each rollout (annotation `deployment.kubernetes.io/revision`, k8s.io/kubectl/pkg/util/deployment). Equal digests
/// mean that it was as before.
///
/// A Secret's values are masked first. Whoever holds the digest of a short password finds it by trying, and a key to
/// the digests would have to be kept from the readers of the file for ever. The digest of a Secret therefore tells of
/// its type, labels, annotations and of the names in its data, and stays the same where values alone are changed.
package struct ObjectDigest: Hashable, Sendable {
    package let text: String

    package init(_ object: KubernetesObject) {
        var value = Redaction.masked(object).value
        value["status"] = nil
        value.change(at: ["metadata"]) { metadata in
            metadata["managedFields"] = nil
            metadata["resourceVersion"] = nil
            metadata["generation"] = nil
            metadata.change(at: ["annotations"]) { annotations in
                annotations["deployment.kubernetes.io/revision"] = nil
            }
            if metadata["annotations"]?.object?.isEmpty == true { metadata["annotations"] = nil }
        }
        text = "sha256:" + SHA256.hash(data: value.jsonBytes).hexadecimal
    }
}
