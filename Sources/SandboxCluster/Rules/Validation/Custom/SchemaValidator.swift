internal import Resources

/// Validates a value against a schema, as k8s.io/kube-openapi/pkg/validation/validate does; the order of its checks too.
struct SchemaValidator {
    /// What a validation came to.
    struct Outcome {
        var faults: [SchemaFault] = []
        /// How much was looked at: of the branches of an `anyOf`, that one is told of that got furthest.
        var matches = 0

        mutating func merge(_ other: Outcome) {
            for fault in other.faults { add(fault) }
            matches += other.matches
        }

        mutating func add(_ fault: SchemaFault) {
            if !faults.contains(where: { $0.message == fault.message }) { faults.append(fault) }
        }
    }

    static func validate(_ value: Value, _ schema: SchemaView, at path: String = "") -> Outcome {
        var outcome = Outcome()
        if value.isNull {
            checkType(value, schema, path, &outcome)
            checkEnumeration(value, schema, path, &outcome)
            return outcome
        }
        if !schema.types.isEmpty || FormatRules.format(of: schema) != nil {
            checkType(value, schema, path, &outcome)
            outcome.matches += 1
        }
        checkBranches(value, schema, path, &outcome)
        outcome.matches += 1
        switch value {
        case .string(let text):
            checkText(text, schema, path, &outcome)
            outcome.matches += 1
            if let format = FormatRules.format(of: schema) {
                if !FormatRules.matches(text, format) {
                    outcome.add(.type(path, format, GoSyntax.quoted(text), shown: value))
                }
                outcome.matches += 1
            }
        case .integer, .unsigned, .double:
            NumberRules.check(value, schema, path, &outcome)
            outcome.matches += 2
        case .array(let elements):
            checkList(elements, schema, path, &outcome)
            outcome.matches += 2
        default: break
        }
        checkEnumeration(value, schema, path, &outcome)
        outcome.matches += 1
        if case .object(let fields) = value {
            checkObject(fields, schema, path, &outcome)
            outcome.matches += 1
        }
        outcome.matches += 1
        return outcome
    }

    // MARK: Types

    private static func checkType(_ value: Value, _ schema: SchemaView, _ path: String, _ outcome: inout Outcome) {
        let types = schema.types
        let found = value.typeName
        if value.isNull {
            if types.isEmpty || schema.isNullable {
                outcome.matches += 1
            } else {
                outcome.add(.type(path, types.joined(separator: ","), "\"null\"", shown: "null"))
            }
            return
        }
        let isNumeric = types.contains("number") || types.contains("integer")
        let fits = types.contains(found) || found == "integer" && types.contains("number")
        if let format = FormatRules.format(of: schema) {
            switch value {
            case .string, .array:
                if !isNumeric {
                    outcome.matches += 1
                    return
                }
            default:
                if !fits {
                    let own = found == "integer" ? "int64" : found == "number" ? "float64" : ""
                    return outcome.add(.type(path, format, GoSyntax.quoted(own), shown: .string(own)))
                }
            }
        }
        if fits {
            outcome.matches += 1
        } else {
            outcome.add(.type(path, types.joined(separator: ","), GoSyntax.quoted(found), shown: .string(found)))
        }
    }

    private static func checkEnumeration(
        _ value: Value, _ schema: SchemaView, _ path: String, _ outcome: inout Outcome
    ) {
        guard let allowed = schema.keyword("enum")?.array, !allowed.isEmpty, !allowed.contains(value) else { return }
        outcome.add(.enumeration(path, value, allowed))
    }

    // MARK: Texts

    private static func checkText(_ text: String, _ schema: SchemaView, _ path: String, _ outcome: inout Outcome) {
        let length = text.unicodeScalars.count
        if let most = schema.keyword("maxLength")?.integer, length > most {
            outcome.add(.value(path, .string(text), "should be at most \(most) chars long"))
        } else if let least = schema.keyword("minLength")?.integer, length < least {
            outcome.add(.value(path, .string(text), "should be at least \(least) chars long"))
        } else if let pattern = schema.keyword("pattern")?.string, !pattern.isEmpty,
            !PatternRules.matches(text, pattern)
        {
            outcome.add(.value(path, .string(text), "should match '\(pattern)'"))
        }
    }

    // MARK: Lists and objects

    private static func checkList(
        _ elements: [Value], _ schema: SchemaView, _ path: String, _ outcome: inout Outcome
    ) {
        if let items = schema.items {
            // Faults of an element are told of the list: the server's paths have no indices here.
            for element in elements { outcome.merge(validate(element, items, at: path)) }
        }
        let count = Value.integer(Int64(elements.count))
        if let least = schema.keyword("minItems")?.integer, elements.count < least {
            outcome.add(.value(path, count, "should have at least \(least) items"))
        }
        if let most = schema.keyword("maxItems")?.integer, elements.count > most {
            outcome.add(.value(path, count, "should have at most \(most) items"))
        }
        if schema.keyword("uniqueItems") == true, Set(elements).count < elements.count {
            outcome.add(.value(path, nil, "shouldn't contain duplicates"))
        }
    }

    private static func checkObject(
        _ fields: [String: Value], _ schema: SchemaView, _ path: String, _ outcome: inout Outcome
    ) {
        if let least = schema.keyword("minProperties")?.integer, fields.count < least {
            return outcome.add(.value(path, .integer(Int64(least)), "should have at least \(least) properties"))
        }
        if let most = schema.keyword("maxProperties")?.integer, fields.count > most {
            return outcome.add(.value(path, .integer(Int64(most)), "should have at most \(most) properties"))
        }
        let additional = schema.additional
        for key in fields.keys.sorted() {
            guard let value = fields[key] else { continue }
            if let property = schema.property(key) {
                outcome.merge(validate(value, property, at: path.isEmpty ? key : "\(path).\(key)"))
            } else if let additional {
                outcome.merge(validate(value, additional, at: "\(path).\(key)"))
            }
        }
        for key in schema.required where fields[key] == nil { outcome.add(.required("\(path).\(key)")) }
    }

    // MARK: anyOf, oneOf, allOf, not

    private static func checkBranches(
        _ value: Value, _ schema: SchemaView, _ path: String, _ outcome: inout Outcome
    ) {
        checkAny(value, schema.branches("anyOf"), path, &outcome)
        checkOne(value, schema.branches("oneOf"), path, &outcome)
        checkAll(value, schema.branches("allOf"), path, &outcome)
        if let excluded = schema.excluded, validate(value, excluded, at: path).faults.isEmpty {
            outcome.add(.whole(path, "must not validate the schema (not)"))
        }
        outcome.matches += 1
    }

    private static func checkAny(_ value: Value, _ branches: [SchemaView], _ path: String, _ outcome: inout Outcome) {
        guard !branches.isEmpty else { return }
        var best: Outcome?
        for branch in branches {
            let result = validate(value, branch, at: path)
            if result.faults.isEmpty { return outcome.merge(result) }
            if result.matches > best?.matches ?? -1 { best = result }
        }
        outcome.add(.whole(path, "must validate at least one schema (anyOf)"))
        if let best { outcome.merge(best) }
    }

    private static func checkOne(_ value: Value, _ branches: [SchemaView], _ path: String, _ outcome: inout Outcome) {
        guard !branches.isEmpty else { return }
        let results = branches.map { validate(value, $0, at: path) }
        let valid = results.filter(\.faults.isEmpty)
        if valid.count == 1 { return outcome.merge(valid[0]) }
        let found = valid.isEmpty ? "Found none valid" : "Found \(valid.count) valid alternatives"
        outcome.add(.whole(path, "must validate one and only one schema (oneOf). \(found)"))
        guard valid.isEmpty else { return }
        let best = results.reduce(nil as Outcome?) { best, result in
            result.matches > best?.matches ?? -1 ? result : best
        }
        if let best { outcome.merge(best) }
    }

    private static func checkAll(_ value: Value, _ branches: [SchemaView], _ path: String, _ outcome: inout Outcome) {
        let results = branches.map { validate(value, $0, at: path) }
        for result in results { outcome.merge(result) }
        let valid = results.count { $0.faults.isEmpty }
        if valid < branches.count {
            outcome.add(.whole(path, "must validate all the schemas (allOf)\(valid == 0 ? ". None validated" : "")"))
        }
    }
}
