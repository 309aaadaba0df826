import CLibGit2

/// A pointer that libgit2 made and that is freed at the end of its owner's life.
struct Owned: ~Copyable {
    let pointer: OpaquePointer
    private let release: (OpaquePointer?) -> Void

    deinit { release(pointer) }

    /// Makes a libgit2 object.
    ///
    /// - Parameters:
    ///   - release: frees the object.
    ///   - doing: what the call is for, as a sentence's beginning: `cannot …`.
    ///   - make: the libgit2 call.
    init(
        _ release: @escaping (OpaquePointer?) -> Void, _ doing: @autoclosure () -> String,
        make: (inout OpaquePointer?) -> Int32
    ) throws(GitSourceError) {
        var pointer: OpaquePointer?
        let code = make(&pointer)
        guard code == 0, let pointer else { throw GitSourceError(library: code, doing()) }
        self.pointer = pointer
        self.release = release
    }
}

/// Calls libgit2 and turns a failure into an error.
func check(_ code: Int32, _ doing: @autoclosure () -> String) throws(GitSourceError) {
    guard code < 0 else { return }
    throw GitSourceError(library: code, doing())
}

/// What libgit2 said about the last failure on this thread.
func lastLibraryMessage() -> String? {
    guard let error = git_error_last(), let message = error.pointee.message else { return nil }
    let text = String(cString: message)
    var trimmed = text[...]
    while let last = trimmed.last, last.isWhitespace || last == "." { trimmed.removeLast() }
    return trimmed.isEmpty ? nil : String(trimmed)
}

extension GitSourceError {
    /// The error for a libgit2 return code: the one place where those are given a meaning.
    ///
    /// - Parameter doing: what failed, as a sentence: `cannot …`.
    init(library code: Int32, _ doing: String) {
        let group = git_error_last().map { git_error_t(rawValue: UInt32(bitPattern: $0.pointee.klass)) }
        self.init(Self.code(code, group), doing, cause: lastLibraryMessage(), hint: nil)
        git_error_clear()
    }

    private static func code(_ code: Int32, _ group: git_error_t?) -> Code {
        switch git_error_code(rawValue: code) {
        case GIT_EAUTH: return .authentication
        case GIT_ECERTIFICATE: return .certificate
        case GIT_EOWNER: return .notOwned
        case GIT_EMISMATCH: return .corrupt
        default: break
        }
        switch group {
        // What libgit2 1.5 says of another user's repository where no safe.directory is set at all.
        case GIT_ERROR_CONFIG where code == GIT_ENOTFOUND.rawValue: return .notOwned
        case GIT_ERROR_REPOSITORY where code == GIT_ENOTFOUND.rawValue: return .notARepository
        case GIT_ERROR_NET, GIT_ERROR_HTTP, GIT_ERROR_SSL, GIT_ERROR_SSH: return .network
        case GIT_ERROR_ODB, GIT_ERROR_ZLIB, GIT_ERROR_OBJECT, GIT_ERROR_INDEXER, GIT_ERROR_SHA, GIT_ERROR_TREE:
            return .corrupt
        case GIT_ERROR_OS, GIT_ERROR_FILESYSTEM: return .inputOutput
        default: return .library
        }
    }
}

extension git_oid {
    /// - Returns: nil unless the text is 40 hexadecimal digits.
    init?(hexadecimal text: String) {
        self.init()
        guard text.utf8.count == 40, git_oid_fromstr(&self, text) == 0 else { return nil }
    }

    /// 40 hexadecimal digits in lower case.
    var hexadecimal: String {
        withUnsafeBytes(of: id) { $0.hexadecimal }
    }
}

extension Sequence<UInt8> {
    /// Two hexadecimal digits a byte, in lower case.
    var hexadecimal: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
