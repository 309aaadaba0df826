internal import Resources

extension TablePrinter {
    /// The printer of volumes and what is about them; nil for other kinds.
    static func storagePrinter(_ kind: GroupKind, _ version: KubernetesVersion) -> TablePrinter? {
        let tellsAttributes = version.minor >= 29
        return switch (kind.group, kind.kind) {
        case ("", "PersistentVolume"): volume(tellsAttributes: tellsAttributes)
        case ("", "PersistentVolumeClaim"): claim(tellsAttributes: tellsAttributes)
        case ("storage.k8s.io", "StorageClass"): storageClass
        case ("storage.k8s.io", "VolumeAttachment"): attachment
        case ("storage.k8s.io", "CSINode"): csiNode
        case ("storage.k8s.io", "CSIDriver"): csiDriver(tellsAll: version.minor >= 21)
        case ("storage.k8s.io", "CSIStorageCapacity"): storageCapacity
        default: nil
        }
    }

    private static func volume(tellsAttributes: Bool) -> TablePrinter {
        let names = ["Capacity", "Access Modes", "Reclaim Policy", "Status", "Claim", "StorageClass"]
        return TablePrinter(
            columns: [.name] + names.map { TableColumn($0) }
                + (tellsAttributes ? [TableColumn("VolumeAttributesClass")] : [])
                + [TableColumn("Reason"), .age, .wide("VolumeMode")]
        ) { object, clock in
            let (spec, status) = (object.value["spec"] ?? .null, object.value["status"] ?? .null)
            let claim = spec["claimRef"].map { "\($0.text("namespace"))/\($0.text("name"))" } ?? ""
            return [
                .string(object.name), TableCells.text(spec.text("capacity", "storage"), orElse: "0"),
                .string(accessModes(spec)), .string(spec.text("persistentVolumeReclaimPolicy")),
                .string(phase(of: object)), .string(claim), .string(className(of: object)),
            ] + (tellsAttributes ? [attributesClass(spec)] : [])
                + [.string(status.text("reason")), clock.age(of: object), volumeMode(spec)]
        }
    }

    private static func claim(tellsAttributes: Bool) -> TablePrinter {
        let names = ["Status", "Volume", "Capacity", "Access Modes", "StorageClass"]
        return TablePrinter(
            columns: [.name] + names.map { TableColumn($0) }
                + (tellsAttributes ? [TableColumn("VolumeAttributesClass")] : []) + [.age, .wide("VolumeMode")]
        ) { object, clock in
            let (spec, status) = (object.value["spec"] ?? .null, object.value["status"] ?? .null)
            let volume = spec.text("volumeName")
            let capacity = TableCells.text(status.text("capacity", "storage"), orElse: "0")
            return [
                .string(object.name), .string(phase(of: object)), .string(volume),
                volume.isEmpty ? "" : capacity, volume.isEmpty ? "" : .string(accessModes(status)),
                .string(className(of: object)),
            ] + (tellsAttributes ? [attributesClass(spec)] : []) + [clock.age(of: object), volumeMode(spec)]
        }
    }

    private static func phase(of object: KubernetesObject) -> String {
        object.isBeingDeleted ? "Terminating" : object.value.text("status", "phase")
    }

    private static func className(of object: KubernetesObject) -> String {
        object.annotations["volume.beta.kubernetes.io/storage-class"] ?? object.value.text("spec", "storageClassName")
    }

    private static func attributesClass(_ spec: Value) -> Value {
        TableCells.text(spec.text("volumeAttributesClassName"), orElse: "<unset>")
    }

    private static func volumeMode(_ spec: Value) -> Value {
        TableCells.text(spec.text("volumeMode"), orElse: "<unset>")
    }

    private static func accessModes(_ holder: Value) -> String {
        let modes = Set(holder.items("accessModes").compactMap(\.string))
        let short = [
            ("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP"),
        ]
        return short.filter { modes.contains($0.0) }.map(\.1).joined(separator: ",")
    }

    private static let storageClass = TablePrinter(
        columns: [
            .name, TableColumn("Provisioner"), TableColumn("ReclaimPolicy"), TableColumn("VolumeBindingMode"),
            TableColumn("AllowVolumeExpansion"), .age,
        ]
    ) { object, clock in
        let value = object.value
        let marks = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"]
        let isDefault = marks.contains { object.annotations[$0] == "true" }
        return [
            .string(object.name + (isDefault ? " (default)" : "")), .string(value.text("provisioner")),
            TableCells.text(value.text("reclaimPolicy"), orElse: "Delete"),
            TableCells.text(value.text("volumeBindingMode"), orElse: "Immediate"),
            .bool(value["allowVolumeExpansion"] == true), clock.age(of: object),
        ]
    }

    private static let attachment = TablePrinter(
        columns: [
            .name, TableColumn("Attacher", format: "name"), TableColumn("PV"), TableColumn("Node"),
            .boolean("Attached"), .age,
        ]
    ) { object, clock in
        let value = object.value
        return [
            .string(object.name), .string(value.text("spec", "attacher")),
            .string(value.text("spec", "source", "persistentVolumeName")), .string(value.text("spec", "nodeName")),
            .bool(value[path: "status", "attached"] == true), clock.age(of: object),
        ]
    }

    private static let csiNode = TablePrinter(columns: [.name, .integer("Drivers"), .age]) { object, clock in
        let drivers = object.value.items("spec", "drivers")
        return [.string(object.name), .integer(Int64(drivers.count)), clock.age(of: object)]
    }

    private static func csiDriver(tellsAll: Bool) -> TablePrinter {
        let more: [TableColumn] = [
            .boolean("StorageCapacity"), TableColumn("TokenRequests"), .boolean("RequiresRepublish"),
        ]
        return TablePrinter(
            columns: [.name, .boolean("AttachRequired"), .boolean("PodInfoOnMount")] + (tellsAll ? more : [])
                + [TableColumn("Modes"), .age]
        ) { object, clock in
            let spec = object.value["spec"] ?? .null
            let audiences = spec["tokenRequests"]?.array?.map { $0.text("audience") }.joined(separator: ",")
            let modes = spec.items("volumeLifecycleModes").compactMap(\.string).joined(separator: ",")
            let details: [Value] = [
                .bool(spec["storageCapacity"] == true), .string(audiences ?? "<unset>"),
                .bool(spec["requiresRepublish"] == true),
            ]
            return [
                .string(object.name), .bool(spec["attachRequired"] != false), .bool(spec["podInfoOnMount"] == true),
            ] + (tellsAll ? details : []) + [TableCells.text(modes, orElse: "<none>"), clock.age(of: object)]
        }
    }

    private static let storageCapacity = TablePrinter(
        columns: [.name, TableColumn("StorageClassName"), TableColumn("Capacity")]
    ) { object, _ in
        [
            .string(object.name), .string(object.value.text("storageClassName")),
            TableCells.text(object.value.text("capacity"), orElse: "<unset>"),
        ]
    }
}
