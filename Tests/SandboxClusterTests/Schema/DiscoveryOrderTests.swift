import Testing

@testable import SandboxCluster

@Suite struct DiscoveryOrderTests {
    @Test func `versions go from the most stable and newest to names of any kind`() {
        let sorted = [
            "v10", "v2", "v1", "v12beta1", "v3beta2", "v3beta1", "v11alpha2", "v11alpha1", "foo1", "v0", "v1gamma2",
        ]
        #expect(
            sorted.reversed().sorted(by: DiscoveryOrder.precedes) == [
                "v10", "v2", "v1", "v12beta1", "v3beta2", "v3beta1", "v11alpha2", "v11alpha1", "foo1", "v0", "v1gamma2",
            ])
        #expect(sorted.sorted(by: DiscoveryOrder.precedes) == sorted)
    }
}
