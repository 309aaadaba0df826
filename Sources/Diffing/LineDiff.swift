internal import Resources

/// The difference of two texts, line by line, in the form of `diff -u`.
package enum LineDiff {
    package struct Line: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            case context
            case removed
            case added
            /// `noNewline`, about the line before it.
            case note
        }

        package let kind: Kind
        /// Without its line feed.
        package let text: String
    }

    /// A stretch of changed lines with the unchanged ones around it.
    package struct Hunk: Sendable, Hashable {
        /// The number of the first line, from 1, in the old and in the new text; 0 where it has no lines in the hunk.
        package let oldStart: Int
        package let oldCount: Int
        package let newStart: Int
        package let newCount: Int
        package let lines: [Line]

        /// `@@ -1,3 +1,4 @@`.
        package var header: String {
            "@@ -\(Self.range(oldStart, oldCount)) +\(Self.range(newStart, newCount)) @@"
        }

        private static func range(_ start: Int, _ count: Int) -> String {
            count == 1 ? "\(start)" : "\(start),\(count)"
        }
    }

    /// The line that follows a last line without a line feed, as `diff` writes it.
    package static let noNewline = "\\ No newline at end of file"

    /// The hunks that turn one text into the other; none where both are the same.
    ///
    /// A last line without a line feed is not the same as one with it, and is followed by `noNewline`.
    package static func hunks(from old: String, to new: String, context: Int = 3) -> [Hunk] {
        let edits = self.edits(from: lines(of: old), to: lines(of: new))
        var hunks: [Hunk] = []
        var index = 0
        while let first = edits[index...].firstIndex(where: { $0.kind != .context }) {
            var last = first
            while let next = edits[(last + 1)...].firstIndex(where: { $0.kind != .context }),
                next - last - 1 <= 2 * context
            {
                last = next
            }
            let start = max(index, first - context)
            let end = min(edits.count, last + 1 + context)
            hunks.append(hunk(of: edits[start..<end]))
            index = end
        }
        return hunks
    }

    /// Texts that differ in more lines than this are told as replaced: the exact difference would take too long.
    private static let maximumLines = 4_000

    private struct Edit {
        let kind: Line.Kind
        let text: String
        let isUnended: Bool
        /// How many lines of each text stand before this one.
        let oldIndex: Int
        let newIndex: Int
    }

    private struct SourceLine {
        let bytes: [UInt8]
        let isUnended: Bool

        func isSame(as other: SourceLine) -> Bool { isUnended == other.isUnended && bytes == other.bytes }
    }

    private static func lines(of text: String) -> [SourceLine] {
        var parts = Array(text.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let isEnded = parts.last?.isEmpty ?? true
        if isEnded { parts.removeLast() }
        return parts.enumerated().map { index, part in
            SourceLine(bytes: Array(part), isUnended: !isEnded && index == parts.count - 1)
        }
    }

    private static func edits(from old: [SourceLine], to new: [SourceLine]) -> [Edit] {
        let (removed, inserted) = changedLines(from: old, to: new)
        var edits: [Edit] = []
        var (oldIndex, newIndex) = (0, 0)
        while oldIndex < old.count || newIndex < new.count {
            let kind: Line.Kind
            if oldIndex < old.count, removed.contains(oldIndex) {
                kind = .removed
            } else if newIndex < new.count, inserted.contains(newIndex) {
                kind = .added
            } else {
                kind = .context
            }
            let line = kind == .removed ? old[oldIndex] : new[newIndex]
            let text = String(decoding: line.bytes, as: UTF8.self)
            edits.append(
                Edit(kind: kind, text: text, isUnended: line.isUnended, oldIndex: oldIndex, newIndex: newIndex))
            if kind != .added { oldIndex += 1 }
            if kind != .removed { newIndex += 1 }
        }
        return edits
    }

    private static func changedLines(
        from old: [SourceLine], to new: [SourceLine]
    ) -> (removed: Set<Int>, inserted: Set<Int>) {
        let prefix = zip(old, new).prefix { $0.isSame(as: $1) }.count
        let rest = (old: old[prefix...], new: new[prefix...])
        let suffix = zip(rest.old.reversed(), rest.new.reversed()).prefix { $0.isSame(as: $1) }.count
        let middle = (old: prefix..<(old.count - suffix), new: prefix..<(new.count - suffix))
        guard max(middle.old.count, middle.new.count) <= maximumLines else { return (Set(middle.old), Set(middle.new)) }
        let difference = new[middle.new].difference(from: old[middle.old]) { $0.isSame(as: $1) }
        return (
            Set(difference.removals.map { $0.offset + prefix }), Set(difference.insertions.map { $0.offset + prefix })
        )
    }

    private static func hunk(of edits: ArraySlice<Edit>) -> Hunk {
        let oldCount = edits.count { $0.kind != .added }
        let newCount = edits.count { $0.kind != .removed }
        let oldIndex = edits.first?.oldIndex ?? 0
        let newIndex = edits.first?.newIndex ?? 0
        let lines = edits.flatMap { edit in
            [Line(kind: edit.kind, text: edit.text)] + (edit.isUnended ? [Line(kind: .note, text: noNewline)] : [])
        }
        return Hunk(
            oldStart: oldCount == 0 ? oldIndex : oldIndex + 1, oldCount: oldCount,
            newStart: newCount == 0 ? newIndex : newIndex + 1, newCount: newCount,
            lines: lines
        )
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
