import Resources

/// Says what libyaml complains about in words that tell what to change.
///
/// libyaml has no error codes, only sentences; those that are not known here are passed on as they are.
struct SyntaxMessage {
    let problem: String
    let context: String
    /// The character at the place of the problem, and the one after it; nil at the end of the text.
    let character: Unicode.Scalar?
    let next: Unicode.Scalar?
    let place: Place
    let contextPlace: Place

    static let directive = "YAML directives (lines that start with %) can't be used; quote the text if it is a value"

    var error: YAMLError {
        if problem.contains("tab character")
            || character == "\t" && problem == "found character that cannot start any token"
        {
            return YAMLError("tab", "a tab is used as indentation; YAML allows only spaces there", at: place)
        }
        if context.contains("directive") {
            return syntax(Self.directive, at: contextPlace)
        }
        return scannerError ?? parserError ?? syntax("invalid YAML: " + problem)
    }

    private var scannerError: YAMLError? {
        switch problem {
        case "found character that cannot start any token": syntax(cannotStart)
        case "could not find expected ':'":
            syntax("this line is no 'key: value': it has no ':' after the key", at: contextPlace)
        case "mapping values are not allowed in this context":
            syntax("':' can't stand here: quote the text if it is part of a value, or check the indentation")
        case "mapping keys are not allowed in this context":
            syntax("'? ' can't stand here: quote the text if it is part of a value")
        case "block sequence entries are not allowed in this context":
            syntax("'- ' can't stand here: put the list on lines of its own, or quote the text")
        case "found unexpected end of stream", "found unexpected document indicator":
            syntax("the quote that opens here is never closed", at: contextPlace)
        case "found unknown escape character":
            syntax(
                "unknown escape '\\\(shown(next))' in double quotes: write \\\\ for a backslash, or use single quotes")
        case "did not find expected hexdecimal number":
            syntax("the escape lacks hexadecimal digits: \\x needs 2, \\u 4, \\U 8")
        case "found invalid Unicode character escape code":
            syntax("the escape is no Unicode character; characters above U+FFFF are written as \\U and 8 digits")
        case "found unexpected ':'": syntax("there must be a space after ':' inside of { } and [ ]; or quote the text")
        case "did not find expected alphabetic or numeric character":
            syntax(
                "'\(context.contains("anchor") ? "&" : "*")' must be followed by a name; quote the text if it is a value",
                at: contextPlace)
        case "did not find expected comment or line break":
            syntax("text of a | or > value must start on the next line")
        case "found an indentation indicator equal to 0":
            syntax("the indentation after | or > must be 1 to 9")
        default:
            context.contains("a tag")
                ? syntax("not a valid tag: quote text that starts with '!'", at: contextPlace) : nil
        }
    }

    private var parserError: YAMLError? {
        switch problem {
        case "did not find expected <document start>":
            syntax("text after the end of the document: start a new document with a line ---")
        case "did not find expected key":
            syntax(
                "expected a key of the map that starts on line \(contextPlace.line): check the indentation and the quotes"
            )
        case "did not find expected '-' indicator":
            syntax("expected '- ' of the list that starts on line \(contextPlace.line): check the indentation")
        case "did not find expected ',' or ']'":
            syntax("expected ',' or ']': the '[' is on line \(contextPlace.line), column \(contextPlace.column)")
        case "did not find expected ',' or '}'":
            syntax("expected ',' or '}': the '{' is on line \(contextPlace.line), column \(contextPlace.column)")
        case "did not find expected node content": syntax("expected a value here")
        case "found undefined tag handle": syntax("unknown tag: quote text that starts with '!'")
        default: nil
        }
    }

    private var cannotStart: String {
        switch character {
        case "@", "`", "%": "text can't start with '\(shown(character))': put it in quotes"
        case "|", ">": "'\(shown(character))' can't stand inside of [ ] and { }: put the text in quotes"
        default: "'\(shown(character))' can't stand here: quote the text if it is part of a value"
        }
    }

    private func shown(_ character: Unicode.Scalar?) -> String {
        character.map { Printable.escaped(String($0)) } ?? ""
    }

    private func syntax(_ message: String, at place: Place? = nil) -> YAMLError {
        YAMLError("syntax", message, at: place ?? self.place)
    }
}
