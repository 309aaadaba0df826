internal import Resources

extension SyncNotification {
    /// The notification for a chat, as Slack's incoming webhooks take it: `text` for chats that know no blocks, a block
    /// with the same text, and one with fields (api.slack.com/reference/block-kit).
    var slackPayload: Value {
        let text = Value.string(slackText)
        return [
            "text": text,
            "blocks": [
                ["type": "section", "text": ["type": "mrkdwn", "text": text]],
                ["type": "section", "fields": .array(slackFields)],
            ],
        ]
    }

    /// The most characters in the text of a block.
    private static let longestText = 3000

    /// The headline, the message and the objects, a line each.
    private var slackText: String {
        let names = objects.prefix(Self.mostObjects).map { "• " + slack($0.description) }
        let rest = objects.count - names.count
        let list = names + (rest > 0 ? ["and \(rest) more"] : [])
        let headline = "*\(slack(application))*: \(Self.headline(kind))"
        // What is left of the block for the message, which comes between the two.
        let room = Self.longestText - ([headline] + list).reduce(2) { $0 + $1.utf16.count + 1 }
        let lines = [headline, slack(message, to: max(1, room))] + list
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var slackFields: [Value] {
        let commit = slack(String(revision.prefix(12)))
        return [
            ("Cluster", slack(cluster)),
            ("Commit", subject.isEmpty ? commit : "\(commit) \(slack(subject))"),
            ("Run", slack(run.text)),
            ("Time", time.milliseconds),
        ].filter { !$0.1.isEmpty }.map { ["type": "mrkdwn", "text": .string("*\($0.0)*\n\($0.1)")] }
    }

    private static func headline(_ kind: Kind) -> String {
        switch kind {
        case .success: "in sync"
        case .failure: "failed"
        case .rollback: "failed, and was rolled back"
        case .drift: "has drifted"
        case .breaker: "has failed too often; no more runs are made"
        }
    }

    /// With the three characters escaped that Slack gives a meaning to, links and mentions among them.
    private func slack(_ text: String, to limit: Int = 200) -> String {
        PayloadText.cut(text, to: limit) { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }
    }
}
