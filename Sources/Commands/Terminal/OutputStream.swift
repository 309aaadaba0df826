internal import Glibc
internal import Resources
internal import Synchronization

/// One of the process's streams, which remembers the first write that failed.
final class OutputStream: Sendable {
    private let descriptor: Int32
    private let failure = Mutex<Int32?>(nil)

    /// - Parameter descriptor: Where it is closed, writes fail, and nothing that is opened later gets its number.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        if fcntl(descriptor, F_GETFD) < 0, errno == EBADF {
            let unwritable = open("/dev/null", O_RDONLY)
            if unwritable >= 0, unwritable != descriptor {
                dup2(unwritable, descriptor)
                close(unwritable)
            }
        }
    }

    /// The `errno` of the first failed write; a reader that went away is no error of ours.
    var loss: Int32? { failure.withLock { $0 } }

    /// Writes it all, whatever a pipe takes at once.
    @Sendable func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            let number = errno
            if count < 0, number != EINTR {
                if number != EPIPE { failure.withLock { $0 = $0 ?? number } }
                return
            }
            rest = rest.dropFirst(max(count, 0))
        }
    }
}

/// A verb whose output did not arrive has not done what it was asked for, whatever it did to the cluster.
enum OutputLoss {
    /// The verb's status; where it had nothing to complain of but output was lost, that is told and an error.
    static func status(_ status: ExitStatus, _ terminal: Terminal) -> ExitStatus {
        guard let number = terminal.outputLoss() else { return status }
        let diagnostic = Diagnostic(
            code: "output-lost",
            "the output is incomplete: it could not be written",
            causes: [SystemError.message(number)],
            hint: "see what the standard output goes to")
        terminal.notes(ErrorReport.text(of: diagnostic, style: terminal.notesStyle))
        return status == .success || status == .changes ? .failure : status
    }
}
