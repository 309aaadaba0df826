internal import GitSource
internal import Synchronization

/// Shows a transfer's progress in one line of the terminal that is drawn anew; elsewhere nothing.
final class FetchProgress: Sendable {
    private let terminal: Terminal
    private let shown = Mutex("")

    init(terminal: Terminal) {
        self.terminal = terminal
    }

    var show: GitProgress.Handler {
        { [self] progress in
            guard terminal.redraws else { return }
            let percent = progress.totalObjects > 0 ? progress.receivedObjects * 100 / progress.totalObjects : 0
            let text =
                "fetching: \(percent) % of \(progress.totalObjects) objects, \(progress.receivedBytes / 1024) KiB"
            shown.withLock { last in
                guard text != last else { return }
                last = text
                terminal.notes("\r\u{1B}[K" + text)
            }
        }
    }

    /// Takes the line away.
    func finish() {
        let isShown = shown.withLock { !$0.isEmpty }
        if isShown { terminal.notes("\r\u{1B}[K") }
    }
}
