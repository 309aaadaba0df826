internal import Resources

/// The security contexts of pods and containers.
enum SecurityRules {
    static func checkPod(_ spec: Field, _ findings: inout Findings) {
        let context = spec["securityContext"]
        if spec["hostNetwork"].isTrue { checkHostNetwork(spec["containers"], &findings) }
        if context.isPresent { checkIdentities(context, ["fsGroup", "runAsUser", "runAsGroup"], &findings) }
        for group in context["supplementalGroups"].elements { checkIdentity(group, &findings) }
        if spec["shareProcessNamespace"].isTrue, spec["hostPID"].isTrue {
            findings.invalid(
                spec["shareProcessNamespace"].named(context.place["shareProcessNamespace"]),
                "ShareProcessNamespace and HostPID cannot both be enabled")
        }
        checkSysctls(context["sysctls"], &findings)
        findings.checkSupported(context["fsGroupChangePolicy"], ["Always", "OnRootMismatch"])
        checkSeccomp(context["seccompProfile"], &findings)
    }

    private static func checkHostNetwork(_ containers: Field, _ findings: inout Findings) {
        for container in containers.elements {
            for port in container["ports"].elements {
                let (own, host) = (port["containerPort"], port["hostPort"])
                // On the host's network a host port that is left out is the container's.
                if host.isPresent, own.number != host.number {
                    findings.invalid(own, "must match `hostPort` when `hostNetwork` is true")
                }
            }
        }
    }

    private static func checkIdentities(_ context: Field, _ names: [String], _ findings: inout Findings) {
        for name in names { checkIdentity(context[name], &findings) }
    }

    private static func checkIdentity(_ field: Field, _ findings: inout Findings) {
        if field.isPresent { findings.checkRange(field, 0...Int(Int32.max)) }
    }

    static func checkContainer(_ context: Field, _ findings: inout Findings) {
        guard context.isPresent else { return }
        checkIdentities(context, ["runAsUser", "runAsGroup"], &findings)
        checkSeccomp(context["seccompProfile"], &findings)
        let escalation = context["allowPrivilegeEscalation"]
        guard escalation.isPresent, !escalation.isTrue else { return }
        if context["privileged"].isTrue {
            findings.invalid(
                context, shown: GoSyntax.securityContext(context),
                "cannot set `allowPrivilegeEscalation` to false and `privileged` to true")
        }
        for capability in context[path: "capabilities", "add"].strings where capability == "CAP_SYS_ADMIN" {
            findings.invalid(
                context, shown: GoSyntax.securityContext(context),
                "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN")
        }
    }

    private static func checkSeccomp(_ profile: Field, _ findings: inout Findings) {
        guard profile.isPresent else { return }
        let (type, local) = (profile["type"], profile["localhostProfile"])
        if type.isEmpty {
            findings.required(type, "type is required when seccompProfile is set")
        } else {
            findings.checkSupported(type, ["Localhost", "RuntimeDefault", "Unconfined"])
        }
        if type.string == "Localhost" {
            if local.isPresent {
                PathRules.checkDescending(local, &findings)
            } else {
                findings.required(local, "must be set when seccomp type is Localhost")
            }
        } else if local.isPresent {
            let shown =
                "core.SeccompProfile{Type:\(GoSyntax.quoted(type.string)), "
                + "LocalhostProfile:\(GoSyntax.pointer("string", to: local))}"
            findings.invalid(local, shown: shown, "can only be set when seccomp type is Localhost")
        }
    }

    private static func checkSysctls(_ settings: Field, _ findings: inout Findings) {
        let segment = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?"
        var seen: Set<String> = []
        for setting in settings.elements {
            let name = setting["name"]
            if name.isEmpty {
                findings.required(name)
            } else if name.string.utf8.count > 253 || !isSysctl(name.string) {
                findings.invalid(
                    name, "must have at most 253 characters and match regex (\(segment)\\.)*\(segment)")
            } else if seen.contains(name.string) {
                findings.duplicate(name)
            }
            seen.insert(name.string)
        }
    }

    private static func isSysctl(_ name: String) -> Bool {
        // The same as a subdomain, but for underscores inside of its parts.
        name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            part.first != "_" && part.last != "_"
        } && Names.isSubdomain(String(name.map { $0 == "_" ? "-" : $0 }))
    }
}

extension GoSyntax {
    /// The fields that Kubernetes 1.20 knows, whose pointers differ from one run to the next.
    static func securityContext(_ context: Field) -> String {
        let fields = [
            ("Capabilities", "core.Capabilities", "capabilities"), ("Privileged", "bool", "privileged"),
            ("SELinuxOptions", "core.SELinuxOptions", "seLinuxOptions"),
            ("WindowsOptions", "core.WindowsSecurityContextOptions", "windowsOptions"),
            ("RunAsUser", "int64", "runAsUser"), ("RunAsGroup", "int64", "runAsGroup"),
            ("RunAsNonRoot", "bool", "runAsNonRoot"),
            ("ReadOnlyRootFilesystem", "bool", "readOnlyRootFilesystem"),
            ("AllowPrivilegeEscalation", "bool", "allowPrivilegeEscalation"),
            ("ProcMount", "core.ProcMountType", "procMount"),
            ("SeccompProfile", "core.SeccompProfile", "seccompProfile"),
        ]
        let texts = fields.map { "\($0.0):\(pointer($0.1, to: context[$0.2]))" }
        return "core.SecurityContext{\(texts.joined(separator: ", "))}"
    }
}
