import Resources
import SandboxCluster
import Synchronization
import Testing

/// What a cluster has its journal keep.
@Suite struct `Journal of a cluster` {
    private final class Journal: SandboxJournal {
        let records = Mutex<[[UInt8]]>([])

        func append(record: [UInt8]) { records.withLock { $0.append(record) } }
    }

    @Test func `it has all changes, but not what the cluster begins with`() throws {
        let journal = Journal()
        let cluster = SandboxCluster(journal: journal)
        #expect(journal.records.withLock { $0.isEmpty })
        let first = cluster.contents
        cluster.load([
            KubernetesObject([
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "one", "namespace": "default"],
            ])
        ])
        let records = journal.records.withLock { $0 }
        #expect(records.count == 1)
        let again = try SandboxContents(snapshot: first.json, records: records)
        #expect(again.version == cluster.contents.version)
        #expect(Set(again.objects) == Set(cluster.contents.objects))
    }
}
