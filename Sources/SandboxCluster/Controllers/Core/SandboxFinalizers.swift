/// The finalizers that the controllers of a sandbox remove again.
package enum SandboxFinalizers {
    package static let served: Set<String> = [
        VolumeProtectionController.claimFinalizer, VolumeProtectionController.volumeFinalizer,
        LoadBalancerController.finalizer, CustomResourceDefinitionStatus.finalizer, GarbageCollector.foreground,
        GarbageCollector.orphan,
    ]
}
