internal import Dispatch
package import Resources
internal import Synchronization

/// The file that keeps an account of all writes, one line of JSON each (`AuditEntry`).
///
/// A line that can't be written is reported and counted, and the service goes on. Lines are handed to the operating
/// system before `append` returns, and outlast the process; they are not forced to the disk.
package final class AuditFile: Sendable {
    package let path: String
    private let calls: AppendCalls
    private let report: @Sendable (Diagnostic) -> Void
    private let file: Mutex<AppendedFile>
    // A serial queue of its own has a thread of its own: a slow disk or a reader that has stopped holds up no other task.
    private let queue = DispatchQueue(label: "endstate.audit")

    /// Opens the file, which is made where it is missing.
    ///
    /// - Parameter report: called, on any thread, for each line that is not written, and where reopening fails.
    /// - Throws: where it can't be opened.
    package convenience init(path: String, report: @escaping @Sendable (Diagnostic) -> Void) throws(Diagnostic) {
        try self.init(path: path, calls: AppendCalls(), report: report)
    }

    init(path: String, calls: AppendCalls, report: @escaping @Sendable (Diagnostic) -> Void) throws(Diagnostic) {
        self.path = path
        self.calls = calls
        self.report = report
        file = Mutex(try AppendedFile(path: path, calls: calls))
    }

    /// Appends a line; returns when it is written, or reported as lost. Lines stay in the order of the calls.
    package func append(_ entry: AuditEntry) async {
        await perform { file throws(Diagnostic) in try file.append(entry.bytes) }
    }

    /// Opens the path again, for whoever has renamed the file (logrotate); the old one stays in use where that fails.
    package func reopen() async {
        let (path, calls) = (path, calls)
        await perform { file throws(Diagnostic) in file = try AppendedFile(path: path, calls: calls) }
    }

    /// Runs the body on the file's own thread.
    private func perform(_ body: @escaping @Sendable (inout AppendedFile) throws(Diagnostic) -> Void) async {
        await withCheckedContinuation { continuation in
            queue.async {
                do throws(Diagnostic) {
                    try self.file.withLock { file throws(Diagnostic) in try body(&file) }
                } catch {
                    self.report(error)
                }
                continuation.resume()
            }
        }
    }
}
