internal import Resources

/// A directory whose files are input for another tool, not manifests.
struct ForeignDirectory {
    private enum Tool {
        case kustomize
        case helm
    }

    private let tool: Tool
    private let marker: ManifestFile

    /// The outermost such directories, by the files that mark them.
    static func all(among files: [ManifestFile]) -> [ForeignDirectory] {
        var found: [ForeignDirectory] = []
        for file in files.sorted(by: { ($0.directory.utf8.count, $0.path) < ($1.directory.utf8.count, $1.path) }) {
            guard let tool = tool(markedBy: file), !file.isHidden else { continue }
            if !found.contains(where: { $0.contains(file) }) {
                found.append(ForeignDirectory(tool: tool, marker: file))
            }
        }
        return found
    }

    func contains(_ file: ManifestFile) -> Bool {
        marker.directory.isEmpty || file.directory == marker.directory
            || file.directory.hasPrefix(marker.directory + "/")
    }

    var diagnostic: Diagnostic {
        let directory = marker.directory.isEmpty ? "." : marker.directory
        let place = SourceLocation(file: marker.path, line: 1, column: 1)
        return switch tool {
        case .kustomize:
            Diagnostic(
                code: "kustomization",
                "\(directory) is a kustomization, not a directory of manifests; nothing of it was read",
                at: place,
                hint: "render it first: kubectl kustomize \(directory) > DIR/manifests.yaml"
            )
        case .helm:
            Diagnostic(
                code: "helm-chart",
                "\(directory) is a Helm chart, not a directory of manifests; nothing of it was read",
                at: place,
                hint: "render it first: helm template RELEASE \(directory) > DIR/manifests.yaml"
            )
        }
    }

    private static func tool(markedBy file: ManifestFile) -> Tool? {
        switch file.name {
        case "kustomization.yaml", "kustomization.yml", "Kustomization": .kustomize
        case "Chart.yaml": .helm
        default: nil
        }
    }
}
