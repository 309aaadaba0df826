/// The program's own version (semver.org); the changelog's newest heading is the same.
package enum Version {
    package static let current = "0.1.0"
}
