internal import Resources

/// Where containers mount the volumes of their pod.
enum VolumeMountRules {
    static func check(_ container: Field, _ volumes: VolumeRules.Known, _ findings: inout Findings) {
        let (mounts, devices) = (container["volumeMounts"], container["volumeDevices"])
        checkMounts(mounts, devices, volumes, container, &findings)
        checkDevices(devices, mounts, volumes, &findings)
    }

    private static func checkMounts(
        _ mounts: Field, _ devices: Field, _ volumes: VolumeRules.Known, _ container: Field,
        _ findings: inout Findings
    ) {
        var paths: Set<String> = []
        for mount in mounts.elements {
            let (name, path) = (mount["name"], mount["mountPath"])
            if name.isEmpty { findings.required(name) }
            if volumes[name.string] == nil { findings.notFound(name) }
            if path.isEmpty { findings.required(path) }
            if !paths.insert(path.string).inserted { findings.invalid(path, "must be unique") }
            if devices.elements.contains(where: { $0["name"].string == name.string }) {
                findings.invalid(name, "must not already exist in volumeDevices")
            }
            if devices.elements.contains(where: { $0["devicePath"].string == path.string }) {
                findings.invalid(path, "must not already exist as a path in volumeDevices")
            }
            checkSubpaths(mount, mounts.place, &findings)
            checkPropagation(mount["mountPropagation"].named(mounts.place["mountPropagation"]), container, &findings)
        }
    }

    private static func checkSubpaths(_ mount: Field, _ place: Place, _ findings: inout Findings) {
        let (path, expression) = (mount["subPath"], mount["subPathExpr"])
        if !path.isEmpty { PathRules.checkDescending(path.named(place["subPath"]), &findings) }
        guard !expression.isEmpty else { return }
        if !path.isEmpty { findings.invalid(expression, "subPathExpr and subPath are mutually exclusive") }
        PathRules.checkDescending(expression.named(place["subPathExpr"]), &findings)
    }

    private static func checkPropagation(_ propagation: Field, _ container: Field, _ findings: inout Findings) {
        findings.checkSupported(propagation, ["Bidirectional", "HostToContainer", "None"])
        if propagation.string == "Bidirectional", !container[path: "securityContext", "privileged"].isTrue {
            findings.forbidden(
                propagation, "Bidirectional mount propagation is available only to privileged containers")
        }
    }

    private static func checkDevices(
        _ devices: Field, _ mounts: Field, _ volumes: VolumeRules.Known, _ findings: inout Findings
    ) {
        var (names, paths): (Set<String>, Set<String>) = ([], [])
        for device in devices.elements {
            let (name, path) = (device["name"], device["devicePath"])
            if name.isEmpty { findings.required(name) }
            if names.contains(name.string) { findings.invalid(name, "must be unique") }
            if let volume = volumes[name.string] {
                if !volume["persistentVolumeClaim"].isPresent {
                    findings.invalid(
                        name, "can only use volume source type of PersistentVolumeClaim for block mode")
                }
            } else {
                findings.notFound(name)
            }
            if path.isEmpty { findings.required(path) }
            if paths.contains(path.string) { findings.invalid(path, "must be unique") }
            if PathRules.hasBacksteps(path.string) {
                findings.invalid(path, "can not contain backsteps ('..')")
            } else {
                paths.insert(path.string)
            }
            checkNotMounted(name, path, mounts, &findings)
            if !name.isEmpty { names.insert(name.string) }
        }
    }

    private static func checkNotMounted(_ name: Field, _ path: Field, _ mounts: Field, _ findings: inout Findings) {
        if mounts.elements.contains(where: { $0["name"].string == name.string }) {
            findings.invalid(name, "must not already exist in volumeMounts")
        }
        if mounts.elements.contains(where: { $0["mountPath"].string == path.string }) {
            findings.invalid(path, "must not already exist as a path in volumeMounts")
        }
    }
}
