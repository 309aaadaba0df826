package import Resources

/// The kubeconfig by which kubectl and others reach a sandbox.
package enum SandboxKubeconfig {
    package static let contextName = "endstate-sandbox"

    /// By this first line, a file is known as one that may be written over.
    private static let mark = "# Written by `endstate sandbox`; it is written anew at each start."

    package static func text(for endpoint: SandboxEndpoint) -> String {
        """
        \(mark)
        apiVersion: v1
        kind: Config
        clusters:
        - name: \(contextName)
          cluster:
            server: \(endpoint.url)
            certificate-authority-data: \(Base64.encode(endpoint.identity.authority.certificate.utf8))
        users:
        - name: \(contextName)
          user:
            token: \(endpoint.identity.token.text)
        contexts:
        - name: \(contextName)
          context:
            cluster: \(contextName)
            user: \(contextName)
        current-context: \(contextName)

        """
    }

    /// Writes the file (mode 0600) in one step: whoever reads it finds the old or the new one.
    ///
    /// - Throws: where the path has a file that no sandbox wrote, or writing fails.
    package static func write(for endpoint: SandboxEndpoint, to path: String) throws(Diagnostic) {
        let files = FileCalls()
        if let earlier = try files.readIfPresent(path), !earlier.isEmpty, !earlier.starts(with: mark.utf8) {
            throw Diagnostic(
                code: "sandbox-kubeconfig", "\(path) is not a kubeconfig that `endstate sandbox` wrote",
                hint: "name a file of the sandbox's own")
        }
        try files.replace(path, with: Array(text(for: endpoint).utf8))
    }
}
