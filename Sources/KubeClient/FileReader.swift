import FoundationEssentials

/// Reads whole files; tests give their own.
package struct FileReader: Sendable {
    /// Returns the bytes, or nil where there is no such file.
    package let read: @Sendable (String) throws -> [UInt8]?

    package init(_ read: @escaping @Sendable (String) throws -> [UInt8]?) {
        self.read = read
    }

    /// The machine's own files.
    package static let system = FileReader { path in
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
            return nil
        }
    }
}

/// Paths as text.
enum FilePathText {
    /// The folder that the file lies in.
    static func folder(of file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return "." }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    /// A relative path is relative to the folder.
    static func resolved(_ path: String, in folder: String) -> String {
        if path.hasPrefix("/") { return path }
        return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }
}
