import Foundation
import Resources

@testable import SyncService

/// A directory of a test's own, removed at the end of its life.
final class Scratch: Sendable {
    let directory: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "endstate-observe-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        directory = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
}

enum Fixture {
    static let time = Date(timeIntervalSince1970: 1_767_323_045.25)
    static let run = RunID(now: time, random: 1)
    static let deployment = ObjectIdentity(group: "apps", kind: "Deployment", namespace: "shop", name: "web")

    static func entry(_ application: String = "shop", object: ObjectIdentity = deployment) -> AuditEntry {
        AuditEntry(
            time: time, run: run, who: "robot@host", pid: 42, application: application, cluster: "production",
            action: .update, object: object, why: .commit, revision: "0123456789abcdef0123456789abcdef01234567")
    }

    static func notification(
        _ kind: SyncNotification.Kind = .failure, message: String = "Deployment shop/web did not become healthy",
        objects: [ObjectIdentity] = [deployment]
    ) -> SyncNotification {
        SyncNotification(
            kind, application: "shop", cluster: "production", revision: "0123456789abcdef0123456789abcdef01234567",
            subject: "Sell more", message: message, objects: objects, run: run, time: time)
    }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
