import Glibc

/// What the operating system calls an error number.
func systemMessage(_ number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// An open file descriptor, closed at the end of its life.
struct Descriptor: ~Copyable {
    let number: Int32

    /// - Returns: nil when the call failed; `errno` says why.
    init?(open path: String, _ flags: Int32, mode: mode_t = 0o600) {
        let number = Glibc.open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { return nil }
        self.number = number
    }

    deinit { Glibc.close(number) }

    /// Reads to the end of the file, but never more than the limit and one byte.
    ///
    /// - Returns: the bytes, or nil when reading failed; `errno` says why.
    func read(atMost limit: Int, expecting size: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: min(size, limit) + 1)
        var count = 0
        while count <= limit {
            if count == bytes.count {
                bytes.append(contentsOf: repeatElement(0, count: min(bytes.count, limit + 1 - count)))
            }
            let received = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(number, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if received < 0, errno == EINTR { continue }
            guard received >= 0 else { return nil }
            if received == 0 { break }
            count += received
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}

/// What `lstat` says about a path, or nil; `errno` says why.
func fileStatus(_ path: String, followingLinks: Bool = false) -> stat? {
    var status = stat()
    let result = followingLinks ? stat(path, &status) : lstat(path, &status)
    return result == 0 ? status : nil
}

extension stat {
    var kind: mode_t { st_mode & S_IFMT }
}

/// The path without symbolic links and dots, or nil; `errno` says why.
func resolvedPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}

/// The names in a directory in no particular order, without `.` and `..`; a name that is not UTF-8 is nil.
///
/// - Returns: nil when the directory cannot be read; `errno` says why.
func directoryEntries(_ path: String) -> [String?]? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var names: [String?] = []
    errno = 0
    while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
            String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { names.append(name) }
        errno = 0
    }
    return errno == 0 ? names : nil
}

/// Removes a directory with everything in it, following no symbolic link; what is already gone is fine.
///
/// - Returns: false when something is left; `errno` says why.
@discardableResult
func removeTree(_ path: String) -> Bool {
    guard let status = fileStatus(path) else { return errno == ENOENT }
    guard status.kind == S_IFDIR else { return unlink(path) == 0 }
    for name in directoryEntries(path) ?? [] {
        guard let name, removeTree(path + "/" + name) else { return false }
    }
    return rmdir(path) == 0
}

/// A variable of the process's environment.
func currentEnvironment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}
