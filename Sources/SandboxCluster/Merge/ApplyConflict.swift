internal import Resources

/// A field that another manager owns and that would get another value.
struct ApplyConflict: Equatable {
    let manager: FieldManager
    /// By the keys of `fieldsV1`.
    let path: [String]

    var field: String { ServerPaths.text(path) }
}

extension APIStatus {
    /// The status of an apply that takes fields of others (`NewConflictError`); the conflicts come in the managers' order.
    static func applyConflict(_ conflicts: [ApplyConflict]) -> APIStatus {
        let causes = conflicts.map { conflict -> Value in
            [
                "reason": "FieldManagerConflict", "message": .string("conflict with \(conflict.manager.text)"),
                "field": .string(conflict.field),
            ]
        }
        return APIStatus(
            code: 409, reason: "Conflict", message: message(conflicts), details: ["causes": .array(causes)])
    }

    private static func message(_ conflicts: [ApplyConflict]) -> String {
        if conflicts.count == 1, let only = conflicts.first {
            return "Apply failed with 1 conflict: conflict with \(only.manager.text): \(only.field)"
        }
        var lines: [String] = []
        var last: FieldManager?
        for conflict in conflicts {
            if conflict.manager != last { lines.append("conflicts with \(conflict.manager.text):") }
            last = conflict.manager
            lines.append("- \(conflict.field)")
        }
        return "Apply failed with \(conflicts.count) conflicts: " + lines.joined(separator: "\n")
    }
}
