internal import Resources

/// Probes and hooks of containers.
enum ProbeRules {
    /// - Parameter succeedsAtOnce: whether one success is all that the probe can wait for.
    static func check(_ probe: Field, succeedsAtOnce: Bool, _ findings: inout Findings) {
        guard probe.isPresent else { return }
        checkHandler(probe, &findings)
        let times = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"]
        for name in times { findings.checkNotNegative(probe[name]) }
        let successes = probe["successThreshold"]
        if succeedsAtOnce, successes.isPresent, successes.number != 1 { findings.invalid(successes, "must be 1") }
    }

    /// Exactly one of the ways to ask a container.
    static func checkHandler(_ handler: Field, _ findings: inout Findings) {
        var isKnown = false
        for name in kinds where handler[name].isPresent {
            if isKnown {
                findings.forbidden(handler[name], "may not specify more than 1 handler type")
            } else {
                checkAction(name, handler[name], &findings)
            }
            isKnown = true
        }
        if !isKnown { findings.required(handler, "must specify a handler type") }
    }

    private static let kinds = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"]

    private static func checkAction(_ kind: String, _ action: Field, _ findings: inout Findings) {
        switch kind {
        case "exec": checkCommand(action, &findings)
        case "httpGet": checkRequest(action, &findings)
        case "tcpSocket": checkPort(action["port"], &findings)
        case "grpc": findings.invalid(action["port"], all: Names.portNumber(action["port"].number))
        default: break
        }
    }

    private static func checkCommand(_ action: Field, _ findings: inout Findings) {
        if action["command"].isEmpty { findings.required(action["command"]) }
    }

    private static func checkRequest(_ action: Field, _ findings: inout Findings) {
        checkPort(action["port"], &findings)
        findings.checkSupported(action["scheme"], ["HTTP", "HTTPS"])
        for header in action["httpHeaders"].elements {
            let name = header["name"]
            findings.invalid(
                name.named(action.place["httpHeaders"]), shown: GoSyntax.quoted(name.string),
                all: Names.httpHeader(name.string))
        }
    }

    /// A number, or the name of a port.
    static func checkPort(_ port: Field, _ findings: inout Findings) {
        if let name = port.value?.string {
            findings.invalid(port, all: Names.portName(name))
        } else {
            findings.invalid(port, shown: String(port.number), all: Names.portNumber(port.number))
        }
    }
}
