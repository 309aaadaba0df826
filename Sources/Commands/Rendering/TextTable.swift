/// Rows in columns that are as wide as their widest cell.
struct TextTable {
    let header: [String]
    let rows: [[String]]
    /// The lines that follow a row, by its number; they belong to no column.
    var remarks: [Int: String] = [:]

    /// - Parameter paint: Called with row, column and padded cell, and returns the cell set off.
    func render(_ paint: (Int, Int, String) -> String = { $2 }) -> String {
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        func line(_ cells: [String], _ paint: (Int, String) -> String) -> String {
            let padded = cells.enumerated().map { column, cell in
                let isLast = column == cells.count - 1
                return paint(column, isLast ? cell : cell + String(repeating: " ", count: widths[column] - cell.count))
            }
            var text = padded.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }
        return line(header) { $1 }
            + rows.enumerated().map { row, cells in line(cells) { paint(row, $0, $1) } + (remarks[row] ?? "") }.joined()
    }
}
