internal import KubeClient
internal import Resources

/// Keeps a kubeconfig that lies among the manifests from having a program run: whoever can change the source could run
/// anything here.
struct KubeconfigGuard {
    /// The directory that is read, else the current one.
    let directory: String
    /// `HOME` of the environment.
    let home: String?

    /// - Throws: Where the configuration's user entry asks for a program and its file is part of the source.
    func check(_ configuration: ClusterConfiguration) throws(Diagnostic) {
        guard configuration.usesExec, let origin = configuration.origin else { return }
        let tree = EnclosingTree(around: directory)
        guard tree.relative(origin) != nil, tree.isWorkTree || !isPersonal(origin) else { return }
        throw Diagnostic(
            code: "kubeconfig-in-source",
            "\(origin) lies among the manifests, and asks to run a program for its credentials",
            hint: "if you trust it, name it on the command line: --kubeconfig \(origin)"
        )
    }

    /// Whether it is the file that is read where no other is named.
    private func isPersonal(_ origin: String) -> Bool {
        EnclosingTree.resolved(origin) == home.map { EnclosingTree.resolved($0 + "/.kube/config") }
    }
}
