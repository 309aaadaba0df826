package import FoundationEssentials
package import Resources

/// Objects as an API server prints them for `kubectl get` (`as=Table;v=v1;g=meta.k8s.io`), with the columns of
/// `-o wide`.
package enum TableDocument {
    /// The table of the objects, one row each, which are of the resource's version.
    /// - Parameters:
    ///   - includeObject: `None`, `Metadata` or `Object`: what rows have of their objects beside the cells.
    ///   - resourceVersion: That of the list, or of the one object.
    ///   - serving: Columns were added over the versions.
    package static func table(
        _ objects: [KubernetesObject], of resource: ResourceDefinition, now: Date, includeObject: String = "Metadata",
        resourceVersion: String = "", serving: KubernetesVersion = .newest
    ) -> Value {
        let printer = printer(of: resource, serving: serving)
        let clock = TableClock(now: now)
        let rows = objects.map { object -> Value in
            var row: Value = ["cells": .array(printer.cells(object, clock))]
            switch includeObject {
            case "None": row["object"] = .null
            case "Object": row["object"] = object.value
            default:
                row["object"] = [
                    "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object.metadata,
                ]
            }
            if let condition = completion(of: object) { row["conditions"] = [condition] }
            return row
        }
        return [
            "kind": "Table", "apiVersion": "meta.k8s.io/v1",
            "metadata": resourceVersion.isEmpty ? [:] : ["resourceVersion": .string(resourceVersion)],
            "columnDefinitions": .array(printer.columns.map(\.value)), "rows": .array(rows),
        ]
    }

    private static func printer(of resource: ResourceDefinition, serving: KubernetesVersion) -> TablePrinter {
        if resource.isCustom { return .custom(resource.printerColumns) }
        let printers = [
            TablePrinter.podPrinter, TablePrinter.workloadPrinter, TablePrinter.networkPrinter,
            TablePrinter.storagePrinter, TablePrinter.clusterPrinter, TablePrinter.configurationPrinter,
        ]
        return printers.lazy.compactMap { $0(resource.kind.groupKind, serving) }.first ?? .plain
    }

    /// A pod that has ended is marked, so that a client can leave it out.
    private static func completion(of object: KubernetesObject) -> Value? {
        guard object.groupVersionKind.groupKind == GroupKind(group: "", kind: "Pod") else { return nil }
        let phase = object.value[path: "status", "phase"]?.string ?? ""
        let message: String
        switch phase {
        case "Succeeded": message = "The pod has completed successfully."
        case "Failed": message = "The pod failed."
        default: return nil
        }
        return ["type": "Completed", "status": "True", "reason": .string(phase), "message": .string(message)]
    }
}

/// How the objects of a kind are printed (pkg/printers/internalversion/printers.go).
struct TablePrinter: Sendable {
    let columns: [TableColumn]
    /// As many cells as there are columns.
    let cells: @Sendable (KubernetesObject, TableClock) -> [Value]

    /// Of kinds that have no columns of their own.
    static let plain = TablePrinter(columns: [.name, TableColumn("Created At", type: "date")]) { object, _ in
        [.string(object.name), object.metadata["creationTimestamp"] ?? "0001-01-01T00:00:00Z"]
    }
}

/// A column of a table, as `metav1.TableColumnDefinition` has it.
struct TableColumn: Sendable {
    let name: String
    let type: String
    let format: String
    let priority: Int

    init(_ name: String, type: String = "string", format: String = "", priority: Int = 0) {
        self.name = name
        self.type = type
        self.format = format
        self.priority = priority
    }

    static let name = TableColumn("Name", format: "name")
    static let age = TableColumn("Age")
    static func integer(_ name: String) -> TableColumn { TableColumn(name, type: "integer") }
    static func boolean(_ name: String) -> TableColumn { TableColumn(name, type: "boolean") }
    /// Only shown with `-o wide`.
    static func wide(_ name: String) -> TableColumn { TableColumn(name, priority: 1) }

    var value: Value {
        [
            "name": .string(name), "type": .string(type), "format": .string(format), "description": "",
            "priority": .integer(Int64(priority)),
        ]
    }
}
