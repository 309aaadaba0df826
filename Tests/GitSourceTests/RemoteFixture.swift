import Foundation

@testable import GitSource

/// A repository, a server that offers it, and an empty cache.
struct RemoteFixture {
    let fixture: GitFixture
    let server: TestGitServer
    var settings: GitSettings

    init(files: [String: String] = ["deploy/a.yaml": "a: 1\n"]) throws {
        fixture = try GitFixture(files: files)
        server = try TestGitServer(root: fixture.root.path)
        settings = GitSettings(cacheDirectory: fixture.root.path + "/cache")
    }

    /// The served repository; the cache is the same for each that is made.
    func repository(userInfo: String = "", name: String = "work") throws -> GitRepository {
        let address = server.address(name, userInfo: userInfo)
        return GitRepository(
            try GitLocation(address, trust: .configuration, allowInsecure: true), settings: settings)
    }

    /// The clone's directory.
    func clone() throws -> String {
        GitCache(directory: settings.cacheDirectory, location: try repository().location).path
    }

    /// How many times the server was asked for objects.
    var downloads: Int { server.requests.filter { $0.hasPrefix("POST") }.count }

    /// What stands in the cache directory besides lock files.
    func cacheEntries() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: settings.cacheDirectory).filter { !$0.hasSuffix(".lock") }
    }
}
