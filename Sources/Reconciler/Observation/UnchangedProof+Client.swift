internal import Diffing
internal import KubeClient
internal import Resources

extension KubeClient {
    /// Whether applying an object would change nothing on this server, as far as the live object alone can tell.
    func provesUnchanged(_ desired: KubernetesObject, live: KubernetesObject) -> Bool {
        let isLegacy = serverVersion.map { $0 < ServerVersion(major: 1, minor: 21) } ?? false
        return UnchangedProof.prove(
            desired: desired, live: live, manager: Self.fieldManager, isLegacyServer: isLegacy) == .unchanged
    }
}
