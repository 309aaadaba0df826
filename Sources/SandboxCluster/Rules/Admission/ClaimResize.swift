import Resources

/// A claim grows only once it is bound, and only where its class says that its volumes can.
enum ClaimResize {
    static func validate(_ request: AdmissionRequest) throws(APIStatus) {
        guard let old = request.old, let newSize = size(of: request.object), let oldSize = size(of: old),
            newSize > oldSize
        else {
            return
        }
        guard old[path: "status", "phase"] == "Bound" else {
            let only = request.version.minor <= 20 ? "Only" : "only"
            throw request.forbidden("\(only) bound persistent volume claims can be expanded")
        }
        let name = className(request.object)
        let storage = request.find("storage.k8s.io", "StorageClass", namespaced: false, name)
        guard !name.isEmpty, name == className(old), storage?["allowVolumeExpansion"] == true else {
            throw request.forbidden(
                "only dynamically provisioned pvc can be resized and "
                    + "the storageclass that provisions the pvc must support resize")
        }
    }

    private static func size(of claim: Value) -> Quantity? {
        claim[path: "spec", "resources", "requests", "storage"].flatMap { Quantity($0) }
    }

    private static func className(_ claim: Value) -> String {
        claim[path: "spec", "storageClassName"]?.string ?? ""
    }
}
