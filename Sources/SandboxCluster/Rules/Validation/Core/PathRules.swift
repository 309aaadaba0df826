internal import Resources

/// Paths in a volume, which must stay in it.
enum PathRules {
    static func checkDescending(_ path: Field, _ findings: inout Findings) {
        if path.string.hasPrefix("/") { findings.invalid(path, "must be a relative path") }
        checkNoBacksteps(path, &findings)
    }

    static func hasBacksteps(_ path: String) -> Bool { path.split(separator: "/").contains("..") }

    static func checkNoBacksteps(_ path: Field, _ findings: inout Findings) {
        if hasBacksteps(path.string) { findings.invalid(path, "must not contain '..'") }
    }

    /// Names that begin with two dots are the kubelet's own.
    static func checkNotReserved(_ path: Field, _ findings: inout Findings) {
        checkDescending(path, &findings)
        if path.string.hasPrefix(".."), !path.string.hasPrefix("../") {
            findings.invalid(path, "must not start with '..'")
        }
    }

    static func checkMode(_ mode: Field, _ findings: inout Findings) {
        if mode.isPresent, !(0...0o777).contains(mode.number) {
            findings.invalid(mode, "must be a number between 0 and 0777 (octal), both inclusive")
        }
    }
}
