/// What somebody may have meant by a name that does not exist.
package enum Spelling {
    /// The known name nearest to `name`; nil where none is near. Differences in case alone are nearest of all.
    package static func nearest(to name: String, in known: some Sequence<String>) -> String? {
        let limit = max(1, name.count / 3)
        let wanted = Array(name.lowercased())
        return
            known
            .compactMap { candidate -> (name: String, distance: Int)? in
                let letters = Array(candidate.lowercased())
                guard abs(letters.count - wanted.count) <= limit else { return nil }
                let distance = distance(wanted, letters)
                return distance <= limit ? (candidate, distance) : nil
            }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// The question whether the known name nearest to `name` is meant; nil where none is near.
    package static func hint(_ name: String, in known: some Sequence<String>) -> String? {
        nearest(to: name, in: known).map { "did you mean \($0)?" }
    }

    /// How many letters must be added, removed, changed or swapped with their neighbour (optimal string alignment).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 1...max(1, left.count) where row <= left.count {
            var current = [row]
            for column in 1...max(1, right.count) where column <= right.count {
                let isSame = left[row - 1] == right[column - 1]
                var best = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, beforePrevious[column - 2] + 1)
                }
                current.append(best)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
