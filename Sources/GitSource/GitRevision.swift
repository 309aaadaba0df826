import CLibGit2

/// A revision as a person names it, checked but not looked up yet.
enum GitRevision: Sendable, Hashable {
    /// A full commit id, in lower case.
    case commit(String)
    /// The repository's default branch.
    case head
    /// A reference's full name, `refs/…`.
    case reference(String)
    /// A branch, a tag, or if neither is called so and it is hexadecimal, the beginning of a commit id.
    case name(String)

    /// - Throws: ``GitSourceError`` with code `invalidRevision` for what can name nothing, as git's rules for names say.
    init(_ text: String) throws(GitSourceError) {
        try GitLibrary.start()
        let shown = escapingControls(text)
        guard !text.isEmpty else {
            throw GitSourceError(.invalidRevision, "the revision is empty", hint: Self.hint)
        }
        guard text.utf8.count <= 1024 else {
            throw GitSourceError(.invalidRevision, "the revision is longer than 1024 bytes", hint: Self.hint)
        }
        guard !text.hasPrefix("-") else {
            throw GitSourceError(.invalidRevision, "the revision '\(shown)' starts with '-'", hint: Self.hint)
        }
        if text.utf8.count == 40, Self.isHexadecimal(text) {
            self = .commit(text.lowercased())
        } else if text == "HEAD" {
            self = .head
        } else {
            let isFull = text.hasPrefix("refs/")
            guard !text.unicodeScalars.contains(where: isUnprintable),
                Self.isValidName(isFull ? text : "refs/heads/" + text)
            else {
                throw GitSourceError(
                    .invalidRevision, "the revision '\(shown)' is not a valid name in git", hint: Self.hint)
            }
            self = isFull ? .reference(text) : .name(text)
        }
    }

    /// As it was asked for.
    var text: String {
        switch self {
        case .commit(let id): id
        case .head: "HEAD"
        case .reference(let name), .name(let name): name
        }
    }

    static let hint = "name a branch, a tag, refs/…, or a commit id of at least 7 digits"

    /// Whether the text can be the beginning of a commit id.
    static func isAbbreviation(_ text: String) -> Bool {
        (7..<40).contains(text.utf8.count) && isHexadecimal(text)
    }

    private static func isHexadecimal(_ text: String) -> Bool {
        text.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    private static func isValidName(_ name: String) -> Bool {
        var isValid: Int32 = 0
        return git_reference_name_is_valid(&isValid, name) == 0 && isValid == 1
    }
}

/// A reference as a repository lists it.
struct GitReference: Sendable, Hashable {
    let name: String
    /// The commit, or where it is known the commit that an annotated tag points to.
    var target: String
}

/// What a revision names in one repository.
enum GitSelection: Sendable, Hashable {
    case commit(String)
    case reference(GitReference)
    case abbreviation(String)
}

extension GitRevision {
    /// Looks the revision up among a repository's references.
    ///
    /// - Throws: ``GitSourceError`` with code `ambiguousRevision` or `revisionNotFound`.
    func select(from references: [GitReference], in repository: String) throws(GitSourceError) -> GitSelection {
        switch self {
        case .commit(let id): return .commit(id)
        case .head:
            if let found = references.first(where: { $0.name == "HEAD" }) { return .reference(found) }
            throw GitSourceError(
                .revisionNotFound, "\(repository) has no default branch", hint: "name a branch, a tag or a commit id")
        case .reference(let name):
            if let found = references.first(where: { $0.name == name }) { return .reference(found) }
            throw Self.notFound(name, among: references, in: repository)
        case .name(let name):
            let found = references.filter { $0.name == "refs/heads/" + name || $0.name == "refs/tags/" + name }
            if let first = found.first, found.count == 1 { return .reference(first) }
            guard found.isEmpty else {
                let names = found.map(\.name).sorted()
                throw GitSourceError(
                    .ambiguousRevision, "'\(name)' is both a branch and a tag in \(repository)",
                    hint: "say which: \(names.joined(separator: " or "))")
            }
            if Self.isAbbreviation(name) { return .abbreviation(name.lowercased()) }
            throw Self.notFound(name, among: references, in: repository)
        }
    }

    /// The error for a name that nothing has, with the names that are most like it.
    static func notFound(_ name: String, among references: [GitReference], in repository: String) -> GitSourceError {
        let near = nearestNames(to: name, among: references)
        let hint =
            near.isEmpty
            ? "the repository has no branch or tag with a name like it"
            : "the nearest names are \(near.joined(separator: ", "))"
        return GitSourceError(.revisionNotFound, "there is no '\(name)' in \(repository)", hint: hint)
    }

    private static func nearestNames(to name: String, among references: [GitReference]) -> [String] {
        let wanted = name.utf8.map { $0 }
        let limit = max(2, wanted.count / 3)
        var candidates: [(distance: Int, name: String)] = []
        for reference in references {
            let isFull = name.hasPrefix("refs/")
            guard let short = reference.shortName, !short.unicodeScalars.contains(where: isUnprintable) else {
                continue
            }
            let candidate = isFull ? reference.name : short
            let bytes = Array(candidate.utf8)
            let distance = abs(bytes.count - wanted.count) > limit ? Int.max : editDistance(wanted, bytes)
            if distance <= limit {
                candidates.append((distance, candidate))
            } else if candidate.contains(name) || name.contains(candidate) {
                candidates.append((limit + 1, candidate))
            }
        }
        let sorted = candidates.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.map(\.name)
        return Array(sorted.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.prefix(3))
    }
}

extension GitReference {
    /// The name of a branch or a tag as people say it; nil for other references.
    var shortName: String? {
        for prefix in ["refs/heads/", "refs/tags/"] where name.hasPrefix(prefix) {
            return String(name.dropFirst(prefix.count))
        }
        return nil
    }
}

/// How many insertions, deletions and replacements turn one text into the other (Levenshtein).
func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var previous = Array(0...right.count)
    for (row, byte) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            current.append(
                min(previous[column + 1] + 1, current[column] + 1, previous[column] + (byte == other ? 0 : 1)))
        }
        previous = current
    }
    return previous[right.count]
}
