internal import CLibYAML
import Resources

/// Feeds a tree builder from libyaml's event stream: the one owner of a libyaml parser.
struct LibYAMLParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: YAMLText

    /// - Throws: A `YAMLError` where memory is short.
    private init(_ text: YAMLText) throws(YAMLError) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        self.text = text
        guard yaml_parser_initialize(parser) == 1 else {
            throw YAMLError("out-of-memory", "out of memory", at: .start)
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.bytes.baseAddress, text.bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// Reads one document.
    /// - Throws: The first error after which reading can't go on.
    static func read(_ text: YAMLText, into builder: inout TreeBuilder) throws(YAMLError) {
        if let place = text.directive {
            throw YAMLError("syntax", SyntaxMessage.directive, at: place)
        }
        let parser = try LibYAMLParser(text)
        try parser.run(&builder)
    }

    private borrowing func run(_ builder: inout TreeBuilder) throws(YAMLError) {
        var flowLevels: [Bool] = []
        var flowDepth = 0
        var work = 0
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
            defer { yaml_event_delete(&event) }
            let place = text.place(event.start_mark)
            // libyaml looks at every open [ and { again at each token.
            work += flowDepth
            if work > 200_000_000 {
                throw YAMLError("too-deep", "too much text inside of deeply nested [ ] and { }", at: place)
            }
            switch event.type {
            case YAML_STREAM_END_EVENT: return
            case YAML_MAPPING_START_EVENT, YAML_SEQUENCE_START_EVENT:
                let isFlow = try begin(event, &builder, at: place)
                flowLevels.append(isFlow)
                flowDepth += isFlow ? 1 : 0
            case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
                flowDepth -= flowLevels.popLast() ?? false ? 1 : 0
                try builder.end()
            case YAML_SCALAR_EVENT: try scalar(event, isInFlow: flowDepth > 0, &builder, at: place)
            case YAML_ALIAS_EVENT: try builder.alias(Self.string(event.data.alias.anchor) ?? "", at: place)
            default: break
            }
        }
    }

    private borrowing func begin(_ event: yaml_event_t, _ builder: inout TreeBuilder, at place: Place) throws(YAMLError)
        -> Bool
    {
        if event.type == YAML_MAPPING_START_EVENT {
            let start = event.data.mapping_start
            try builder.begin(isMap: true, anchor: Self.string(start.anchor), at: place)
            return start.style == YAML_FLOW_MAPPING_STYLE
        }
        let start = event.data.sequence_start
        try builder.begin(isMap: false, anchor: Self.string(start.anchor), at: place)
        return start.style == YAML_FLOW_SEQUENCE_STYLE
    }

    private borrowing func scalar(
        _ event: yaml_event_t, isInFlow: Bool, _ builder: inout TreeBuilder, at place: Place
    ) throws(YAMLError) {
        let scalar = event.data.scalar
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        let tag = Self.string(scalar.tag)
        if isInFlow, isPlain { try checkFlow(event, bytes, hasTag: tag != nil, at: place) }
        let anchor = Self.string(scalar.anchor)
        let isMerge = (scalar.plain_implicit == 1 || tag == "tag:yaml.org,2002:merge") && bytes.elementsEqual("<<".utf8)
        if tag == nil, isPlain, !text.isPatched {
            return try builder.scalar(ScalarResolver.plain(bytes), anchor: anchor, isMergeKey: isMerge, at: place)
        }
        let content = text.restored(
            String(decoding: bytes, as: UTF8.self), isDoubleQuoted: scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        var meaning = Scalar.string(content)
        if let tag {
            do { meaning = try ScalarResolver.resolve(content, tag: tag) } catch {
                try builder.report(YAMLError("tag-mismatch", error.message, at: place))
            }
        } else if isPlain {
            meaning = ScalarResolver.plain(content)
        }
        try builder.scalar(meaning, anchor: anchor, isMergeKey: isMerge, at: place)
    }

    /// Refuses what libyaml reads between brackets in another way than Kubernetes' reader.
    private borrowing func checkFlow(
        _ event: yaml_event_t, _ bytes: UnsafeBufferPointer<UInt8>, hasTag: Bool, at place: Place
    ) throws(YAMLError) {
        if bytes.contains(UInt8(ascii: "?")) {
            throw YAMLError("syntax", "text with '?' must be in quotes inside of [ ] and { }", at: place)
        }
        if hasTag, bytes.isEmpty, text.character(at: event.end_mark) == "," {
            throw YAMLError("syntax", "there must be a space between a tag and a comma", at: place)
        }
    }

    private borrowing func failure() -> YAMLError {
        let state = parser.pointee
        guard state.error != YAML_MEMORY_ERROR, let problem = state.problem else {
            return YAMLError("out-of-memory", "out of memory", at: .start)
        }
        return SyntaxMessage(
            problem: String(cString: problem),
            context: state.context.map { String(cString: $0) } ?? "",
            character: text.character(at: state.problem_mark),
            next: text.character(at: state.problem_mark, after: 1),
            place: text.place(state.problem_mark),
            contextPlace: text.place(state.context_mark)
        ).error
    }

    private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}
