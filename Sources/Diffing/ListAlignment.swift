internal import Resources

/// Which elements of two versions of a list without keys belong together.
enum ListAlignment {
    /// A pair of positions; one of them is nil where an element is added or removed.
    typealias Pair = (old: Int?, new: Int?)

    /// Pairs of all elements that are not the same in both lists, in the order of the lists.
    ///
    /// The longest common subsequence stays; what is removed and added at the same place is paired in order.
    static func pairs(_ old: [Value], _ new: [Value]) -> [Pair] {
        let prefix = zip(old, new).prefix { $0.isIdentical(to: $1) }.count
        let suffix = zip(old[prefix...].reversed(), new[prefix...].reversed()).prefix { $0.isIdentical(to: $1) }.count
        let oldMiddle = prefix..<(old.count - suffix)
        let newMiddle = prefix..<(new.count - suffix)
        let (removed, inserted) = changed(old, oldMiddle, new, newMiddle)
        var pairs: [Pair] = []
        var (oldIndex, newIndex) = (oldMiddle.lowerBound, newMiddle.lowerBound)
        while oldIndex < oldMiddle.upperBound || newIndex < newMiddle.upperBound {
            let oldRun = (oldIndex..<oldMiddle.upperBound).prefix(while: removed.contains)
            let newRun = (newIndex..<newMiddle.upperBound).prefix(while: inserted.contains)
            for offset in 0..<max(oldRun.count, newRun.count) {
                pairs.append(
                    (
                        old: offset < oldRun.count ? oldIndex + offset : nil,
                        new: offset < newRun.count ? newIndex + offset : nil
                    ))
            }
            oldIndex += oldRun.count + 1
            newIndex += newRun.count + 1
        }
        return pairs
    }

    /// Longer lists that differ are paired by position alone: the exact alignment would take too long.
    private static let maximumCount = 1_000

    private static func changed(
        _ old: [Value], _ oldRange: Range<Int>, _ new: [Value], _ newRange: Range<Int>
    ) -> (removed: Set<Int>, inserted: Set<Int>) {
        guard max(oldRange.count, newRange.count) <= maximumCount else { return (Set(oldRange), Set(newRange)) }
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in new[newRange].difference(from: old[oldRange], by: { $0.isIdentical(to: $1) }) {
            switch change {
            case .remove(let offset, _, _): removed.insert(oldRange.lowerBound + offset)
            case .insert(let offset, _, _): inserted.insert(newRange.lowerBound + offset)
            }
        }
        return (removed, inserted)
    }
}
