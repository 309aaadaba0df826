internal import Resources

/// The volumes of pods (`ValidateVolumes`).
enum VolumeRules {
    /// The volumes without a fault, by their names: what containers may mount.
    typealias Known = [String: Field]

    static func check(_ volumes: Field, pod: Field?, _ findings: inout Findings) -> Known {
        var known: Known = [:]
        let podName = pod?["name"].string ?? ""
        let made = volumes.elements.filter { $0["ephemeral"].isPresent && !podName.isEmpty }
            .map { "\(podName)-\($0["name"].string)" }
        for volume in volumes.elements {
            var own = Findings()
            checkSource(volume, podName: podName, &own)
            own.checkRequiredLabel(volume["name"])
            if known[volume["name"].string] != nil { own.duplicate(volume["name"]) }
            if own.isEmpty { known[volume["name"].string] = volume }
            findings.add(own.errors)
            let claim = volume[path: "persistentVolumeClaim", "claimName"]
            if made.contains(claim.string) {
                findings.invalid(claim, "must not reference a PVC that gets created for an ephemeral volume")
            }
        }
        return known
    }

    private static let sources: [VolumeSource] = [
        VolumeSource("emptyDir", checkEmptyDirectory), .hostPath, VolumeSource("gitRepo", checkRepository),
        .gcePersistentDisk, .awsElasticBlockStore, VolumeSource("secret", checkSecret), .nfs, .iscsi,
        .glusterfs, .flocker, VolumeSource("persistentVolumeClaim", required: ["claimName"]), .rbd, .cinder, .cephfs,
        .quobyte, VolumeSource("downwardAPI", checkDownwardAPI), .fibreChannel, .flexVolume,
        VolumeSource("configMap", checkConfigMap), .azureFile, .vsphereVolume, .photonPersistentDisk, .portworxVolume,
        .azureDisk, .storageOS, VolumeSource("projected", ProjectionRules.check), .scaleIO,
        VolumeSource("csi", checkCSI), VolumeSource("ephemeral", checkEphemeral),
    ]

    private static func checkSource(_ volume: Field, podName: String, _ findings: inout Findings) {
        VolumeSource.checkOne(of: sources, volume, &findings)
        guard volume["ephemeral"].isPresent, !podName.isEmpty, !volume["name"].isEmpty else { return }
        let claim = "\(podName)-\(volume["name"].string)"
        for message in Names.dnsSubdomain(claim) {
            findings.invalid(volume["name"], "PVC name \(GoSyntax.quoted(claim)): \(message)")
        }
    }

    private static func checkEmptyDirectory(_ source: Field, _ findings: inout Findings) {
        if let limit = source["sizeLimit"].quantity, limit.nanos < 0 {
            findings.forbidden(source["sizeLimit"], "SizeLimit field must be a valid resource quantity")
        }
    }

    private static func checkRepository(_ source: Field, _ findings: inout Findings) {
        if source["repository"].isEmpty { findings.required(source["repository"]) }
        PathRules.checkDescending(source["directory"], &findings)
    }

    private static func checkSecret(_ source: Field, _ findings: inout Findings) {
        if source["secretName"].isEmpty { findings.required(source["secretName"]) }
        checkKeys(source, &findings)
    }

    private static func checkConfigMap(_ source: Field, _ findings: inout Findings) {
        if source["name"].isEmpty { findings.required(source["name"]) }
        checkKeys(source, &findings)
    }

    private static func checkKeys(_ source: Field, _ findings: inout Findings) {
        PathRules.checkMode(source["defaultMode"], &findings)
        for item in source["items"].elements { ProjectionRules.checkKey(item, &findings) }
    }

    private static func checkDownwardAPI(_ source: Field, _ findings: inout Findings) {
        PathRules.checkMode(source["defaultMode"], &findings)
        // The server's paths leave out `items` here.
        for item in source["items"].elements {
            ProjectionRules.checkDownwardFile(item.named(source.place), &findings)
        }
    }

    private static func checkCSI(_ source: Field, _ findings: inout Findings) {
        VolumeSource.checkDriver(source["driver"], &findings)
        let reference = source["nodePublishSecretRef"]
        guard reference.isPresent else { return }
        if reference["name"].isEmpty {
            findings.required(reference["name"].named(source.place["nodePublishSecretRef "]["name"]))
        } else {
            let name = reference["name"].named(source.place["name"])
            findings.invalid(name, all: Names.dnsSubdomain(name.string))
        }
    }

    private static func checkEphemeral(_ source: Field, _ findings: inout Findings) {
        let template = source["volumeClaimTemplate"]
        guard template.isPresent else { return findings.required(template) }
        MetadataRules.checkAnnotations(template[path: "metadata", "annotations"], &findings)
        MetadataRules.checkLabels(template[path: "metadata", "labels"], &findings)
        PersistentVolumeClaimRules.checkSpec(template["spec"], &findings)
    }
}
