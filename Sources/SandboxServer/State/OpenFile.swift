internal import Glibc

/// An open file, unlocked and closed at the end of its life.
final class OpenFile: Sendable {
    let path: String
    let descriptor: Int32

    init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        // A child that is just being started may still have a copy, and would hold the lock along.
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}
