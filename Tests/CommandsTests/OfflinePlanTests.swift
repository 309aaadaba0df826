import Commands
import Foundation
import Resources
import Testing

/// `plan --nodes`, which asks no cluster.
@Suite struct OfflinePlanTests {
    private static let example = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../examples/placement").standardizedFileURL.path

    private static func plan(_ bench: Bench, _ arguments: String...) async -> Bench.Ending {
        await bench.run(["plan", "--nodes", "\(example)/nodes.yaml", "--name", "platform"] + arguments)
    }

    private static func manifests(_ edit: (String) -> String = { $0 }) throws -> Bench {
        let names = ["namespaces.yaml", "gateway.yaml", "ledger.yaml", "training.yaml", "policies.yaml"]
        return try Bench(
            Dictionary(
                uniqueKeysWithValues: try names.map { name in
                    (name, edit(try String(contentsOfFile: "\(example)/manifests/\(name)", encoding: .utf8)))
                }))
    }

    @Test func `the example is refused, with the taint that is in the way`() async throws {
        let ending = await Self.plan(try Self.manifests())
        #expect(ending.status == .refused)
        #expect(!ending.connected)
        let pods = try #require(ending.output.split(separator: "its pods:\n").last?.split(separator: "\n\n").first)
        #expect(
            pods == """
                    Deployment payments/gateway: 2 pods fit (guaranteed), gateway-1 1, gateway-2 1
                    Deployment payments/ledger: 3 pods fit (guaranteed), general-1 1, general-2 1, general-3 1
                    Deployment research/training: 2 pods don't fit (impossible)
                        0/7 nodes are available: 2 node(s) had untolerated taint {gateway: true}, 2 node(s) had untolerated \
                taint {gpu: true}, 3 node(s) didn't match Pod's node affinity/selector.
                        taints that it doesn't tolerate: tolerate gpu=true:NoSchedule
                """)
        #expect(
            ending.output.contains("hint: tolerate gpu=true:NoSchedule; or pass --allow-unschedulable\n"),
            "\(ending.output)")
    }

    @Test func `the example tells what its policies added, and that they are kept`() async throws {
        let output = await Self.plan(try Self.manifests()).output
        #expect(
            output.contains(
                """
                  4. + Deployment payments/ledger  (not checked: no cluster was asked)
                        with pod anti-affinity by the policy departments
                        with topology spread by the policy critical-services

                """), "\(output)")
        #expect(
            output.contains(
                """
                its policies:
                    departments (isolate, enforced): kept
                    gateway-nodes (exclusive, enforced): kept
                    critical-services (spread, enforced): kept
                    headroom (headroom): kept

                """), "\(output)")
    }

    @Test func `a plan that breaks a policy is refused, unless that is allowed`() async throws {
        let edit = { (text: String) in text.replacing("percent: 20", with: "percent: 70") }
        let ending = await Self.plan(try Self.manifests(edit), "--allow-unschedulable")
        #expect(ending.status == .refused)
        #expect(
            ending.output.contains(
                """
                    headroom (headroom): broken in a trial run
                        pool=general: 66 % of cpu stays free, 70 % is wanted

                """), "\(ending.output)")
        #expect(
            ending.output.contains(
                """
                error[broken-policy]: the plan breaks the policy headroom: pool=general: 66 % of cpu stays free, 70 % is wanted
                  --> policies.yaml:36:1
                hint: change the manifests or the policy, or pass --allow-broken-policies

                """), "\(ending.output)")
        let allowed = await Self.plan(
            try Self.manifests(edit), "--allow-unschedulable", "--allow-broken-policies")
        #expect(allowed.status == .changes)
    }

    @Test func `what a policy forbids is said to be the policy's doing`() async throws {
        let edit = { (text: String) in
            text.replacing("pool: gpu", with: "kubernetes.io/hostname: general-1")
                .replacing("cpu: \"4\"", with: "cpu: \"1\"").replacing("16Gi", with: "1Gi")
                .replacing("nvidia.com/gpu: 1", with: "example.com/none: 0")
        }
        let ending = await Self.plan(try Self.manifests(edit))
        #expect(ending.status == .refused)
        #expect(
            ending.output.contains(
                """
                    Deployment research/training: 2 pods don't fit (impossible)
                        the policy departments: 0 of 2 pods would fit; add nodes, or set its mode to check

                """), "\(ending.output)")
    }

    @Test func `the example with the toleration is a plan`() async throws {
        let bench = try Self.manifests { text in
            text.replacing("# tolerations", with: "tolerations").replacing("#   - key: gpu", with: "  - key: gpu")
                .replacing("#     operator", with: "    operator").replacing("#     effect", with: "    effect")
        }
        let ending = await Self.plan(bench)
        #expect(ending.status == .changes, "\(ending.notes)")
        #expect(ending.output.contains("Deployment research/training: 2 pods fit (guaranteed), gpu-1 1, gpu-2 1\n"))
    }

    @Test func `what is refused is let through where that is asked for`() async throws {
        let ending = await Self.plan(try Self.manifests(), "--allow-unschedulable")
        #expect(ending.status == .changes)
        #expect(ending.output.contains("2 pods don't fit (impossible)"))
    }

    @Test func `machines get the verdicts as JSON`() async throws {
        let ending = await Self.plan(try Self.manifests(), "-o", "json")
        let verdicts = try #require(try Value(json: ending.output)["placement"]?.array)
        #expect(verdicts.compactMap { $0["certainty"]?.string } == ["guaranteed", "guaranteed", "impossible"])
        #expect(verdicts.first?["nodes"] == [["name": "gateway-1", "pods": 1], ["name": "gateway-2", "pods": 1]])
    }

    @Test(arguments: [("kind: Pod\n", "has no Node"), ("a: [", "--> nodes.txt:2:1")])
    func `a file without nodes is an error`(text: String, message: String) async throws {
        let bench = try Bench(["m.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n", "nodes.txt": text])
        let ending = await bench.run(["plan", "--nodes", "nodes.txt"])
        #expect(ending.status == .failure)
        #expect(ending.notes.contains(message), "\(ending.notes)")
        #expect(ending.output.isEmpty)
    }

    @Test func `nodes may be done without, and what would not survive that is refused`() async throws {
        let bench = try Self.manifests {
            $0.replacing("pool: gpu", with: "pool: general").replacing("nvidia.com/gpu: 1", with: "example.com/none: 0")
        }
        let ending = await Self.plan(bench, "--without-node", "gateway-1", "--allow-unschedulable")
        #expect(ending.status == .refused)
        #expect(
            ending.output.contains(
                """
                without gateway-1:
                    Deployment payments/gateway: 1 pod doesn't fit (impossible)
                        the policy gateway-nodes: 0 of 1 pods would fit; add nodes, or set its mode to check

                """), "\(ending.output)")
        #expect(ending.output.contains("error[not-survived]: not all pods would find places without gateway-1\n"))
        let zone = await Self.plan(bench, "--without-zone", "north", "--allow-unschedulable")
        #expect(zone.status == .refused, "\(zone.output)")
        #expect(
            zone.output.contains(
                """
                without general-3:
                    Deployment payments/ledger: 1 pod doesn't fit (impossible)
                        the policy critical-services: 0 of 1 pods would fit; add nodes, or set its mode to check

                """), "\(zone.output)")
        let spare = await Self.plan(bench, "--without-node", "gpu-1, gpu-2", "--allow-unschedulable")
        #expect(spare.status == .changes)
        #expect(spare.output.contains("\nwithout gpu-1, gpu-2:\n    no pod has to move\n"), "\(spare.output)")
    }

    @Test(arguments: [
        (
            ["--without-node", "gatway-1"], Commands.ExitStatus.failure,
            "the cluster has no node gatway-1\nhint: did you mean gateway-1?"
        ),
        (["--without-zone", "up"], .failure, "the cluster has no zone up\nhint: known are: east, north, west"),
        (["--without-node", "*,gpu-1"], .usage, "'*' stands for each node"),
        (["--without-node", ","], .usage, "Name nodes or zones."),
    ])
    func `nodes that don't exist can't be done without`(
        arguments: [String], status: Commands.ExitStatus, message: String
    ) async throws {
        let bench = try Self.manifests()
        let ending = await bench.run(
            ["plan", "--nodes", "\(Self.example)/nodes.yaml", "--name", "platform"] + arguments)
        #expect(ending.status == status)
        #expect(ending.notes.contains(message), "\(ending.notes)")
        #expect(ending.output.isEmpty)
    }

    @Test func `such a plan is not saved`() async throws {
        let ending = await Self.plan(try Self.manifests(), "--out", "x.plan")
        #expect(ending.status == .usage)
        #expect(ending.notes.contains("--nodes and --out exclude each other."))
    }
}
