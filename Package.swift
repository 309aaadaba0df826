// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "endstate",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        .executableTarget(name: "endstate", dependencies: ["Commands"]),
        .target(
            name: "Commands",
            dependencies: [
                "Rehearsal", "SyncService", "Reconciler", "Planning", "Diffing", "Health", "KubeClient", "Manifests",
                "Placement", "GitSource", "SandboxServer", "SandboxCluster", "Resources", argumentParser,
            ]
        ),
        .target(
            name: "SyncService",
            dependencies: [
                "Reconciler", "Planning", "Diffing", "Health", "KubeClient", "Manifests", "GitSource", "Resources",
                "CMalloc", crypto,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "Rehearsal",
            dependencies: [
                "Reconciler", "Planning", "KubeClient", "Manifests", "Placement", "SandboxCluster", "Resources",
            ]
        ),
        .target(
            name: "SandboxServer",
            dependencies: [
                "SandboxCluster", "Resources", "CZlib", crypto,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .target(name: "SandboxCluster", dependencies: ["CSandboxSchema", "Placement", "YAML", "Resources"]),
        .target(
            name: "Reconciler",
            dependencies: [
                "CZlib", "Planning", "Diffing", "Health", "KubeClient", "Manifests", "Placement", "Resources",
            ]
        ),
        .target(name: "Planning", dependencies: ["Diffing", "Manifests", "Placement", "Resources", crypto]),
        .target(name: "Diffing", dependencies: ["Resources"]),
        .target(name: "Health", dependencies: ["Resources"]),
        .target(name: "Placement", dependencies: ["Resources"]),
        .target(
            name: "KubeClient",
            dependencies: [
                "Resources", "YAML",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        .target(name: "Manifests", dependencies: ["Resources", "YAML", crypto]),
        .target(name: "GitSource", dependencies: ["CLibGit2", crypto]),
        .target(name: "YAML", dependencies: ["CLibYAML", "Resources"]),
        .target(name: "Resources", dependencies: ["CSimdJSON"]),

        .systemLibrary(name: "CLibGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CSandboxSchema", exclude: ["kubernetes.schema", "kubernetes-additions.schema"]),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),

        .executableTarget(
            name: "benchmark",
            dependencies: ["KubeClient", "Manifests", "Placement", "Resources", "SandboxCluster", argumentParser]
        ),
        .executableTarget(
            name: "endstate-test-kubelet",
            dependencies: ["KubeClient", "TestSupport", argumentParser]
        ),
        .executableTarget(
            name: "endstate-test-faults", dependencies: ["Commands", "KubeClient", "Resources", "TestSupport"]),
        .target(name: "TestSupport", dependencies: ["KubeClient", "Reconciler", "Resources"]),
        .testTarget(name: "TestSupportTests", dependencies: ["TestSupport", "KubeClient", "Health", "Resources"]),
        .testTarget(
            name: "SyncServiceTests",
            dependencies: [
                "Diffing", "Health", "KubeClient", "Manifests", "Planning", "Reconciler", "Rehearsal", "Resources",
                "SandboxCluster", "SyncService", "TestSupport", crypto,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "ReconcilerTests",
            dependencies: ["KubeClient", "Manifests", "Planning", "Reconciler", "Resources", "TestSupport"]
        ),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Commands", "KubeClient", "Placement", "Reconciler", "Rehearsal", "Resources", "SandboxCluster",
                "SandboxServer", "TestSupport",
            ]
        ),
        .testTarget(
            name: "RehearsalTests",
            dependencies: [
                "KubeClient", "Manifests", "Planning", "Reconciler", "Rehearsal", "Resources", "SandboxCluster",
                "TestSupport",
            ]
        ),
        .testTarget(
            name: "AcceptanceTests",
            dependencies: [
                "Commands", "Diffing", "KubeClient", "Manifests", "Resources", "SandboxCluster", "SandboxServer",
                "SyncService", "TestSupport", "endstate", "endstate-test-faults",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        .testTarget(
            name: "SandboxClusterTests",
            dependencies: ["Health", "Placement", "Resources", "SandboxCluster", "YAML"]),
        .testTarget(
            name: "SandboxServerTests",
            dependencies: [
                "CZlib", "Resources", "SandboxCluster", "SandboxServer",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "SandboxDifferentialTests",
            dependencies: ["KubeClient", "Resources", "SandboxCluster", "TestSupport", "YAML"], exclude: ["Scenarios"]),
        .testTarget(name: "ResourcesTests", dependencies: ["Resources"]),
        .testTarget(name: "YAMLTests", dependencies: ["YAML", "Resources", "TestSupport"]),
        .testTarget(name: "GitSourceTests", dependencies: ["CLibGit2", "GitSource", crypto]),
        .testTarget(name: "ManifestsTests", dependencies: ["Manifests", "Resources"]),
        .testTarget(
            name: "KubeClientTests",
            dependencies: [
                "KubeClient", "Resources", "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(name: "HealthTests", dependencies: ["Health", "Resources"]),
        .testTarget(
            name: "PlacementTests", dependencies: ["Placement", "KubeClient", "Resources", "TestSupport", "YAML"]),
        .testTarget(name: "DiffingTests", dependencies: ["Diffing", "Resources", "TestSupport"]),
        .testTarget(
            name: "PlanningTests",
            dependencies: ["Planning", "Diffing", "Manifests", "Placement", "Resources", "TestSupport", "YAML"]),
    ],
    cLanguageStandard: .c2x, cxxLanguageStandard: .cxx17
)

for target in package.targets where target.type != .system && !["CSimdJSON", "CSandboxSchema"].contains(target.name) {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
