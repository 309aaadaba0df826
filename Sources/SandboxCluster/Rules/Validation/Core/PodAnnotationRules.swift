internal import Resources

/// The annotations of pods that have a meaning to Kubernetes itself.
enum PodAnnotationRules {
    private static let mirror = "kubernetes.io/config.mirror"
    private static let appArmor = "container.apparmor.security.beta.kubernetes.io/"
    private static let podSeccomp = "seccomp.security.alpha.kubernetes.io/pod"
    private static let containerSeccomp = "container.seccomp.security.alpha.kubernetes.io/"

    static func check(_ annotations: Field, _ spec: Field, _ findings: inout Findings) {
        guard annotations.isPresent else { return }
        let entries = annotations.entries
        for (key, value) in entries where key == mirror && spec["nodeName"].isEmpty {
            findings.invalid(value, "must set spec.nodeName if mirror pod annotation is set")
        }
        for (key, value) in entries where key == podSeccomp || key.hasPrefix(containerSeccomp) {
            checkSeccomp(value.named(annotations.place[key]), &findings)
        }
        for (key, value) in entries where key.hasPrefix(appArmor) { checkAppArmor(key, value, spec, &findings) }
    }

    private static func checkSeccomp(_ profile: Field, _ findings: inout Findings) {
        let local = "localhost/"
        if profile.string.hasPrefix(local) {
            let path = Field(.string(String(profile.string.dropFirst(local.count))), at: profile.place)
            PathRules.checkDescending(path, &findings)
        } else if !["runtime/default", "docker/default", "unconfined"].contains(profile.string) {
            findings.invalid(profile, "must be a valid seccomp profile")
        }
    }

    private static func checkAppArmor(_ key: String, _ value: Field, _ spec: Field, _ findings: inout Findings) {
        let container = String(key.dropFirst(appArmor.count))
        let names = ["containers", "initContainers"].flatMap { spec[$0].elements.map { $0["name"].string } }
        if !names.contains(container) {
            findings.invalid(value, shown: GoSyntax.quoted(container), "container not found")
        }
        let profile = value.string
        if !["", "runtime/default", "unconfined"].contains(profile), !profile.hasPrefix("localhost/") {
            findings.invalid(value, "invalid AppArmor profile name: \(GoSyntax.quoted(profile))")
        }
    }

    /// Fields and annotations that both tell a seccomp profile must tell the same.
    static func checkSeccompAgreement(_ annotations: Field, _ spec: Field, _ findings: inout Findings) {
        guard annotations.isPresent else { return }
        let profile = spec[path: "securityContext", "seccompProfile"]
        checkAgreement(annotations[podSeccomp], profile, &findings)
        for list in ["initContainers", "containers"] {
            for container in spec[list].elements {
                checkAgreement(
                    annotations[containerSeccomp + container["name"].string],
                    container[path: "securityContext", "seccompProfile"], &findings)
            }
        }
    }

    private static func checkAgreement(_ annotation: Field, _ profile: Field, _ findings: inout Findings) {
        guard annotation.isPresent, profile.isPresent else { return }
        let text = annotation.string
        let isSame =
            switch profile["type"].string {
            case "Unconfined": text == "unconfined"
            case "RuntimeDefault": text == "runtime/default" || text == "docker/default"
            case "Localhost": text.hasPrefix("localhost/")
            default: true
            }
        if !isSame {
            findings.forbidden(profile["type"], "seccomp type in annotation and field must match")
        } else if profile["type"].string == "Localhost",
            text.dropFirst("localhost/".count) != profile["localhostProfile"].string
        {
            findings.forbidden(profile["localhostProfile"], "seccomp profile in annotation and field must match")
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ spec: Field, _ findings: inout Findings) {
        let (before, after) = (old.stringMap, new.stringMap)
        for (key, value) in old.entries where after[key] != before[key] {
            let place = Field(value.value, at: new.place.key(key))
            if key.hasPrefix(appArmor) { findings.forbidden(place, "may not remove or update AppArmor annotations") }
            if key == mirror { findings.forbidden(place, "may not remove or update mirror pod annotation") }
        }
        for (key, value) in new.entries where before[key] == nil {
            if key.hasPrefix(appArmor) { findings.forbidden(value, "may not add AppArmor annotations") }
            if key == mirror { findings.forbidden(value, "may not add mirror pod annotation") }
        }
        check(new, spec, &findings)
    }
}
