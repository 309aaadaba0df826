internal import Resources

/// Lists whose elements may come only once (`x-kubernetes-list-type: set` and `map`).
enum ListTypeRules {
    static func check(_ field: Field, _ type: SchemaType, _ findings: inout Findings) {
        switch (type.shape, field.value) {
        case (.structure(let structure), .object(let fields)):
            for name in fields.keys.sorted() {
                if let type = structure.fields[name]?.type { check(field[name], type, &findings) }
            }
        case (.map(let values, _), .object):
            for entry in field.entries { check(entry.field, values, &findings) }
        case (.list(let element, let relationship), .array(let elements)):
            checkList(field, elements, relationship, &findings)
            for item in field.elements { check(item, element, &findings) }
        default: break
        }
    }

    private static func checkList(
        _ field: Field, _ elements: [Value], _ relationship: SchemaType.ListRelationship, _ findings: inout Findings
    ) {
        let keys: [Value]
        switch relationship {
        case .atomic: return
        case .set: keys = elements
        case .map(let names):
            if let index = elements.firstIndex(where: { $0.object == nil && !$0.isNull }) {
                let element = Field(elements[index], at: field.place[index])
                return findings.invalid(element, "must be an object for an array of list-type map")
            }
            keys = elements.map { element in
                .object((element.object ?? [:]).filter { names.contains($0.key) })
            }
        }
        var times: [Value: Int] = [:]
        for (index, key) in keys.enumerated() {
            times[key, default: 0] += 1
            // A third one is not told of.
            if times[key] == 2 { findings.duplicate(Field(key, at: field.place[index])) }
        }
    }
}
