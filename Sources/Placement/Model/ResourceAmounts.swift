package import Resources

/// Amounts of resources as the scheduler counts them: CPU in thousandths of a core, all else in whole units, both rounded
/// up (`Resource` in pkg/scheduler/framework/types.go).
package struct ResourceAmounts: Hashable, Sendable {
    package var milliCPU: Int64
    /// In bytes.
    package var memory: Int64
    /// In bytes.
    package var ephemeralStorage: Int64
    /// Extended resources and huge pages by name; what is zero is not in it.
    package private(set) var others: [String: Int64] = [:]

    package init(milliCPU: Int64 = 0, memory: Int64 = 0, ephemeralStorage: Int64 = 0) {
        self.milliCPU = milliCPU
        self.memory = memory
        self.ephemeralStorage = ephemeralStorage
    }

    /// Reads a resource list, such as a container's `resources.requests`. What is no quantity counts as nothing, and
    /// `pods` is counted apart (`SchedulingNode.maximumPods`).
    package init(_ list: Value?) {
        self.init()
        for (name, value) in list?.object ?? [:] where name != "pods" {
            self[name] = Self.amount(value, of: name) ?? 0
        }
    }

    /// A quantity in the unit of the resource, at least zero; nil where the value is no quantity.
    static func amount(_ value: Value, of name: String) -> Int64? {
        guard let quantity = Quantity(value) else { return nil }
        let unit: Int128 = name == "cpu" ? 1_000_000 : 1_000_000_000
        let (whole, rest) = quantity.nanos.quotientAndRemainder(dividingBy: unit)
        return Swift.max(0, Int64(clamping: rest > 0 ? whole + 1 : whole))
    }

    /// The amount of the resource of a name, 0 where there is none.
    package subscript(name: String) -> Int64 {
        get {
            switch name {
            case "cpu": milliCPU
            case "memory": memory
            case "ephemeral-storage": ephemeralStorage
            default: others[name] ?? 0
            }
        }
        set {
            switch name {
            case "cpu": milliCPU = newValue
            case "memory": memory = newValue
            case "ephemeral-storage": ephemeralStorage = newValue
            default: others[name] = newValue == 0 ? nil : newValue
            }
        }
    }

    /// The resources of which there is any, in the order in which the scheduler looks at them.
    package var names: [String] {
        ["cpu", "memory", "ephemeral-storage"].filter { self[$0] != 0 } + others.keys.sorted()
    }

    package static func += (left: inout ResourceAmounts, right: ResourceAmounts) {
        left.milliCPU = left.milliCPU.addingClamped(right.milliCPU)
        left.memory = left.memory.addingClamped(right.memory)
        left.ephemeralStorage = left.ephemeralStorage.addingClamped(right.ephemeralStorage)
        for (name, amount) in right.others { left[name] = left[name].addingClamped(amount) }
    }

    package static func -= (left: inout ResourceAmounts, right: ResourceAmounts) {
        left.milliCPU = left.milliCPU.subtractingClamped(right.milliCPU)
        left.memory = left.memory.subtractingClamped(right.memory)
        left.ephemeralStorage = left.ephemeralStorage.subtractingClamped(right.ephemeralStorage)
        for (name, amount) in right.others { left[name] = left[name].subtractingClamped(amount) }
    }

    package static func + (left: ResourceAmounts, right: ResourceAmounts) -> ResourceAmounts {
        var sum = left
        sum += right
        return sum
    }

    package static func - (left: ResourceAmounts, right: ResourceAmounts) -> ResourceAmounts {
        var difference = left
        difference -= right
        return difference
    }

    func times(_ count: Int) -> ResourceAmounts {
        if count == 1 { return self }
        var result = self
        for name in names {
            let (product, overflows) = self[name].multipliedReportingOverflow(by: Int64(count))
            result[name] = overflows ? .max : product
        }
        return result
    }

    /// The larger amount of each resource.
    package static func max(_ left: ResourceAmounts, _ right: ResourceAmounts) -> ResourceAmounts {
        var result = left
        for name in Set(left.names + right.names) { result[name] = Swift.max(left[name], right[name]) }
        return result
    }
}

extension Value {
    /// The value of a field that can't be negative and holds 32 bits; what is beyond them is as good as the largest.
    package var count: Int? { integer.map { Swift.min(Swift.max($0, 0), Int(Int32.max)) } }
}

extension Int64 {
    /// The sum, or the nearest number that there is: a manifest can ask for 2⁶³ twice.
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? (other < 0 ? .min : .max) : sum
    }

    fileprivate func subtractingClamped(_ other: Int64) -> Int64 {
        let (difference, overflows) = subtractingReportingOverflow(other)
        return overflows ? (other < 0 ? .max : .min) : difference
    }
}
