internal import Resources

/// A dependency graph as text: for people, for Graphviz, for Mermaid. Arrows go the way the order goes, from what is done
/// first to what waits for it.
package enum GraphText {
    /// For a terminal: each wave's objects with what they wait for and why. Control characters are escaped.
    package static func text(_ graph: DependencyGraph) -> String {
        var lines: [String] = []
        for (number, wave) in graph.waves.enumerated() {
            lines.append("wave \(number + 1)")
            for identity in wave {
                lines.append("  \(identity)")
                lines += graph.dependencies(of: .object(identity)).map(after)
            }
        }
        lines += section("outside of the set, waited for", graph.externalDependencies.map { "  \($0.identity)" })
        lines += section("hints, not in force", graph.hints.map(between))
        lines += section("gave way", graph.dropped.flatMap { [between($0.edge), "    \($0.reason)"] })
        return lines.map { Printable.escaped($0) + "\n" }.joined()
    }

    private static func after(_ edge: Edge) -> String {
        let place = edge.location.map { " (\($0))" } ?? ""
        let kind = edge.kind == .hint ? "hint: " : ""
        return "    \(kind)after \(edge.dependency), because \(edge.reason)\(place)"
    }

    private static func between(_ edge: Edge) -> String {
        "  \(edge.dependent) after \(edge.dependency), because \(edge.reason)"
    }

    private static func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : [title] + lines
    }

    /// For Graphviz. Inferred edges are plain, declared ones bold, hints dashed if in force and dotted if not.
    package static func dot(_ graph: DependencyGraph) -> String {
        let names = nodeNames(graph)
        var lines = ["digraph dependencies {", "  rankdir=LR;", "  node [shape=box];"]
        for node in graph.nodes {
            lines.append("  \(names[node] ?? "") [label=\(dotQuoted(node.description))\(dotShape(node))];")
        }
        for (edges, hintStyle) in [(graph.edges, "dashed"), (graph.hints, "dotted")] {
            for edge in edges {
                let style = [Edge.Kind.declared: ", style=bold", .hint: ", style=\(hintStyle)"][edge.kind] ?? ""
                let ends = "\(names[edge.dependency] ?? "") -> \(names[edge.dependent] ?? "")"
                lines.append("  \(ends) [label=\(dotQuoted(edge.reason))\(style)];")
            }
        }
        return (lines + ["}"]).map { $0 + "\n" }.joined()
    }

    private static func dotShape(_ node: GraphNode) -> String {
        switch node {
        case .object: ""
        case .external: ", style=dashed"
        case .barrier: ", shape=diamond"
        }
    }

    /// A quoted string of the DOT language, in which a backslash starts an escape.
    private static func dotQuoted(_ text: String) -> String {
        "\"" + Printable.escaped(text).flatMap { "\"\\".contains($0) ? "\\\($0)" : "\($0)" } + "\""
    }

    /// For Mermaid, as Markdown on code hosts draws it. Declared edges are thick, hints dotted.
    package static func mermaid(_ graph: DependencyGraph) -> String {
        let names = nodeNames(graph)
        var lines = ["flowchart LR"]
        for node in graph.nodes {
            let label = mermaidQuoted(node.description)
            let shape =
                switch node {
                case .object: "[\(label)]"
                case .external: "([\(label)])"
                case .barrier: "{{\(label)}}"
                }
            lines.append("  \(names[node] ?? "")\(shape)")
        }
        for edge in graph.edges + graph.hints {
            let arrow =
                switch edge.kind {
                case .declared: "==>"
                case .inferred: "-->"
                case .hint: "-.->"
                }
            let label = mermaidQuoted(edge.reason)
            lines.append("  \(names[edge.dependency] ?? "") \(arrow)|\(label)| \(names[edge.dependent] ?? "")")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// A quoted label, in which Mermaid reads `#name;` as an entity and otherwise takes HTML and Markdown.
    private static func mermaidQuoted(_ text: String) -> String {
        let special = Set("\"#<>&`*_[](){}|\\;")
        let escaped = Printable.escaped(text).unicodeScalars.map { scalar in
            special.contains(Character(scalar)) ? "#\(scalar.value);" : String(scalar)
        }
        return "\"" + escaped.joined() + "\""
    }

    /// A short name for each node: `n0`, `n1`.
    private static func nodeNames(_ graph: DependencyGraph) -> [GraphNode: String] {
        var names: [GraphNode: String] = [:]
        for (number, node) in graph.nodes.enumerated() { names[node] = "n\(number)" }
        return names
    }
}
