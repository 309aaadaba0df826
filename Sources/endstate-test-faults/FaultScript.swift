import Glibc
import KubeClient
import Synchronization

/// Counts the requests and tells which of them fails, as the environment says:
///
///     ENDSTATE_TEST_FAULT        NUMBER:FAULT, such as 17:kill-after; the first request is number 1
///     ENDSTATE_TEST_COUNT_FROM   a text: the first request whose body has it is number 1, and none before it counts
///     ENDSTATE_TEST_REQUESTS     a file, to which a line is added for each request that counts: NUMBER METHOD PATH
final class FaultScript: Sendable {
    private let fault: (number: Int, kind: Fault)?
    private let start: String?
    private let file: Int32?
    private let count = Mutex(0)

    /// - Throws: `FaultScriptError` where the environment is not understood.
    init(variables: [String: String]) throws {
        fault = try variables["ENDSTATE_TEST_FAULT"].map(Self.fault)
        start = variables["ENDSTATE_TEST_COUNT_FROM"]
        file = try variables["ENDSTATE_TEST_REQUESTS"].map { path in
            let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw FaultScriptError(message: "\(path) can't be written") }
            return descriptor
        }
    }

    private static func fault(_ text: String) throws -> (number: Int, kind: Fault) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let number = Int(parts[0]), let kind = Fault(rawValue: String(parts[1])) else {
            throw FaultScriptError(message: "ENDSTATE_TEST_FAULT is \(text), which is no NUMBER:FAULT")
        }
        return (number, kind)
    }

    /// Counts a request; returns what becomes of it where that is not the usual.
    func next(_ request: HTTPRequest) -> Fault? {
        let number = count.withLock { count in
            guard count > 0 || isStart(request) else { return 0 }
            count += 1
            return count
        }
        guard number > 0 else { return nil }
        list("\(number) \(request.method.rawValue) \(request.path)\n")
        return fault.flatMap { $0.number == number ? $0.kind : nil }
    }

    private func isStart(_ request: HTTPRequest) -> Bool {
        guard let start else { return true }
        return request.body.map { String(decoding: $0, as: UTF8.self).contains(start) } ?? false
    }

    /// In one system call, so that lines stay whole.
    private func list(_ line: String) {
        guard let file else { return }
        let bytes = Array(line.utf8)
        _ = write(file, bytes, bytes.count)
    }
}

struct FaultScriptError: Error, CustomStringConvertible {
    let message: String
    var description: String { "error: \(message)" }
}
