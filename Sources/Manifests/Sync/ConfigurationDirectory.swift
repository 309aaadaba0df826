internal import Glibc
internal import Resources

extension SyncConfiguration {
    /// The largest file of a configuration, in bytes: that of a ConfigMap.
    package static let maximumFileSize = 1 << 20
    /// The most files of a configuration.
    package static let maximumFileCount = 1_000

    /// Reads the YAML and JSON files that are directly in a directory, in the order of their names; those whose names begin
    /// with a dot are left out. Symbolic links are followed: a mounted ConfigMap consists of them.
    /// - Returns: the files, by paths that begin with the directory as it is given.
    /// - Throws: `ManifestErrors` where the directory or any of its files can't be read.
    package static func files(in directory: String) throws(ManifestErrors) -> [ManifestFile] {
        guard let names = names(in: directory) else {
            throw ManifestErrors([unreadable("the configuration directory \(directory)", errno)])
        }
        guard names.count <= maximumFileCount else {
            let message = "\(directory) has \(names.count) files; at most \(maximumFileCount) are read"
            throw ManifestErrors([Diagnostic(code: "too-many-files", message, hint: "check the path")])
        }
        var files: [ManifestFile] = []
        var problems: [Diagnostic] = []
        for name in names.sorted() {
            do throws(Diagnostic) { files.append(try file(directory + "/" + name)) } catch { problems.append(error) }
        }
        guard problems.isEmpty else { throw ManifestErrors(problems) }
        return files
    }

    /// Nil where the directory can't be read; `errno` says why.
    private static func names(in directory: String) -> [String]? {
        guard let stream = opendir(directory) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { return errno == 0 ? names : nil }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let isConfiguration = [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
            if isConfiguration, !name.hasPrefix(".") { names.append(name) }
        }
    }

    private static func file(_ path: String) throws(Diagnostic) -> ManifestFile {
        // Without waiting, lest a pipe keep the process.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Diagnostic(
                code: "file-unreadable", "\(path) is not a file", hint: "remove it, or give it another name")
        }
        guard let bytes = bytes(of: descriptor) else { throw unreadable(path, errno) }
        guard bytes.count <= maximumFileSize else {
            throw Diagnostic(
                code: "file-too-large", "\(path) is larger than \(maximumFileSize >> 20) MiB", hint: "split it")
        }
        return ManifestFile(path: path, bytes: bytes)
    }

    /// All bytes, or enough to see that they are too many; nil where reading fails, and `errno` says why.
    private static func bytes(of descriptor: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= maximumFileSize {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        return bytes
    }

    private static func unreadable(_ what: String, _ number: Int32) -> Diagnostic {
        Diagnostic(
            code: "file-unreadable", "cannot read \(what)", causes: [SystemError.message(number)],
            hint: "check the path and its permissions")
    }
}
