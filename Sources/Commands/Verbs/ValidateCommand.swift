internal import ArgumentParser
internal import GitSource
internal import KubeClient
internal import Manifests
internal import Planning
internal import Resources

struct ValidateCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Tell every problem of every manifest at once.",
        discussion: """
            Needs no cluster. With an OpenAPI document (--openapi FILE, or --server for the cluster's own) unknown fields, \
            wrong types and missing required fields are found, too. Save a cluster's document with: \
            kubectl get --raw /openapi/v2 > openapi.json
            """
    )

    @OptionGroup var source: SourceOptions
    @OptionGroup var application: ApplicationOptions
    @OptionGroup var cluster: ClusterOptions
    @Option(help: ArgumentHelp("Check against this saved OpenAPI document.", valueName: "file")) var openapi: String?
    @Flag(help: "Check against the cluster's OpenAPI document.") var server = false
    @Option(name: .shortAndLong, help: "text, json or sarif.") var output = ValidationFormat.text

    func validate() throws {
        if server, openapi != nil { throw ValidationError("Use either --openapi or --server.") }
    }

    func run(in environment: CommandEnvironment) async throws -> ExitStatus {
        var quiet = environment
        quiet.terminal = environment.terminal.withoutNotes
        let loader = SourceLoader(options: source, application: application, environment: quiet)
        var diagnostics: [Diagnostic]
        var summary = ""
        do {
            let loaded = try await loader.load()
            var schema = try await schema(loaded, environment)
            schema?.add(definitionsAmong: loaded.set.manifests.map(\.object))
            let found = loaded.set.manifests.flatMap { manifest in schema.map { problems(of: manifest, $0) } ?? [] }
            diagnostics = try loaded.warnings + found + graphProblems(loaded.set)
            summary = "\(Count.of(loaded.set.manifests.count, "object")) in \(Count.of(loaded.set.fileCount, "file"))"
        } catch let error as ManifestErrors {
            diagnostics = error.diagnostics
        }
        let report = ValidationReport(diagnostics: diagnostics, summary: summary)
        try tell(report, environment)
        return report.hasErrors ? .failure : .success
    }

    private func tell(_ report: ValidationReport, _ environment: CommandEnvironment) throws {
        let terminal = environment.terminal
        switch output {
        case .text:
            terminal.notes(report.text(style: terminal.notesStyle))
            if !report.hasErrors { terminal.output(report.conclusion + "\n") }
        case .json: terminal.output(report.json.prettyJSON + "\n")
        case .sarif:
            let sarif = ValidationSARIF(diagnostics: report.diagnostics, folder: try folder(environment))
            terminal.output(sarif.value.prettyJSON + "\n")
        }
    }

    /// The source as a code host finds it: below the repository's root, or below the current directory outside of any.
    private func folder(_ environment: CommandEnvironment) throws -> String {
        guard source.repository == nil else {
            return (source.path ?? "").split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        }
        let directory = EnclosingTree.resolved(try environment.absolute(source.directory ?? "."))
        let tree = EnclosingTree(around: directory)
        let root = tree.isWorkTree ? tree : EnclosingTree(around: environment.currentDirectory)
        return root.relative(directory) ?? directory
    }

    /// Objects of a kind that the document lacks and that no manifest defines can't be checked, which is worth a warning.
    private func problems(of manifest: Manifest, _ schema: SchemaDocument) -> [Diagnostic] {
        switch schema.validate(manifest) {
        case .checked(let problems): return problems
        case .unknownKind(let suggestions):
            let hint = suggestions.isEmpty ? nil : "did you mean \(suggestions.joined(separator: " or "))?"
            return [
                manifest.diagnostic(
                    .warning, code: "unknown-kind",
                    "the OpenAPI document does not know \(manifest.object.groupVersionKind), so it was not checked",
                    at: FieldPath(fields: "kind"), hint: hint)
            ]
        }
    }

    private func graphProblems(_ set: ManifestSet) throws -> [Diagnostic] {
        let namespace = application.namespace ?? set.application?.namespace ?? "default"
        do {
            let enforced = try set.enforcingPolicies(in: namespace).set
            return try DependencyGraph.build(manifests: enforced.placed(in: namespace, unknownScope: .namespaced))
                .warnings
        } catch let error as any DiagnosticError {
            return error.diagnostics
        }
    }

    private func schema(_ loaded: LoadedSource, _ environment: CommandEnvironment) async throws -> SchemaDocument? {
        if let openapi {
            let file = try environment.file(openapi)
            do {
                return try SchemaDocument(openAPI: Value(json: file.bytes))
            } catch let error as JSONError {
                throw Diagnostic(
                    code: "openapi-unreadable", "\(openapi) is no OpenAPI document", causes: [error.description],
                    hint: "save one with: kubectl get --raw /openapi/v2 > \(openapi)")
            }
        }
        guard server else { return nil }
        let options = SessionOptions(cluster: cluster, application: application)
        return try await ClusterSession.with(options, source: loaded, in: environment) { session in
            try SchemaDocument(openAPI: await session.client.openAPISchema())
        }
    }
}
