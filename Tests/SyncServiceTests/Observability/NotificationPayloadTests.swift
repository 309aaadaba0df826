import KubeClient
import Resources
import Testing

@testable import SyncService

struct NotificationPayloadTests {
    private func generic(_ notification: SyncNotification) throws -> Value {
        try Value(json: notification.payload(.generic))
    }

    private func slackText(_ notification: SyncNotification) throws -> String {
        try #require(try Value(json: notification.payload(.slack))["text"]?.string)
    }

    private func objects(_ count: Int) -> [ObjectIdentity] {
        (0..<count).map { ObjectIdentity(group: "", kind: "ConfigMap", namespace: "shop", name: "c\($0)") }
    }

    @Test func `a program gets everything by name`() throws {
        #expect(
            try generic(Fixture.notification()).prettyJSON == """
                {
                  "apiVersion": "endstate.dev/v1",
                  "application": "shop",
                  "cluster": "production",
                  "commit": {
                    "id": "0123456789abcdef0123456789abcdef01234567",
                    "subject": "Sell more"
                  },
                  "event": "failure",
                  "kind": "Notification",
                  "message": "Deployment shop/web did not become healthy",
                  "objectCount": 1,
                  "objects": [
                    {
                      "group": "apps",
                      "kind": "Deployment",
                      "name": "web",
                      "namespace": "shop"
                    }
                  ],
                  "run": "01kdyak3c2000001",
                  "time": "2026-01-02T03:04:05.250Z"
                }
                """)
    }

    @Test func `a chat gets a headline, the message, the objects and fields`() throws {
        var notification = Fixture.notification(message: "1 < 2 & <!channel> \u{1B}[31m", objects: objects(12))
        notification.subject = "<https://evil|ok>"
        let text = """
            *shop*: failed\\n1 &lt; 2 &amp; &lt;!channel&gt; \\\\u{1B}[31m\\n• ConfigMap shop/c0\\n• ConfigMap shop/c1\\n\
            • ConfigMap shop/c2\\n• ConfigMap shop/c3\\n• ConfigMap shop/c4\\n• ConfigMap shop/c5\\n• ConfigMap shop/c6\\n\
            • ConfigMap shop/c7\\n• ConfigMap shop/c8\\n• ConfigMap shop/c9\\nand 2 more
            """
        #expect(
            try Value(json: notification.payload(.slack)).prettyJSON == """
                {
                  "blocks": [
                    {
                      "text": {
                        "text": "\(text)",
                        "type": "mrkdwn"
                      },
                      "type": "section"
                    },
                    {
                      "fields": [
                        {
                          "text": "*Cluster*\\nproduction",
                          "type": "mrkdwn"
                        },
                        {
                          "text": "*Commit*\\n0123456789ab &lt;https://evil|ok&gt;",
                          "type": "mrkdwn"
                        },
                        {
                          "text": "*Run*\\n01kdyak3c2000001",
                          "type": "mrkdwn"
                        },
                        {
                          "text": "*Time*\\n2026-01-02T03:04:05.250Z",
                          "type": "mrkdwn"
                        }
                      ],
                      "type": "section"
                    }
                  ],
                  "text": "\(text)"
                }
                """)
    }

    @Test(arguments: [
        (SyncNotification.Kind.success, "*shop*: in sync"), (.failure, "*shop*: failed"),
        (.rollback, "*shop*: failed, and was rolled back"), (.drift, "*shop*: has drifted"),
        (.breaker, "*shop*: has failed too often; no more runs are made"),
    ])
    func `each kind has its headline`(kind: SyncNotification.Kind, headline: String) throws {
        let text = try slackText(Fixture.notification(kind, message: "", objects: []))
        #expect(text == headline)
        #expect(try generic(Fixture.notification(kind))["event"]?.string == kind.rawValue)
    }

    @Test func `of many objects ten are named, and all are counted`() throws {
        let value = try generic(Fixture.notification(objects: objects(500)))
        #expect(value["objects"]?.array?.count == 10)
        #expect(value["objectCount"]?.integer == 500)
    }

    @Test(arguments: ["x", "&", "<", "🙂", "\u{1B}", "e\u{301}"])
    func `what is much too long is cut, never within an escape`(piece: String) throws {
        let long = String(repeating: piece, count: 20_000)
        let name = ObjectIdentity(group: "g.example", kind: long, namespace: long, name: long)
        var notification = Fixture.notification(message: long, objects: Array(repeating: name, count: 30))
        notification.subject = long
        notification.cluster = long
        let text = try slackText(notification)
        #expect((2900...3000).contains(text.utf16.count))
        #expect(text.hasSuffix("and 20 more"))
        let cutEscapes = text.split(separator: "&").dropFirst().filter { part in
            !["amp;", "lt;", "gt;"].contains { part.hasPrefix($0) }
        }
        #expect(cutEscapes.isEmpty)
        #expect(try generic(notification)["message"]?.string?.utf16.count ?? 0 <= 8000)
        #expect(notification.payload(.slack).count < 30_000)
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("", 3, ""), ("a\nb", 7, "a\\u{A}b"), ("a\nb", 6, "a\\u{A…"),
        ("🙂🙂", 3, "🙂…"),
    ])
    func `a cut text has the limit's length at most`(text: String, limit: Int, cut: String) {
        #expect(PayloadText.cut(text, to: limit) == cut)
    }

    @Test func `a target shows nothing of its URL`() {
        let target = NotificationTarget(
            name: "chat", url: Confidential("https://hooks.example/T0/hunter2"), format: .slack)
        var dumped = ""
        dump(target, to: &dumped)
        #expect(!"\(target)\(String(reflecting: target))\(dumped)".contains("hunter2"))
    }
}
