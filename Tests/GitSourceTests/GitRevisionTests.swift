import Testing

@testable import GitSource

@Suite struct `Revisions` {
    @Test(arguments: [
        ("", "the revision is empty"),
        ("-x", "the revision '-x' starts with '-'"),
        ("--upload-pack=id", "the revision '--upload-pack=id' starts with '-'"),
        ("refs/heads/../../x", "the revision 'refs/heads/../../x' is not a valid name in git"),
        ("../x", "the revision '../x' is not a valid name in git"),
        ("main~1", "the revision 'main~1' is not a valid name in git"),
        ("main^", "the revision 'main^' is not a valid name in git"),
        ("@{u}", "the revision '@{u}' is not a valid name in git"),
        ("main:deploy", "the revision 'main:deploy' is not a valid name in git"),
        ("a..b", "the revision 'a..b' is not a valid name in git"),
        ("a b", "the revision 'a b' is not a valid name in git"),
        ("main.lock", "the revision 'main.lock' is not a valid name in git"),
        ("refs/heads/*", "the revision 'refs/heads/*' is not a valid name in git"),
        ("a\nb", "the revision 'a\\u{A}b' is not a valid name in git"),
        ("a\u{1B}[2J", "the revision 'a\\u{1B}[2J' is not a valid name in git"),
        ("a\u{0}b", "the revision 'a\\u{0}b' is not a valid name in git"),
        ("a\u{202E}b", "the revision 'a\\u{202E}b' is not a valid name in git"),
        (String(repeating: "a", count: 1025), "the revision is longer than 1024 bytes"),
    ])
    func `that can name nothing are refused`(text: String, message: String) throws {
        let error = try #require(throws: GitSourceError.self) { try GitRevision(text) }
        #expect(
            error.description
                == message + "\nhint: name a branch, a tag, refs/…, or a commit id of at least 7 digits")
        #expect(error.code == .invalidRevision)
    }

    private static let id = String(repeating: "ab", count: 20)
    private static let references = [
        "HEAD", "refs/heads/main", "refs/heads/release", "refs/tags/release", "refs/tags/v1.2.3", "refs/heads/a/b",
        "refs/heads/deadbeef", "refs/pull/7/head",
    ].map { GitReference(name: $0, target: id) }

    @Test(arguments: [
        ("main", "refs/heads/main"), ("v1.2.3", "refs/tags/v1.2.3"), ("a/b", "refs/heads/a/b"), ("HEAD", "HEAD"),
        ("refs/heads/release", "refs/heads/release"), ("refs/tags/release", "refs/tags/release"),
        ("refs/pull/7/head", "refs/pull/7/head"), ("deadbeef", "refs/heads/deadbeef"),
    ])
    func `are looked up by name`(text: String, name: String) throws {
        let selection = try GitRevision(text).select(from: Self.references, in: "R")
        #expect(selection == .reference(GitReference(name: name, target: Self.id)))
    }

    @Test func `that are hexadecimal and no name are commit ids`() throws {
        let upper = Self.id.uppercased()
        #expect(try GitRevision(upper).select(from: Self.references, in: "R") == .commit(Self.id))
        #expect(try GitRevision("ABCDEF0").select(from: Self.references, in: "R") == .abbreviation("abcdef0"))
    }

    @Test(arguments: [
        (
            "release",
            "'release' is both a branch and a tag in R\nhint: say which: refs/heads/release or refs/tags/release"
        ),
        ("mian", "there is no 'mian' in R\nhint: the nearest names are main"),
        ("v1.2.4", "there is no 'v1.2.4' in R\nhint: the nearest names are v1.2.3"),
        ("b", "there is no 'b' in R\nhint: the nearest names are a/b, deadbeef"),
        (
            "refs/heads/mane",
            "there is no 'refs/heads/mane' in R\nhint: the nearest names are refs/heads/main, refs/heads/a/b, refs/heads/release"
        ),
        ("abcdef", "there is no 'abcdef' in R\nhint: the repository has no branch or tag with a name like it"),
        ("heads/main", "there is no 'heads/main' in R\nhint: the nearest names are main"),
    ])
    func `that name nothing or several things are errors that help`(text: String, message: String) throws {
        let error = try #require(throws: GitSourceError.self) {
            try GitRevision(text).select(from: Self.references, in: "R")
        }
        #expect(error.description == message)
    }

    @Test func `cannot be the HEAD of an empty repository`() throws {
        let error = try #require(throws: GitSourceError.self) { try GitRevision("HEAD").select(from: [], in: "R") }
        #expect(error.description == "R has no default branch\nhint: name a branch, a tag or a commit id")
    }

    @Test(arguments: [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("main", "main", 0)])
    func `are compared by their edit distance`(left: String, right: String, distance: Int) {
        #expect(editDistance(Array(left.utf8), Array(right.utf8)) == distance)
    }
}

@Suite struct `Paths in a source` {
    @Test(arguments: [
        ("", ""), (".", ""), ("./", ""), ("a", "a"), ("a/b", "a/b"), ("./a//b/./c/", "a/b/c"),
        (".deploy/prod", ".deploy/prod"),
        ("a/..b", "a/..b"),
    ])
    func `are normalised`(text: String, normal: String) throws {
        #expect(try SourcePath(text).text == normal)
    }

    @Test(arguments: [
        ("../../etc/passwd", "the path '../../etc/passwd' leads out of the repository\nhint: write it without '..'"),
        ("a/../b", "the path 'a/../b' leads out of the repository\nhint: write it without '..'"),
        ("/etc", "the path '/etc' is absolute\nhint: give it relative to the repository's root"),
        ("a\u{0}b", "the path 'a\\u{0}b' has a control character"),
        ("a\u{7F}", "the path 'a\\u{7F}' has a control character"),
    ])
    func `that lead elsewhere are refused`(text: String, message: String) throws {
        let error = try #require(throws: GitSourceError.self) { try SourcePath(text) }
        #expect(error.description == message)
        #expect(error.code == .invalidPath)
    }
}
