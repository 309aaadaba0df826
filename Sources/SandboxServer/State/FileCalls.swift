internal import Glibc
internal import Resources

/// The operating system's calls, with errors that name the file.
struct FileCalls: Sendable {
    /// Called before each call that changes something on the disk; one that throws is as good as a process that dies.
    var before: @Sendable (_ call: String, _ path: String) throws(Diagnostic) -> Void = { _, _ throws(Diagnostic) in }

    /// - Parameter flags: as for `open(2)`; a file that is made is readable by its owner alone.
    func open(_ path: String, _ flags: Int32) throws(Diagnostic) -> OpenFile {
        if flags & O_CREAT != 0 { try before("open", path) }
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("opened", path) }
        return OpenFile(path: path, descriptor: descriptor)
    }

    func write(_ bytes: [UInt8], to file: OpenFile) throws(Diagnostic) {
        try before("write", file.path)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(file.descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("written", file.path) }
            written += count
        }
    }

    func synchronise(_ file: OpenFile) throws(Diagnostic) {
        try before("sync", file.path)
        guard fdatasync(file.descriptor) == 0 else { throw Self.failure("brought to the disk", file.path) }
    }

    func truncate(_ file: OpenFile, to length: Int) throws(Diagnostic) {
        try before("truncate", file.path)
        guard ftruncate(file.descriptor, length) == 0 else { throw Self.failure("shortened", file.path) }
    }

    func rename(_ path: String, to target: String) throws(Diagnostic) {
        try before("rename", target)
        guard Glibc.rename(path, target) == 0 else { throw Self.failure("replaced", target) }
    }

    /// What is not there already is fine.
    func remove(_ path: String) throws(Diagnostic) {
        try before("remove", path)
        guard unlink(path) == 0 || errno == ENOENT else { throw Self.failure("removed", path) }
    }

    /// Makes renames, new files and removals in the directory outlast a loss of power.
    func synchroniseDirectory(_ path: String) throws(Diagnostic) {
        try synchronise(try open(path, O_RDONLY | O_DIRECTORY))
    }

    /// Makes the directory and those above it, where they are missing; its own is for its owner alone.
    func makeDirectory(_ path: String) throws(Diagnostic) {
        if mkdir(path, 0o700) == 0 { return }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try makeDirectory(String(path[..<slash]))
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Self.failure("made", path) }
        } else if errno != EEXIST {
            throw Self.failure("made", path)
        }
    }

    func names(in directory: String) throws(Diagnostic) -> [String] {
        guard let stream = opendir(directory) else { throw Self.failure("read", directory) }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
            errno = 0
        }
        guard errno == 0 else { throw Self.failure("read", directory) }
        return names
    }

    /// - Returns: nil where there is no such file.
    func readIfPresent(_ path: String) throws(Diagnostic) -> [UInt8]? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw Self.failure("opened", path) }
        return try read(OpenFile(path: path, descriptor: descriptor))
    }

    /// From the file's beginning to its end.
    func read(_ file: OpenFile) throws(Diagnostic) -> [UInt8] {
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else { throw Self.failure("read", file.path) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let received = bytes.withUnsafeMutableBytes { buffer in
                pread(file.descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count, count)
            }
            if received < 0, errno == EINTR { continue }
            guard received >= 0 else { throw Self.failure("read", file.path) }
            if received == 0 { break }
            count += received
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Writes a file in one step: after a crash, the old or the new one is there as a whole.
    func replace(_ path: String, with bytes: [UInt8]) throws(Diagnostic) {
        let draft = "\(path).\(getpid()).tmp"
        do {
            let file = try open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
            try write(bytes, to: file)
            try synchronise(file)
            try rename(draft, to: path)
        } catch {
            unlink(draft)
            throw error
        }
        try synchroniseDirectory(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".")
    }

    /// - Returns: false where another process holds the lock; it is given up as the file is closed.
    func lock(_ file: OpenFile) throws(Diagnostic) -> Bool {
        if flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw Self.failure("locked", file.path) }
        return false
    }

    /// Of the call just made: `errno` says why.
    private static func failure(_ done: String, _ path: String) -> Diagnostic {
        let number = errno
        return Diagnostic(code: "sandbox-file", "\(path) can't be \(done)", causes: [SystemError.message(number)])
    }
}
