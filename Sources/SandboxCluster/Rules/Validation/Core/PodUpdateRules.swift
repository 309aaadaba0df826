internal import Resources

/// What may change in a pod (`ValidatePodUpdate`): images, a deadline, more tolerations.
enum PodUpdateRules {
    static func check(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        PodRules.check(new, &findings)
        let annotations = new[path: "metadata", "annotations"]
        PodAnnotationRules.checkUpdate(
            annotations, old: old[path: "metadata", "annotations"], new["spec"], &findings)
        let (spec, before) = (new["spec"], old["spec"])
        for list in ["containers", "initContainers"] {
            guard checkCount(spec[list], before[list], &findings) else { return }
        }
        guard checkDeadline(spec["activeDeadlineSeconds"], before["activeDeadlineSeconds"], &findings) else { return }
        checkTolerations(spec["tolerations"], before["tolerations"], &findings)
        checkRest(spec, before, &findings)
    }

    private static func checkCount(_ new: Field, _ old: Field, _ findings: inout Findings) -> Bool {
        guard new.elements.count == old.elements.count else {
            findings.forbidden(new, "pod updates may not add or remove containers")
            return false
        }
        for container in new.elements {
            if container["image"].isEmpty { findings.required(container["image"]) }
            PodRules.checkImageIsTrimmed(container["image"], &findings)
        }
        return true
    }

    private static func checkDeadline(_ new: Field, _ old: Field, _ findings: inout Findings) -> Bool {
        guard new.isPresent else {
            if old.isPresent {
                findings.invalid(new, shown: "\"null\"", "must not update from a positive integer to nil value")
            }
            return true
        }
        let range = 0...Int(Int32.max)
        if !range.contains(new.number) {
            findings.invalid(new, Names.rangeMessage(range))
            return false
        }
        if old.isPresent, old.number < new.number {
            findings.invalid(new, "must be less than or equal to previous value")
            return false
        }
        return true
    }

    private static func checkTolerations(_ new: Field, _ old: Field, _ findings: inout Findings) {
        func lasting(_ list: Field) -> [Value] {
            list.elements.compactMap { toleration in
                var value = toleration.value
                value?["tolerationSeconds"] = nil
                return value
            }
        }
        let present = lasting(new)
        guard lasting(old).allSatisfy(present.contains) else {
            return findings.forbidden(new, "existing toleration can not be modified except its tolerationSeconds")
        }
        TolerationRules.check(new, &findings)
    }

    private static func checkRest(_ spec: Field, _ before: Field, _ findings: inout Findings) {
        var (left, right) = (spec.value ?? .null, before.value ?? .null)
        for field in ["activeDeadlineSeconds", "tolerations"] {
            left[field] = nil
            right[field] = nil
        }
        for list in ["containers", "initContainers"] {
            left[list] = withoutImages(left[list])
            right[list] = withoutImages(right[list])
        }
        if !Sameness.holds(left, right) {
            findings.forbidden(
                spec,
                "pod updates may not change fields other than `spec.containers[*].image`, "
                    + "`spec.initContainers[*].image`, `spec.activeDeadlineSeconds` or `spec.tolerations` (only "
                    + "additions to existing tolerations)\n\(Differences.lines(left, right))")
        }
    }

    private static func withoutImages(_ containers: Value?) -> Value? {
        guard let list = containers?.array else { return containers }
        return .array(
            list.map { container in
                var container = container
                container["image"] = nil
                return container
            })
    }

    /// `ValidatePodStatusUpdate`.
    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
        PodAnnotationRules.checkUpdate(
            new[path: "metadata", "annotations"], old: old[path: "metadata", "annotations"], new["spec"], &findings)
        let known = ["PodScheduled", "Ready", "Initialized"]
        for (index, condition) in new[path: "status", "conditions"].elements.enumerated() {
            let type = condition["type"].string
            guard !known.contains(type) else { continue }
            // The server's path is off.
            let place = Place.root["metadata"]["conditions"][index]["Type"]
            findings.invalid(condition["type"].named(place), all: Names.qualified(type))
        }
        if new[path: "spec", "nodeName"].string != old[path: "spec", "nodeName"].string {
            findings.forbidden(new[path: "status", "nodeName"], "may not be changed directly")
        }
        for list in ["containerStatuses", "initContainerStatuses"] {
            checkStates(
                new["status"][list], old["status"][list], policy: old[path: "spec", "restartPolicy"].string, &findings)
        }
        for address in new[path: "status", "podIPs"].elements {
            findings.invalid(
                address, shown: GoSyntax.quoted(address["ip"].string), all: IPAddress.messages(address["ip"].string))
        }
    }

    /// A container that has ended for good does not come back.
    private static func checkStates(_ new: Field, _ old: Field, policy: String, _ findings: inout Findings) {
        if policy == "Always" || policy.isEmpty { return }
        for before in old.elements {
            let ended = before[path: "state", "terminated"]
            guard ended.isPresent, !(ended["exitCode"].number != 0 && policy == "OnFailure") else { continue }
            for after in new.elements
            where after["name"].string == before["name"].string && !after[path: "state", "terminated"].isPresent {
                findings.forbidden(
                    after["state"].named(before.named(new.place).place["state"]),
                    "may not be transitioned to non-terminated state")
            }
        }
    }
}
