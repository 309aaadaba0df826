import TestSupport

extension RandomScenarios {
    static let configMap = Grammar(
        name: "ConfigMap", path: "v1/configmaps/a",
        body: { random, verb in
            let labels = random.map(50, ["x: \(random.pick("p", "q"))", "u: \(random.pick("p", "q"))"])
            let annotations = random.map(40, ["k: \(random.pick("p", "null"))"])
            var data: [String] = []
            for key in ["a", "b", "c"] {
                data.append("\(key): \(random.pick("\"1\"", "\"2\"", "\"1\"", "null"))")
            }
            let parts = [
                "metadata: {labels: \(labels), annotations: \(annotations)}",
                "data: \(random.map(60, data))",
                "binaryData: \(random.map(40, ["z: \(random.pick("eA==", "eQ=="))"]))",
            ]
            return random.map(85, parts)
        },
        jsonPatch: { random in
            let key = random.pick("a", "b", "c")
            return random.pick(
                "[{op: add, path: /data/\(key), value: \"3\"}]", "[{op: remove, path: /data/\(key)}]",
                "[{op: replace, path: /data, value: {\(key): \"4\"}}]",
                "[{op: test, path: /data/\(key), value: \"1\"}, {op: add, path: /metadata/labels, value: {x: q}}]",
                "[{op: replace, path: /metadata/managedFields, value: [{}]}]")
        })

    static let podTemplate = Grammar(
        name: "PodTemplate", path: "v1/podtemplates/a",
        body: { random, verb in "{template: \(podTemplateBody(&random, verb))}" },
        jsonPatch: { random in podJSONPatch(&random, at: "") })

    static let deployment = Grammar(
        name: "Deployment", path: "apps/v1/deployments/a", tags: " [workload]",
        body: { random, verb in
            let isPatch = verb == "merge" || verb == "strategic"
            let fixed = isPatch ? "" : "paused: true, selector: {matchLabels: {app: a}}, "
            let replicas = random.chance(50) ? "replicas: 0, " : isPatch ? "" : "replicas: 0, "
            let rest = random.pick(
                "minReadySeconds: 1, ", "minReadySeconds: 2, ", "revisionHistoryLimit: 3, ", "")
            let strategy = random.pick(
                "", "", "strategy: {type: Recreate}, ", "strategy: {rollingUpdate: {maxSurge: 2}}, ")
            return
                "{spec: {\(fixed)\(replicas)\(rest)\(strategy)template: \(podTemplateBody(&random, verb))}}"
        },
        jsonPatch: { random in podJSONPatch(&random, at: "/spec") })

    static let widget = Grammar(
        name: "Widget", path: "{group}/v1/widgets/a", takesStrategicPatches: false,
        body: { random, verb in
            let port = { (random: inout SplitMix64, number: String) in
                let parts = ["protocol: \(random.pick("TCP", "UDP"))", "name: \(random.pick("p", "q"))"]
                return "{port: \(number), \(random.map(40, parts).dropFirst())"
            }
            let ports =
                [port(&random, "80"), port(&random, "81")]
                + (random.chance(15) ? [port(&random, "80")] : [])
            let parts = [
                "size: \(random.pick("1", "2", "3", random.pick("1", "1", "null")))",
                "tags: \(random.list(50, ["x", "u", "z"]))",
                "ports: \(random.list(40, ports))", "steps: \(random.list(50, ["s", "t"]))",
                "granular: \(random.map(50, ["a: \(random.pick("p", "q"))", "b: \(random.pick("p", "q", "q"))"]))",
                "atomic: \(random.map(50, ["a: \(random.pick("p", "q"))", "b: p"]))",
                "nested: {inner: \(random.map(60, ["a: \(random.pick("p", "q"))", "b: \(random.pick("p", "q"))"]))}",
            ]
            let version = verb == "update" ? ["resourceVersion: \"{rv}\""] : []
            let labels = random.chance(30) ? ["labels: {x: \(random.pick("p", "q"))}"] : []
            let metadata = "{\((version + labels).joined(separator: ", "))}"
            return "{metadata: \(metadata), spec: \(random.map(50, parts))}"
        },
        jsonPatch: { random in
            random.pick(
                "[{op: add, path: /spec/tags, value: [x, w]}]", "[{op: remove, path: /spec/ports}]",
                "[{op: add, path: /spec/size, value: 3}]", "[{op: add, path: /spec/granular/c, value: r}]",
                "[{op: add, path: /spec/ports/0, value: {port: 82}}]")
        })

    private static func podTemplateBody(_ random: inout SplitMix64, _ verb: String) -> String {
        let containers = random.list(
            75, [container(&random, "main", verb), container(&random, "side", verb)])
        let list =
            containers == "[]" && verb != "merge" ? "[\(container(&random, "main", verb))]" : containers
        let parts = [
            "nodeSelector: \(random.map(50, ["x: \(random.pick("p", "q"))", "u: p"]))",
            "tolerations: \(random.list(60, ["{key: a, operator: Exists}", "{key: b, operator: Exists}"]))",
            "volumes: \(random.list(60, ["{name: v, emptyDir: {}}", "{name: w, configMap: {name: c}}"]))",
            "hostAliases: \(random.list(60, ["{ip: 1.1.1.1, hostnames: [a]}", "{ip: 1.1.1.2, hostnames: [b]}"]))",
            "terminationGracePeriodSeconds: \(random.pick("5", "6", "null"))",
        ].filter { _ in random.chance(25) }
        let labels = random.chance(30) ? "{app: a, x: \(random.pick("p", "q"))}" : "{app: a}"
        return
            "{metadata: {labels: \(labels)}, spec: {\((["containers: \(list)"] + parts).joined(separator: ", "))}}"
    }

    private static func container(_ random: inout SplitMix64, _ name: String, _ verb: String) -> String {
        let env = ["A", "B", "C"].map { "{name: \($0), value: \"\(random.pick("1", "2"))\"}" }
        let ports =
            [
                "{containerPort: 80}", "{containerPort: 80, protocol: UDP}",
                "{containerPort: 81, name: \(random.pick("p", "q"))}",
            ] + (random.chance(15) ? ["{containerPort: 81, protocol: TCP}"] : [])
        let cpu = random.pick("100m", "200m", "\"1\"")
        let parts = [
            "env: \(random.list(60, env))", "ports: \(random.list(40, ports))",
            "args: \(random.list(70, ["x", "u"]))",
            "resources: {requests: \(random.map(60, ["cpu: \(cpu)", "memory: \(random.pick("1Gi", "2Gi"))"]))}",
            "securityContext: {capabilities: {add: \(random.list(50, ["A", "B"]))}}",
        ].filter { _ in random.chance(30) }
        let image =
            random.chance(verb == "apply" ? 90 : 100) ? ["image: \(random.pick("i1", "i2"))"] : []
        return "{\((["name: \(name)"] + image + parts).joined(separator: ", "))}"
    }

    private static func podJSONPatch(_ random: inout SplitMix64, at root: String) -> String {
        let container = "\(root)/template/spec/containers/0"
        return random.pick(
            "[{op: replace, path: \(container)/image, value: i3}]",
            "[{op: remove, path: \(container)/env}]",
            "[{op: add, path: \(container)/env, value: [{name: D, value: d}]}]",
            "[{op: add, path: \(root)/template/spec/containers/-, value: {name: extra, image: i1}}]",
            "[{op: move, from: \(container)/args, path: \(container)/command}]",
            "[{op: copy, from: \(container)/image, path: \(root)/template/metadata/labels/image}]")
    }
}
