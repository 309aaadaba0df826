internal import Planning
internal import Reconciler
internal import Resources
internal import Synchronization

/// Tells a run's events as they come: a live view on a terminal, else a line an event, or JSON.
final class EventPrinter: Sendable {
    private struct State {
        var view: LiveView
        var lastEvent = Duration.zero
        /// What came while a person was being asked; nil while nobody is.
        var held: String?
    }

    private let format: RunFormat
    private let terminal: Terminal
    private let text: EventText
    private let state: Mutex<State>

    init(format: RunFormat, terminal: Terminal) {
        self.format = format
        self.terminal = terminal
        text = EventText(style: terminal.notesStyle)
        state = Mutex(State(view: LiveView(style: terminal.notesStyle)))
    }

    func print(_ event: RunEvent) {
        state.withLock { state in
            state.lastEvent = event.elapsed
            guard format == .text else { return terminal.output(event.json.json + "\n") }
            state.view.note(event)
            let line = text.line(event).flatMap { shows(event) ? $0 + "\n" : nil } ?? ""
            redraw(&state, below: line)
        }
    }

    /// Draws the times anew every half second, until the task is cancelled.
    func tick(_ clock: any Clock<Duration>) async {
        guard terminal.redraws, format == .text else { return }
        while (try? await clock.sleep(for: .milliseconds(500))) != nil {
            state.withLock { state in
                state.lastEvent += .milliseconds(500)
                redraw(&state, below: "")
            }
        }
    }

    /// Does something with the terminal that nothing may be drawn over; what comes meanwhile is told after it.
    func holdingStill<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        state.withLock { state in
            if terminal.redraws { terminal.notes(state.view.erase()) }
            state.held = ""
        }
        defer {
            state.withLock { state in
                let lines = state.held ?? ""
                state.held = nil
                redraw(&state, below: lines)
            }
        }
        return try await body()
    }

    /// Tells machines how a run ended that an error ended, before its first event or later.
    func end(_ outcome: String) {
        guard format == .json else { return }
        print(RunEvent(.finished, nil, outcome, elapsed: state.withLock(\.lastEvent)))
    }

    /// Takes the live view away.
    func finish() {
        guard format == .text, terminal.redraws else { return }
        state.withLock { terminal.notes($0.view.erase()) }
    }

    /// With a live view, what is only under way need not stay on the screen.
    private func shows(_ event: RunEvent) -> Bool {
        !terminal.redraws || ![.waiting, .applied, .deleting].contains(event.kind)
    }

    private func redraw(_ state: inout State, below line: String) {
        if state.held != nil {
            state.held? += line
            return
        }
        guard terminal.redraws else { return terminal.notes(line) }
        let erased = state.view.erase()
        terminal.notes(erased + line + state.view.draw(at: state.lastEvent, width: terminal.width()))
    }
}
