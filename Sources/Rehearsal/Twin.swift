internal import FoundationEssentials
internal import KubeClient
internal import Resources
internal import SandboxCluster

/// An embedded cluster that begins with the objects of another one.
struct Twin: Sendable {
    let cluster: SandboxCluster
    let time: SteppedSandboxClock

    /// - Parameter new: The objects that the plan declares.
    init(_ contents: TwinContents, new: [KubernetesObject], like version: ServerVersion?) {
        time = SteppedSandboxClock(Date())
        var settings = SandboxSettings()
        settings.checksServiceRanges = false
        settings.controllers.provisioners.formUnion(Self.provisioners(in: contents.objects + new))
        if let minor = version?.minor { settings.version = KubernetesVersion(minor: minor) }
        // Versions are opaque to everybody but the server that gave them, and this one's are numbers.
        let newest = contents.objects.compactMap { $0.resourceVersion.flatMap { UInt64($0) } }.max() ?? 1
        cluster = SandboxCluster(
            settings: settings, clock: time,
            contents: SandboxContents(version: newest, objects: contents.objects))
    }

    var client: KubeClient {
        KubeClient(transport: SandboxTransport(cluster, server: "the twin"), clock: AcceleratedClock(time))
    }

    var objects: [KubernetesObject] { cluster.contents.objects }

    /// Who makes volumes on the cluster; `no-provisioner` makes none there either.
    private static func provisioners(in objects: [KubernetesObject]) -> Set<String> {
        let classes = objects.filter {
            $0.identity.groupKind == GroupKind(group: "storage.k8s.io", kind: "StorageClass")
        }
        return Set(classes.compactMap { $0.value["provisioner"]?.string }).subtracting(["kubernetes.io/no-provisioner"])
    }
}
