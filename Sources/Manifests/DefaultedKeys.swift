internal import Resources

extension KubernetesObject {
    /// Fills in a port's `protocol`, which is a key of its list, where the manifest leaves it to the server.
    ///
    /// API servers up to 1.20 refuse to apply a Service port without it, because their schema does not know the default
    /// (kubernetes/kubernetes issue 92332); newer ones fill in the same.
    mutating func fillInPortProtocols() {
        switch groupVersionKind.groupKind {
        case GroupKind(group: "", kind: "Service"): value.fillInProtocols(ofPortsAt: ["spec"])
        case GroupKind(group: "", kind: "Pod"): value.fillInContainers(at: ["spec"])
        case GroupKind(group: "batch", kind: "CronJob"):
            value.fillInContainers(at: ["spec", "jobTemplate", "spec", "template", "spec"])
        case let kind
        where ["apps", "batch"].contains(kind.group) || kind == GroupKind(group: "", kind: "ReplicationController"):
            value.fillInContainers(at: ["spec", "template", "spec"])
        default: break
        }
    }
}

extension Value {
    fileprivate mutating func fillInContainers(at path: ArraySlice<String>) {
        change(at: path) { spec in
            for field in ["containers", "initContainers"] {
                spec.changeElements(of: field) { $0.fillInProtocols(ofPortsAt: []) }
            }
        }
    }

    fileprivate mutating func fillInProtocols(ofPortsAt path: ArraySlice<String>) {
        change(at: path) { holder in
            holder.changeElements(of: "ports") { port in
                if port.object != nil, port["protocol"] == nil { port["protocol"] = "TCP" }
            }
        }
    }

    /// Changes the value at a path of fields, if there is one.
    private mutating func change(at path: ArraySlice<String>, _ body: (inout Value) -> Void) {
        guard let name = path.first else { return body(&self) }
        guard var child = self[name] else { return }
        child.change(at: path.dropFirst(), body)
        self[name] = child
    }

    private mutating func changeElements(of field: String, _ body: (inout Value) -> Void) {
        guard var elements = self[field]?.array else { return }
        for index in elements.indices { body(&elements[index]) }
        self[field] = .array(elements)
    }
}
