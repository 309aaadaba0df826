internal import Resources

/// Persistent volumes (`ValidatePersistentVolume`, `ValidatePersistentVolumeUpdate`).
enum PersistentVolumeRules {
    static let accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce"]
    /// Accepted besides, as Kubernetes does from 1.22 on.
    static let laterAccessModes = ["ReadWriteOncePod"]
    static let volumeModes = ["Block", "Filesystem"]

    private static let sources: [VolumeSource] = [
        .hostPath, .gcePersistentDisk, .awsElasticBlockStore, .glusterfs, .flocker, .nfs, .rbd, .quobyte, .cephfs,
        .iscsi, .cinder, .fibreChannel, .flexVolume, .azureFile, .vsphereVolume, .photonPersistentDisk,
        .portworxVolume, .azureDisk, .scaleIO, VolumeSource("local", checkLocal), .storageOS,
        VolumeSource("csi", checkCSI),
    ]

    static func check(_ volume: Field, _ findings: inout Findings) {
        MetadataRules.check(volume["metadata"], isNamespaced: false, name: Names.subdomain, &findings)
        MetadataRules.checkKubernetesFinalizers(volume["metadata"], &findings)
        let spec = volume["spec"]
        checkModes(spec["accessModes"], &findings)
        checkCapacity(spec["capacity"], &findings)
        let policy = spec["persistentVolumeReclaimPolicy"]
        findings.checkSupported(policy, ["Delete", "Recycle", "Retain"])
        let affinity = spec["nodeAffinity"]
        if affinity.isPresent {
            if affinity["required"].isPresent {
                AffinityRules.checkNodeSelector(affinity["required"], &findings)
            } else {
                findings.required(affinity["required"], "must specify required node constraints")
            }
        }
        VolumeSource.checkOne(of: sources, spec, &findings)
        if spec["local"].isPresent, !affinity.isPresent {
            findings.required(affinity, "Local volume requires node affinity")
        }
        if spec[path: "hostPath", "path"].string == "/", policy.string == "Recycle" {
            findings.forbidden(policy, "may not be 'recycle' for a hostPath mount of '/'")
        }
        let storageClass = spec["storageClassName"]
        if !storageClass.isEmpty {
            findings.invalid(storageClass, all: Names.dnsSubdomain(storageClass.string))
        }
        findings.checkSupported(spec["volumeMode"], volumeModes)
    }

    private static func checkModes(_ modes: Field, _ findings: inout Findings) {
        if modes.isEmpty { findings.required(modes) }
        for mode in modes.elements where !(accessModes + laterAccessModes).contains(mode.string) {
            findings.unsupported(mode.named(modes.place), supported: accessModes)
        }
    }

    private static func checkCapacity(_ capacity: Field, _ findings: inout Findings) {
        if capacity.isEmpty { findings.required(capacity) }
        let entries = capacity.entries
        if !capacity["storage"].isPresent || entries.count > 1 {
            let amounts = entries.map { key, amount in
                "\(GoSyntax.quoted(key)):\(amount.quantity.map(GoSyntax.quantity) ?? "")"
            }
            let shown =
                capacity.isPresent
                ? "core.ResourceList{\(amounts.joined(separator: ", "))}" : "core.ResourceList(nil)"
            findings.unsupported(capacity, shown: shown, supported: ["storage"])
        }
        for (_, amount) in entries {
            guard let quantity = amount.quantity else { continue }
            if quantity.nanos < 0 {
                findings.invalid(
                    amount, shown: String(quantity.nanos / 1_000_000_000), "must be a valid resource quantity")
            }
            checkPositive(amount, quantity, &findings)
        }
    }

    static func checkPositive(_ field: Field, _ quantity: Quantity, _ findings: inout Findings) {
        if quantity.nanos <= 0 {
            findings.invalid(field, shown: GoSyntax.quoted(quantity.text), "must be greater than zero")
        }
    }

    private static func checkLocal(_ source: Field, _ findings: inout Findings) {
        if source["path"].isEmpty { return findings.required(source["path"]) }
        PathRules.checkNoBacksteps(source["path"], &findings)
    }

    private static func checkCSI(_ source: Field, _ findings: inout Findings) {
        VolumeSource.checkDriver(source["driver"], &findings)
        if source["volumeHandle"].isEmpty { findings.required(source["volumeHandle"]) }
        let secrets = ["controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef"]
        for name in secrets where source[name].isPresent {
            for part in ["name", "namespace"] {
                let field = source[name][part]
                if field.isEmpty {
                    // The server's own path has a space here.
                    let odd = name == "nodePublishSecretRef" ? name + " " : name
                    findings.required(field.named(source.place[odd][part]))
                } else {
                    findings.invalid(field.named(source.place[part]), all: Names.dnsLabel(field.string))
                }
            }
        }
    }

    static func checkUpdate(_ new: Field, old: Field, _ findings: inout Findings) {
        check(new, &findings)
        check(new, &findings)
        var (spec, before) = (new["spec"].value ?? [:], old["spec"].value ?? [:])
        if before["csi"]?["controllerExpandSecretRef"] == nil {
            spec.change(at: ["csi"]) { $0["controllerExpandSecretRef"] = nil }
        }
        let names = Set(sources.map(\.name))
        spec = .object((spec.object ?? [:]).filter { names.contains($0.key) })
        before = .object((before.object ?? [:]).filter { names.contains($0.key) })
        if !Sameness.holds(spec, before) {
            findings.forbidden(
                new["spec"].named(.root["spec"]["persistentvolumesource"]),
                "spec.persistentvolumesource is immutable after creation\n\(Differences.lines(spec, before))")
        }
        let modes = [new, old].map { $0[path: "spec", "volumeMode"].named(.root["volumeMode"]) }
        findings.checkUnchanged(modes[0], from: modes[1])
        let affinities = [new, old].map { $0[path: "spec", "nodeAffinity"].named(.root["nodeAffinity"]) }
        if affinities[1].isPresent {
            findings.checkUnchanged(
                affinities[0], from: affinities[1],
                shown:
                    "core.VolumeNodeAffinity{Required:\(GoSyntax.pointer("core.NodeSelector", to: affinities[0]["required"]))}"
            )
        }
    }

    static func checkStatus(_ new: Field, old: Field, _ findings: inout Findings) {
        MetadataRules.checkUpdate(new["metadata"], old: old["metadata"], &findings)
        MetadataRules.checkKubernetesFinalizers(new["metadata"], &findings)
    }
}
