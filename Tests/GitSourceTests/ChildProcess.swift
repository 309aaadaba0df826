import Foundation
import Glibc

/// A program's end that a test did not expect.
struct ProgramFailure: Error, CustomStringConvertible {
    let description: String
}

/// A program that runs beside the tests until its owner goes; Foundation's Process takes one that closes its
/// descriptors, as sshd does, for one that has ended.
final class ChildProcess {
    private let identifier: pid_t
    private var input: Int32
    private let output: Int32

    /// Starts a program whose standard input, output and error are pipes to here.
    init(_ program: String, _ arguments: [String]) throws {
        var toChild: [Int32] = [-1, -1]
        var fromChild: [Int32] = [-1, -1]
        guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
            throw ProgramFailure(description: "no pipe: \(errno)")
        }
        identifier = try spawn(program, arguments, environment: ProcessInfo.processInfo.environment) {
            actions in
            posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
            posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
            posix_spawn_file_actions_adddup2(&actions, fromChild[1], 2)
        }
        close(toChild[0])
        close(fromChild[1])
        input = toChild[1]
        output = fromChild[0]
    }

    deinit {
        closeInput()
        kill(identifier, SIGTERM)
        waitpid(identifier, nil, 0)
        close(output)
    }

    func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Waits until the program has written some text at the end of a line.
    ///
    /// - Returns: the line.
    func line(with text: String) throws -> String {
        var said = Data()
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1 {
            said.append(byte)
            guard byte == UInt8(ascii: "\n") else { continue }
            let line = String(decoding: said, as: UTF8.self)
            if line.contains(text) { return line }
        }
        throw ProgramFailure(description: "the program ended: \(String(decoding: said, as: UTF8.self))")
    }
}

/// Whether a program is installed.
func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

/// Runs a program to its end.
///
/// - Returns: what it wrote to its standard output.
@discardableResult
func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], input: Data = Data()
) throws -> Data {
    // Files, not pipes: neither side can wait for the other.
    let scratch = try TemporaryDirectory()
    let (from, to, errors) = (scratch.path + "/in", scratch.path + "/out", scratch.path + "/err")
    try input.write(to: URL(fileURLWithPath: from))
    let identifier = try spawn(program, arguments, environment: environment) { actions in
        posix_spawn_file_actions_addopen(&actions, 0, from, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, to, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
    }
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
        let said = try String(decoding: Data(contentsOf: URL(fileURLWithPath: errors)), as: UTF8.self)
        throw ProgramFailure(description: "\(program) \(arguments): status \(status) \(said)")
    }
    return try Data(contentsOf: URL(fileURLWithPath: to))
}

private func spawn(
    _ program: String, _ arguments: [String], environment: [String: String],
    _ redirect: (inout posix_spawn_file_actions_t) -> Void
) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    redirect(&actions)
    // Connections and files of other tests would stay open for as long as the child lives.
    for descriptor in 3..<Int32(min(1024, sysconf(Int32(_SC_OPEN_MAX)))) {
        posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    // A thread of Dispatch blocks signals, and its children would too: they could not be ended.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, program, &actions, &attributes, words, variables)
    guard code == 0 else { throw ProgramFailure(description: "\(program) cannot be started: \(code)") }
    return identifier
}
