package import KubeClient
import Resources

extension KubeClient {
    private static let accounts = APIResource(
        .init(apiVersion: "v1", kind: "ServiceAccount"), plural: "serviceaccounts", isNamespaced: true)

    /// Waits until a real server's controllers have given a new namespace its account, and the account its token, which
    /// servers from 1.24 on do without: they refuse pods before.
    package func awaitAccount(in namespace: String) async throws {
        let hasToken = try await version() < ServerVersion(major: 1, minor: 24)
        while true {
            let account = try await get(Self.accounts, namespace: namespace, name: "default")
            if let account, !hasToken || account.value["secrets"] != nil { return }
            // The controllers go by no clock of ours.
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
