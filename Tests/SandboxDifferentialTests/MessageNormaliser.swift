import Resources

/// What differs in error messages from one answer of the same server to the next, or shows how it is written in Go.
enum MessageNormaliser {
    /// - Parameter text: The message of a status or of one of its causes.
    static func normalised(_ text: String) -> String {
        var text = text
        if text.contains("ersion") { text = withoutVersions(text) }
        if text.contains("0xc0") { text = text.replacing(/0xc[0-9a-f]{9}/, with: "POINTER") }
        if text.contains("default-token-") {
            text = text.replacing(/default-token-[a-z0-9]{5}/, with: "default-token-GENERATED")
        }
        if text.contains("errors:\n") { text = withSortedErrors(text) }
        if text.contains("Invalid value: \"{") { text = withoutDocument(text) }
        if text.contains("core.P") || text.contains("claims\n") || text.contains("tolerations)\n")
            || text.contains("resource.Q")
        {
            text = withoutStructures(text)
        }
        return text
    }

    /// The status with its causes, and the list of them in its message, in an order that does not depend on chance: Go
    /// walks maps as it likes.
    static func withSortedCauses(_ status: Value) -> Value {
        guard let causes = status[path: "details", "causes"]?.array, causes.count > 1 else { return status }
        var status = status
        status["details"]?["causes"] = .array(causes.sorted { $0.json < $1.json })
        guard let message = status["message"]?.string, let start = message.firstRange(of: "is invalid: [") else {
            return status
        }
        var parts: [String] = []
        for cause in causes {
            let part = "\(cause["field"]?.string ?? ""): \(cause["message"]?.string ?? "")"
            if !parts.contains(part) { parts.append(part) }
        }
        // A list that is not made of the causes stays as it is.
        if message[start.upperBound...] == "\(parts.joined(separator: ", "))]" {
            status["message"] = .string("\(message[..<start.upperBound])\(parts.sorted().joined(separator: ", "))]")
        }
        return status
    }

    private static func withoutVersions(_ text: String) -> String {
        text
            .replacing(/(resourceVersion(?:\\*": ?\\*"|: "))[0-9]+/) { "\($0.1)VERSION" }
            .replacing(/(ResourceVersion in (?:record|the precondition) \()[0-9]{3,}/) {
                "\($0.1)VERSION"
            }
            .replacing(/(resource version: [0-9]+, current: )[0-9]+/) { "\($0.1)VERSION" }
    }

    /// Go walks maps in an order by chance, and with them the errors that it finds in them.
    private static func withSortedErrors(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let head = lines.firstIndex(where: { $0.hasSuffix("errors:") }) else { return text }
        return (lines[...head] + lines[(head + 1)...].sorted()).joined(separator: "\n")
    }

    /// A patched object that can't be read is quoted as a whole, its fields in the order of Go's structures.
    private static func withoutDocument(_ text: String) -> String {
        guard let start = text.firstRange(of: "Invalid value: \"{"),
            let end = text.ranges(of: "}\": ").last
        else {
            return text
        }
        // Where in the text the decoder stopped depends on that order, too.
        let reason = text[end.upperBound...]
        let place = reason.firstRange(of: ", error found in #")?.lowerBound ?? reason.endIndex
        return text[..<start.lowerBound] + "Invalid value: OBJECT: " + reason[..<place]
    }

    /// Some messages print Go's structures, or what is not the same in two of them.
    private static func withoutStructures(_ text: String) -> String {
        var text = text
        if let start = text.firstRange(of: "core.PodTemplateSpec{"),
            let end = text.ranges(of: "}: field is immutable").last
        {
            text = text[..<start.upperBound] + "STRUCTURE" + text[end.lowerBound...]
        }
        for phrase in ["(only additions to existing tolerations)\n", "except resources.requests for bound claims\n"] {
            if let range = text.firstRange(of: phrase) { text = text[..<range.upperBound] + "DIFFERENCE" }
        }
        guard text.contains("resource.Quantity{") else { return text }
        return text.replacing(/resource\.Quantity\{.*?, Format:"[A-Za-z]+"\}/, with: "QUANTITY")
    }
}
