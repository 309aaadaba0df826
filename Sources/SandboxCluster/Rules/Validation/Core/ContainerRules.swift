internal import Resources

/// The containers of a pod (`validateContainers`).
enum ContainerRules {
    static func check(_ containers: Field, _ volumes: VolumeRules.Known, _ findings: inout Findings) {
        guard !containers.isEmpty else { return findings.required(containers) }
        checkEach(containers, volumes, &findings)
        checkHostPorts(containers.elements, containers.place, &findings)
    }

    static func checkInit(
        _ containers: Field, others: Field, _ volumes: VolumeRules.Known, _ findings: inout Findings
    ) {
        guard !containers.isEmpty else { return }
        checkEach(containers, volumes, &findings)
        for container in containers.elements { checkHostPorts([container], containers.place, &findings) }
        var names = Set(others.elements.map { $0["name"].string })
        for container in containers.elements {
            let name = container["name"].string
            if names.contains(name) { findings.duplicate(container["name"]) }
            if !name.isEmpty { names.insert(name) }
            for probe in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
                guard container[probe].isPresent else { continue }
                let shown =
                    probe == "lifecycle" ? GoSyntax.lifecycle(container[probe]) : GoSyntax.probe(container[probe])
                findings.invalid(container[probe], shown: shown, "must not be set for init containers")
            }
        }
    }

    private static func checkEach(_ containers: Field, _ volumes: VolumeRules.Known, _ findings: inout Findings) {
        var names: Set<String> = []
        for container in containers.elements {
            let name = container["name"]
            findings.checkRequiredLabel(name)
            if !names.insert(name.string).inserted { findings.duplicate(name) }
            checkContainer(container, volumes, &findings)
        }
    }

    private static func checkContainer(
        _ container: Field, _ volumes: VolumeRules.Known, _ findings: inout Findings
    ) {
        if container["image"].isEmpty { findings.required(container["image"]) }
        for hook in ["postStart", "preStop"] {
            let handler = container["lifecycle"][hook]
            if handler.isPresent { ProbeRules.checkHandler(handler, &findings) }
        }
        ProbeRules.check(container["livenessProbe"], succeedsAtOnce: true, &findings)
        ProbeRules.check(container["startupProbe"], succeedsAtOnce: true, &findings)
        let policy = container["terminationMessagePolicy"]
        if policy.isPresent, !["File", "FallbackToLogsOnError"].contains(policy.string) {
            findings.invalid(policy, "must be 'File' or 'FallbackToLogsOnError'")
        }
        ProbeRules.check(container["readinessProbe"], succeedsAtOnce: false, &findings)
        checkPorts(container["ports"], &findings)
        EnvironmentRules.check(container["env"], &findings)
        EnvironmentRules.checkSources(container["envFrom"], &findings)
        VolumeMountRules.check(container, volumes, &findings)
        findings.checkSupported(container["imagePullPolicy"], ["Always", "IfNotPresent", "Never"])
        ResourceRules.checkRequirements(container["resources"], &findings)
        SecurityRules.checkContainer(container["securityContext"], &findings)
    }

    static let protocols = ["SCTP", "TCP", "UDP"]

    private static func checkPorts(_ ports: Field, _ findings: inout Findings) {
        var names: Set<String> = []
        for port in ports.elements {
            let name = port["name"]
            if !name.isEmpty {
                let messages = Names.portName(name.string)
                findings.invalid(name, all: messages)
                if messages.isEmpty, !names.insert(name.string).inserted { findings.duplicate(name) }
            }
            if port["containerPort"].number == 0 {
                findings.required(port["containerPort"])
            } else {
                findings.checkRange(port["containerPort"], 1...65535)
            }
            if port["hostPort"].number != 0 { findings.checkRange(port["hostPort"], 1...65535) }
            findings.checkSupported(port["protocol"], protocols)
        }
    }

    private static func checkHostPorts(_ containers: [Field], _ place: Place, _ findings: inout Findings) {
        var seen: Set<String> = []
        for (index, container) in containers.enumerated() {
            for (number, port) in container["ports"].elements.enumerated() where port["hostPort"].number != 0 {
                let transport = port["protocol"].isPresent ? port["protocol"].string : "TCP"
                let text = "\(transport)/\(port["hostIP"].string)/\(port["hostPort"].number)"
                if !seen.insert(text).inserted {
                    let field = Field(.string(text), at: place[index]["ports"][number]["hostPort"])
                    findings.duplicate(field)
                }
            }
        }
    }
}

extension GoSyntax {
    static func lifecycle(_ lifecycle: Field) -> String {
        let hooks = [("PostStart", "postStart"), ("PreStop", "preStop")]
            .map { "\($0.0):\(pointer("core.Handler", to: lifecycle[$0.1]))" }
        return "core.Lifecycle{\(hooks.joined(separator: ", "))}"
    }

    /// With the server's defaults for what is left out.
    static func probe(_ probe: Field) -> String {
        let handlers = [
            ("Exec", "core.ExecAction", "exec"), ("HTTPGet", "core.HTTPGetAction", "httpGet"),
            ("TCPSocket", "core.TCPSocketAction", "tcpSocket"),
        ].map { "\($0.0):\(pointer($0.1, to: probe[$0.2]))" }
        let numbers = [
            ("InitialDelaySeconds", "initialDelaySeconds", 0), ("TimeoutSeconds", "timeoutSeconds", 1),
            ("PeriodSeconds", "periodSeconds", 10), ("SuccessThreshold", "successThreshold", 1),
            ("FailureThreshold", "failureThreshold", 3),
        ].map { "\($0.0):\(probe[$0.1].integer ?? $0.2)" }
        return "core.Probe{Handler:core.Handler{\(handlers.joined(separator: ", "))}, "
            + "\(numbers.joined(separator: ", "))}"
    }
}
