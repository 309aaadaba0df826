internal import FoundationEssentials
internal import Glibc

/// The two streams that a command writes to, and the person who may sit before them.
package struct Terminal: Sendable {
    /// Data, on the standard output.
    package let output: @Sendable (String) -> Void
    /// Progress, warnings and errors, on the standard error.
    package let notes: @Sendable (String) -> Void
    /// Reads a line that a person types; nil at the end of the input, and where the task is cancelled meanwhile.
    package let readLine: @Sendable () async -> String?
    /// Whether a person reads the output, so that colours help.
    package let outputStyle: Style
    package let notesStyle: Style
    /// Whether a person can be asked: both the input and the standard error are terminals.
    package let isInteractive: Bool
    /// Whether progress may be redrawn in place on the standard error.
    package let redraws: Bool
    /// Whether the standard output may be redrawn in place.
    package let redrawsOutput: Bool
    /// Columns of the standard error.
    package let width: @Sendable () -> Int
    /// Why output was lost, as an `errno`; nil while none was.
    package let outputLoss: @Sendable () -> Int32?

    package init(
        output: @escaping @Sendable (String) -> Void,
        notes: @escaping @Sendable (String) -> Void,
        readLine: @escaping @Sendable () async -> String? = { nil },
        outputStyle: Style = .plain,
        notesStyle: Style = .plain,
        isInteractive: Bool = false,
        redraws: Bool = false,
        redrawsOutput: Bool = false,
        width: @escaping @Sendable () -> Int = { 100 },
        outputLoss: @escaping @Sendable () -> Int32? = { nil }
    ) {
        self.output = output
        self.notes = notes
        self.readLine = readLine
        self.outputStyle = outputStyle
        self.notesStyle = notesStyle
        self.isInteractive = isInteractive
        self.redraws = redraws
        self.redrawsOutput = redrawsOutput
        self.width = width
        self.outputLoss = outputLoss
    }

    /// The same without notes, for a verb that tells them itself.
    var withoutNotes: Terminal {
        Terminal(output: output, notes: { _ in }, outputStyle: outputStyle, notesStyle: notesStyle)
    }

    /// The terminal of this process; `NO_COLOR` (no-color.org), `TERM=dumb` and `CI` are respected.
    package static func standard(variables: [String: String]) -> Terminal {
        let isPlain = !(variables["NO_COLOR"] ?? "").isEmpty || variables["TERM"] == "dumb"
        let isCI = !(variables["CI"] ?? "").isEmpty
        let notesAreSeen = isatty(STDERR_FILENO) == 1 && !isCI
        let outputIsSeen = isatty(STDOUT_FILENO) == 1 && !isCI
        let output = OutputStream(descriptor: STDOUT_FILENO)
        let notes = OutputStream(descriptor: STDERR_FILENO)
        return Terminal(
            output: output.write,
            notes: notes.write,
            readLine: { await inputArrives() ? Swift.readLine() : nil },
            outputStyle: outputIsSeen && !isPlain ? .colour : .plain,
            notesStyle: notesAreSeen && !isPlain ? .colour : .plain,
            isInteractive: isatty(STDIN_FILENO) == 1 && notesAreSeen,
            redraws: notesAreSeen && variables["TERM"] != "dumb",
            redrawsOutput: outputIsSeen && variables["TERM"] != "dumb",
            width: { columns() },
            outputLoss: { output.loss }
        )
    }

    /// Waits for input; false where the task is cancelled first, which reading itself would not notice.
    ///
    /// No thread is blocked meanwhile: a run that asks has a lock to renew, perhaps on one core.
    private static func inputArrives() async -> Bool {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while !Task.isCancelled {
            if poll(&input, 1, 0) > 0 { return true }
            // The keyboard is the process' own: tests hand in a whole `readLine` instead of a clock.
            try? await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    private static func columns() -> Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }
}
