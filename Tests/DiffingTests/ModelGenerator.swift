import Resources
import TestSupport

/// Makes values of a `ModelType` and changes them, always the same ones for a seed.
struct ModelGenerator {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    private mutating func next(below bound: Int) -> Int {
        Int(random.next() % UInt64(bound))
    }

    mutating func isOne(in count: Int) -> Bool { next(below: count) == 0 }

    private mutating func shuffled<T>(_ values: [T]) -> [T] {
        var result = values
        for index in result.indices.dropLast() {
            result.swapAt(index, index + next(below: result.count - index))
        }
        return result
    }

    private mutating func scalar() -> Value {
        let all: [Value] = [1, 2, .double(1.5), "1", "2", "x", true, "Rolling", "Always"]
        return all[next(below: all.count)]
    }

    /// A value; every `emptiness`th map or list is empty or null.
    mutating func value(of type: ModelType, emptiness: Int) -> Value {
        if case .scalar = type { return scalar() }
        if isOne(in: emptiness), !isOne(in: 4) { return type.isList ? [] : [:] }
        switch type {
        case .scalar: return scalar()
        case .atomicMap: return ["a": scalar()]
        case .atomicList: return .array([scalar(), scalar()])
        case .structure(let types, _):
            return .object(fields(types.mapValues { $0 }, emptiness: emptiness))
        case .map(let inner):
            return .object(fields(["k1": inner, "k2": inner, "k3": inner], emptiness: emptiness))
        case .associative(let keys, let defaults, let element):
            return list(keys: keys, defaults: defaults, element: element, emptiness: emptiness)
        case .set: return .array(Array(shuffled(["p", "q", "r", "s"]).prefix(1 + next(below: 3))))
        }
    }

    private mutating func fields(_ types: [String: ModelType], emptiness: Int) -> [String: Value] {
        var result: [String: Value] = [:]
        for (name, type) in types.sorted(by: { $0.key < $1.key }) where !isOne(in: 3) {
            result[name] = isOne(in: 40) ? .null : value(of: type, emptiness: emptiness)
        }
        return result
    }

    private mutating func list(
        keys: [String], defaults: [String: Value], element: ModelType, emptiness: Int
    ) -> Value {
        var elements: [Value] = []
        for name in shuffled(["a", "b", "c"]).prefix(1 + next(below: 3)) {
            var fields = value(of: element, emptiness: emptiness).object ?? [:]
            for key in keys {
                let other: Value = isOne(in: 2) ? "UDP" : defaults[key] ?? .null
                fields[key] = defaults[key] == nil ? .string(name) : isOne(in: 2) ? nil : other
            }
            elements.append(.object(fields))
        }
        return .array(elements)
    }

    /// The value with one thing in it changed: replaced, added, removed or reordered.
    mutating func mutated(_ value: Value, _ type: ModelType) -> Value {
        switch (type, value) {
        case (.structure(let types, _), .object(var fields)):
            guard let name = types.keys.sorted().dropFirst(next(below: types.count)).first, let inner = types[name]
            else { return value }
            fields[name] = replaced(fields[name], inner)
            return .object(fields)
        case (.map(let inner), .object(var fields)):
            let name = "k\(1 + next(below: 3))"
            fields[name] = replaced(fields[name], inner)
            return .object(fields)
        case (.associative(let keys, _, let inner), .array(var elements)) where !elements.isEmpty:
            if isOne(in: 3) { return .array(shuffled(elements)) }
            let index = next(below: elements.count)
            if isOne(in: 3) {
                elements.remove(at: index)
                return .array(elements)
            }
            let old = elements[index]
            elements[index] = mutated(old, inner)
            for key in keys { elements[index][key] = old[key] }
            return .array(elements)
        case (.set, .array(let elements)): return .array(shuffled(elements))
        default: return self.value(of: type, emptiness: 6)
        }
    }

    private mutating func replaced(_ value: Value?, _ type: ModelType) -> Value? {
        guard let value else { return self.value(of: type, emptiness: 6) }
        if isOne(in: 6) { return nil }
        return isOne(in: 4) ? self.value(of: type, emptiness: 6) : mutated(value, type)
    }

    /// What the manifest says next: often the same as before, sometimes changed, sometimes with what the cluster has.
    mutating func nextDesired(after applied: Value, live: Value, _ type: ModelType) -> Value {
        switch next(below: 6) {
        case 0, 1, 2: return applied
        case 3: return mutated(applied, type)
        case 4: return adopting(live, into: applied)
        default: return mutated(adopting(live, into: applied), type)
        }
    }

    /// The manifest with one field as the cluster has it.
    private mutating func adopting(_ live: Value, into applied: Value) -> Value {
        let names = (live.object ?? [:]).keys.sorted()
        guard !names.isEmpty else { return applied }
        let name = names[next(below: names.count)]
        var result = applied
        if let old = applied[name], old.object?.isEmpty == false, isOne(in: 2), let inner = live[name] {
            result[name] = adopting(inner, into: old)
        } else {
            result[name] = live[name]
        }
        return result
    }
}

extension ModelType {
    fileprivate var isList: Bool {
        switch self {
        case .associative, .set, .atomicList: true
        default: false
        }
    }
}
