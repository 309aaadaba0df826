internal import Resources

/// Tolerations of pods and taints of nodes.
enum TolerationRules {
    private static let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

    static func check(_ tolerations: Field, _ findings: inout Findings) {
        for toleration in tolerations.elements { checkOne(toleration, &findings) }
    }

    private static func checkOne(_ toleration: Field, _ findings: inout Findings) {
        let (key, kind, value) = (toleration["key"], toleration["operator"], toleration["value"])
        let effect = toleration["effect"]
        if !key.isEmpty {
            MetadataRules.checkLabelKey(key.string, key, &findings)
        } else if kind.string != "Exists" {
            findings.invalid(
                kind,
                "operator must be Exists when `key` is empty, which means \"match all values and all keys\"")
        }
        if toleration["tolerationSeconds"].isPresent, effect.string != "NoExecute" {
            findings.invalid(effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")
        }
        switch kind.string {
        case "", "Equal":
            let messages = Names.labelValue(value.string)
            if !messages.isEmpty {
                findings.invalid(kind, shown: GoSyntax.quoted(value.string), messages.joined(separator: ";"))
            }
        case "Exists":
            if !value.isEmpty {
                findings.invalid(
                    kind, shown: GoSyntax.toleration(toleration), "value must be empty when `operator` is 'Exists'")
            }
        default: findings.unsupported(kind, supported: ["Equal", "Exists"])
        }
        if !effect.isEmpty { findings.checkSupported(effect, effects) }
    }

    static func checkTaints(_ taints: Field, _ findings: inout Findings) {
        var seen: Set<[String]> = []
        for taint in taints.elements {
            MetadataRules.checkLabelKey(taint["key"].string, taint["key"], &findings)
            let messages = Names.labelValue(taint["value"].string)
            if !messages.isEmpty { findings.invalid(taint["value"], messages.joined(separator: ";")) }
            let effect = taint["effect"]
            if effect.isEmpty { findings.required(effect) } else { findings.checkSupported(effect, effects) }
            if !seen.insert([effect.string, taint["key"].string]).inserted {
                findings.duplicate(
                    taint, shown: GoSyntax.taint(taint), "taints must be unique by key and effect pair")
            }
        }
    }
}

extension GoSyntax {
    static func toleration(_ toleration: Field) -> String {
        let texts = [("Key", "key"), ("Operator", "operator"), ("Value", "value"), ("Effect", "effect")]
            .map { "\($0.0):\(quoted(toleration[$0.1].string))" }
        let seconds = "TolerationSeconds:\(pointer("int64", to: toleration["tolerationSeconds"]))"
        return "core.Toleration{\((texts + [seconds]).joined(separator: ", "))}"
    }

    static func taint(_ taint: Field) -> String {
        let texts = [("Key", "key"), ("Value", "value"), ("Effect", "effect")]
            .map { "\($0.0):\(quoted(taint[$0.1].string))" }
        let time = taint["timeAdded"].isPresent ? self.time(taint["timeAdded"].string) : "<nil>"
        return "core.Taint{\(texts.joined(separator: ", ")), TimeAdded:\(time)}"
    }
}
