internal import Resources

/// A kind of storage that a volume can stand for: the field that tells of it, and what must be in there.
struct VolumeSource: Sendable {
    let name: String
    private let check: @Sendable (Field, inout Findings) -> Void

    init(_ name: String, _ check: @escaping @Sendable (Field, inout Findings) -> Void) {
        self.name = name
        self.check = check
    }

    init(_ name: String, required: [String]) {
        self.init(name) { source, findings in
            for field in required where source[field].isEmpty { findings.required(source[field]) }
        }
    }

    /// Exactly one kind of storage; a second one is an error, and not looked into.
    static func checkOne(of sources: [VolumeSource], _ volume: Field, _ findings: inout Findings) {
        var isKnown = false
        for source in sources {
            let field = volume[source.name]
            guard field.isPresent else { continue }
            if isKnown {
                findings.forbidden(field, "may not specify more than 1 volume type")
            } else {
                source.check(field, &findings)
            }
            isKnown = true
        }
        if !isKnown { findings.required(volume, "must specify a volume type") }
    }

    // MARK: Those that volumes of pods and persistent volumes share

    static let hostPath = VolumeSource("hostPath") { source, findings in
        guard !source["path"].isEmpty else { return findings.required(source["path"]) }
        PathRules.checkNoBacksteps(source["path"], &findings)
        let types = [
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket",
        ]
        findings.checkSupported(source["type"], types)
    }
    static let gcePersistentDisk = VolumeSource("gcePersistentDisk") { source, findings in
        checkDisk(source, "pdName", &findings)
    }
    static let awsElasticBlockStore = VolumeSource("awsElasticBlockStore") { source, findings in
        checkDisk(source, "volumeID", &findings)
    }
    static let nfs = VolumeSource("nfs") { source, findings in
        for name in ["server", "path"] where source[name].isEmpty { findings.required(source[name]) }
        if !source["path"].string.hasPrefix("/") { findings.invalid(source["path"], "must be an absolute path") }
    }
    static let iscsi = VolumeSource("iscsi") { source, findings in
        for name in ["targetPortal", "iqn"] where source[name].isEmpty { findings.required(source[name]) }
        findings.checkRange(source["lun"], 0...255)
        let needsSecret = source["chapAuthDiscovery"].isTrue || source["chapAuthSession"].isTrue
        if needsSecret, !source["secretRef"].isPresent { findings.required(source["secretRef"]) }
    }
    static let glusterfs = VolumeSource("glusterfs", required: ["endpoints", "path"])
    static let flocker = VolumeSource("flocker") { source, findings in
        let (name, uuid) = (source["datasetName"], source["datasetUUID"])
        if name.isEmpty, uuid.isEmpty { findings.required(source, "one of datasetName and datasetUUID is required") }
        if !name.isEmpty, !uuid.isEmpty {
            findings.invalid(
                source, shown: "\"resource\"", "datasetName and datasetUUID can not be specified simultaneously")
        }
        if name.string.contains("/") { findings.invalid(name, "must not contain '/'") }
    }
    static let rbd = VolumeSource("rbd", required: ["monitors", "image"])
    static let cinder = VolumeSource("cinder") { source, findings in
        if source["volumeID"].isEmpty { findings.required(source["volumeID"]) }
        let secret = source["secretRef"]
        if secret.isPresent, secret["name"].isEmpty { findings.required(secret["name"]) }
    }
    static let cephfs = VolumeSource("cephfs", required: ["monitors"])
    static let quobyte = VolumeSource("quobyte") { source, findings in
        let pair = "must be a host:port pair or multiple pairs separated by commas"
        if source["registry"].isEmpty { findings.required(source["registry"], pair) }
        if source["volume"].isEmpty { findings.required(source["volume"]) }
    }
    static let fibreChannel = VolumeSource("fc") { source, findings in
        let (targets, identifiers) = (source["targetWWNs"], source["wwids"])
        if targets.isEmpty, identifiers.isEmpty {
            findings.required(targets, "must specify either targetWWNs or wwids, but not both")
        }
        if !targets.isEmpty, !identifiers.isEmpty {
            findings.invalid(
                targets, shown: GoSyntax.list(targets, of: "string"),
                "targetWWNs and wwids can not be specified simultaneously")
        }
        if !targets.isEmpty {
            if source["lun"].isPresent {
                findings.checkRange(source["lun"], 0...255)
            } else {
                findings.required(source["lun"], "lun is required if targetWWNs is specified")
            }
        }
    }
    static let flexVolume = VolumeSource("flexVolume") { source, findings in
        if source["driver"].isEmpty { findings.required(source["driver"]) }
        for (key, option) in source["options"].entries {
            let domain = "." + key.prefix { $0 != "/" }.lowercased()
            if domain.hasSuffix(".kubernetes.io") || domain.hasSuffix(".k8s.io") {
                findings.invalid(
                    option, shown: GoSyntax.quoted(key), "kubernetes.io and k8s.io namespaces are reserved")
            }
        }
    }
    static let azureFile = VolumeSource("azureFile", required: ["secretName", "shareName"])
    static let vsphereVolume = VolumeSource("vsphereVolume", required: ["volumePath"])
    static let photonPersistentDisk = VolumeSource("photonPersistentDisk", required: ["pdID"])
    static let portworxVolume = VolumeSource("portworxVolume", required: ["volumeID"])
    static let azureDisk = VolumeSource("azureDisk") { source, findings in
        for name in ["diskName", "diskURI"] where source[name].isEmpty { findings.required(source[name]) }
        findings.checkSupported(source["cachingMode"], ["None", "ReadOnly", "ReadWrite"])
        findings.checkSupported(source["kind"], ["Dedicated", "Managed", "Shared"])
    }
    static let storageOS = VolumeSource("storageos") { source, findings in
        findings.checkRequiredLabel(source["volumeName"])
        let namespace = source["volumeNamespace"]
        if !namespace.isEmpty { findings.invalid(namespace, all: Names.dnsLabel(namespace.string)) }
    }
    static let scaleIO = VolumeSource("scaleIO", required: ["gateway", "system", "volumeName"])

    private static func checkDisk(_ source: Field, _ name: String, _ findings: inout Findings) {
        if source[name].isEmpty { findings.required(source[name]) }
        let partition = source["partition"]
        if !(0...255).contains(partition.number) { findings.invalid(partition, Names.rangeMessage(1...255)) }
    }

    static func checkDriver(_ driver: Field, _ findings: inout Findings) {
        if driver.isEmpty { findings.required(driver) }
        if driver.string.utf8.count > 63 { findings.tooLong(driver, most: 63) }
        findings.invalid(
            driver, shown: GoSyntax.quoted(driver.string), all: Names.dnsSubdomain(driver.string.lowercased()))
    }
}
