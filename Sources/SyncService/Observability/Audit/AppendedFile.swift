internal import Glibc
internal import Resources

/// The operating system's calls, so that a test can fill the disk.
struct AppendCalls: Sendable {
    /// As `write(2)`.
    var write: @Sendable (_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> Int = { descriptor, bytes in
        bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
    /// As `ftruncate(2)`.
    var truncate: @Sendable (_ descriptor: Int32, _ length: Int) -> Int32 = { Glibc.ftruncate($0, $1) }
}

/// A file that only grows, by whole lines.
struct AppendedFile: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private let calls: AppendCalls
    /// Whether the file ends in a part of a line, which then gets its end with the next one.
    private var isTorn = false

    /// Opens the file, and makes it, for its owner alone, where it is missing.
    init(path: String, calls: AppendCalls) throws(Diagnostic) {
        // Opening a pipe whose other end is missing would wait for it; writing to one may wait.
        let descriptor = Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600)
        guard descriptor >= 0 else { throw Self.failure("opened", path, errno) }
        self.path = path
        self.descriptor = descriptor
        self.calls = calls
        isTorn = Self.isTorn(descriptor)
    }

    deinit { Glibc.close(descriptor) }

    /// Appends a line in one call; what a full disk took of it is taken back.
    mutating func append(_ line: [UInt8]) throws(Diagnostic) {
        let bytes = isTorn ? [UInt8(ascii: "\n")] + line : line
        let count = write(bytes)
        if count == bytes.count {
            isTorn = false
            return
        }
        let reason = count < 0 ? errno : ENOSPC
        if count > 0 { takeBack(count) }
        throw Self.failure("written", path, reason)
    }

    private func write(_ bytes: [UInt8]) -> Int {
        while true {
            let count = calls.write(descriptor, bytes[...])
            if count >= 0 || errno != EINTR { return count }
        }
    }

    /// Shortens the file by what was just written, unless another process has written since.
    private mutating func takeBack(_ count: Int) {
        let end = lseek(descriptor, 0, SEEK_CUR)
        if let size = Self.size(descriptor), size == end, calls.truncate(descriptor, end - count) == 0 { return }
        isTorn = true
    }

    private static func isTorn(_ descriptor: Int32) -> Bool {
        guard let size = size(descriptor), size > 0 else { return false }
        var last: UInt8 = 0
        return pread(descriptor, &last, 1, size - 1) == 1 && last != UInt8(ascii: "\n")
    }

    /// Nil for what is no regular file.
    private static func size(_ descriptor: Int32) -> Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    private static func failure(_ done: String, _ path: String, _ number: Int32) -> Diagnostic {
        Diagnostic(
            code: "audit-file", "the audit file \(Printable.escaped(path)) can't be \(done)",
            causes: [SystemError.message(number)],
            hint: "make room and see to the file's rights; what was done meanwhile is missing in it")
    }
}
