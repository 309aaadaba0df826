internal import Resources

/// Volumes whose files come from objects (`validateProjectionSources`).
enum ProjectionRules {
    static func check(_ volume: Field, _ findings: inout Findings) {
        PathRules.checkMode(volume["defaultMode"], &findings)
        var paths: Set<String> = []
        for source in volume["sources"].elements {
            var count = 0
            for kind in ["secret", "configMap"] where source[kind].isPresent {
                count += 1
                checkObject(source[kind], volume, &paths, &findings)
            }
            if source["downwardAPI"].isPresent {
                count += 1
                checkDownward(source["downwardAPI"], volume, &paths, &findings)
            }
            if source["serviceAccountToken"].isPresent {
                count += 1
                checkToken(source["serviceAccountToken"], volume, &findings)
            }
            if count > 1 { findings.forbidden(source, "may not specify more than 1 volume type") }
        }
    }

    private static func checkObject(
        _ source: Field, _ volume: Field, _ paths: inout Set<String>, _ findings: inout Findings
    ) {
        if source["name"].isEmpty { findings.required(source["name"]) }
        for item in source["items"].elements {
            checkKey(item, &findings)
            let path = item["path"].string
            if !path.isEmpty, !paths.insert(path).inserted {
                findings.invalid(source["name"].named(volume.place), "conflicting duplicate paths")
            }
        }
    }

    private static func checkDownward(
        _ source: Field, _ volume: Field, _ paths: inout Set<String>, _ findings: inout Findings
    ) {
        for item in source["items"].elements {
            checkDownwardFile(item.named(source.place), &findings)
            let path = item["path"].string
            if !path.isEmpty, !paths.insert(path).inserted {
                findings.invalid(item["path"].named(volume.place), "conflicting duplicate paths")
            }
        }
    }

    private static func checkToken(_ token: Field, _ volume: Field, _ findings: inout Findings) {
        let seconds = token["expirationSeconds"]
        if seconds.isPresent, seconds.number < 600 {
            findings.invalid(seconds, "may not specify a duration less than 10 minutes")
        }
        if seconds.number > 1 << 32 {
            findings.invalid(seconds, "may not specify a duration larger than 2^32 seconds")
        }
        if token["path"].isEmpty { findings.required(token["path"].named(volume.place["path"])) }
    }

    static func checkKey(_ item: Field, _ findings: inout Findings) {
        for name in ["key", "path"] where item[name].isEmpty { findings.required(item[name]) }
        PathRules.checkNotReserved(item["path"], &findings)
        PathRules.checkMode(item["mode"], &findings)
    }

    private static let podFields = [
        "metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "metadata.uid",
    ]

    static func checkDownwardFile(_ file: Field, _ findings: inout Findings) {
        if file["path"].isEmpty { findings.required(file["path"]) }
        PathRules.checkNotReserved(file["path"], &findings)
        if file["fieldRef"].isPresent {
            EnvironmentRules.checkPodField(file["fieldRef"], podFields, &findings)
            if file["resourceFieldRef"].isPresent {
                findings.invalid(
                    file, shown: "\"resource\"", "fieldRef and resourceFieldRef can not be specified simultaneously")
            }
        } else if file["resourceFieldRef"].isPresent {
            EnvironmentRules.checkResourceField(file["resourceFieldRef"], inVolume: true, &findings)
        } else {
            findings.required(file, "one of fieldRef and resourceFieldRef is required")
        }
        PathRules.checkMode(file["mode"], &findings)
    }
}
