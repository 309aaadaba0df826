/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let statuses: [ObservedCase] = [
        ObservedCase(
            status: "counts of a Deployment", "Deployment",
            #"{"status": {"replicas": 1, "updatedReplicas": 2, "readyReplicas": -3, "availableReplicas": 2, "unavailableReplicas": -1, "observedGeneration": -1}}"#,
            finds: [
                "status.observedGeneration: Invalid value: -1: must be greater than or equal to 0",
                "status.readyReplicas: Invalid value: -3: must be greater than or equal to 0",
                "status.unavailableReplicas: Invalid value: -1: must be greater than or equal to 0",
                "status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas",
                "status.availableReplicas: Invalid value: 2: cannot be greater than status.replicas",
                "status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas",
            ]),
        ObservedCase(
            status: "counts of a ReplicaSet", "ReplicaSet",
            #"{"status": {"replicas": 1, "fullyLabeledReplicas": 2, "readyReplicas": 2, "availableReplicas": 3}}"#,
            finds: [
                "status.fullyLabeledReplicas: Invalid value: 2: cannot be greater than status.replicas",
                "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
                "status.availableReplicas: Invalid value: 3: cannot be greater than status.replicas",
                "status.availableReplicas: Invalid value: 3: cannot be greater than readyReplicas",
            ]),
        ObservedCase(
            status: "counts of a ReplicationController", "ReplicationController",
            #"{"status": {"replicas": 1, "readyReplicas": 2, "availableReplicas": 3}}"#,
            finds: [
                "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
                "status.availableReplicas: Invalid value: 3: cannot be greater than status.replicas",
                "status.availableReplicas: Invalid value: 3: cannot be greater than readyReplicas",
            ]),
        ObservedCase(
            status: "counts of a StatefulSet", "StatefulSet",
            #"{"status": {"replicas": 1, "readyReplicas": 2, "currentReplicas": 2, "updatedReplicas": -2}}"#,
            finds: [
                "status.updatedReplicas: Invalid value: -2: must be greater than or equal to 0",
                "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
                "status.currentReplicas: Invalid value: 2: cannot be greater than status.replicas",
            ]),
        ObservedCase(
            status: "counts of a DaemonSet", "DaemonSet",
            #"{"status": {"currentNumberScheduled": -1, "numberMisscheduled": -1, "desiredNumberScheduled": -1, "numberReady": -1}}"#,
            finds: [
                "status.currentNumberScheduled: Invalid value: -1: must be greater than or equal to 0",
                "status.numberMisscheduled: Invalid value: -1: must be greater than or equal to 0",
                "status.desiredNumberScheduled: Invalid value: -1: must be greater than or equal to 0",
                "status.numberReady: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            status: "counts of a Job", "Job", #"{"status": {"active": -1, "failed": -1}}"#,
            finds: [
                "status.active: Invalid value: -1: must be greater than or equal to 0",
                "status.failed: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            status: "counts of an autoscaler", "HPA", #"{"status": {"currentReplicas": -1, "desiredReplicas": -1}}"#,
            finds: [
                "status.currentReplicas: Invalid value: -1: must be greater than or equal to 0",
                "status.desiredReplicas: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            status: "a phase that is not its", "Namespace", #"{"status.phase": "Terminating"}"#,
            finds: [
                #"status.Phase: Invalid value: "Terminating": may only be 'Active' if `deletionTimestamp` is empty"#
            ]),
        ObservedCase(
            status: "addresses of a balancer", "Service",
            #"{"status": {"loadBalancer": {"ingress": [{"ip": "x", "hostname": "A_"}, {"hostname": "1.2.3.4"}]}}}"#,
            finds: [
                #"status.loadBalancer.ingress[0].ip: Invalid value: "x": must be a valid IP address"#,
                #"status.loadBalancer.ingress[0].hostname: Invalid value: "A_": {subdomain}"#,
                #"status.loadBalancer.ingress[1].hostname: Invalid value: "1.2.3.4": must be a DNS name, not an IP address"#,
            ]),
        ObservedCase(
            status: "addresses of an Ingress", "Ingress", #"{"status": {"loadBalancer": {"ingress": [{"ip": "x"}]}}}"#,
            finds: [
                #"status.loadBalancer.ingress[0].ip: Invalid value: "x": must be a valid IP address"#
            ]),
        ObservedCase(
            status: "a negative capacity", "PersistentVolumeClaim", #"{"status.capacity": {"storage": "-1"}}"#,
            finds: [
                "status.capacity[storage]: Invalid value: -1: must be a valid resource quantity"
            ]),
        ObservedCase(
            status: "an amount of a quota", "ResourceQuota",
            #"{"status": {"hard": {"foo": "1"}, "used": {"pods": "-1"}}}"#,
            finds: [
                #"status.hard[foo]: Invalid value: "foo": must be a standard resource type or fully qualified"#,
                #"status.hard[foo]: Invalid value: "foo": must be a standard resource for quota"#,
                #"status.used[pods]: Invalid value: "-1": must be greater than or equal to 0"#,
            ]),
        ObservedCase(
            status: "an address twice", "Node",
            #"{"status.addresses": [{"type": "InternalIP", "address": "1.1.1.1"}, {"type": "InternalIP", "address": "1.1.1.1"}]}"#,
            finds: [
                #"status.addresses[1]: Duplicate value: core.NodeAddress{Type:"InternalIP", Address:"1.1.1.1"}"#
            ]),
        ObservedCase(
            status: "capacity of a node", "Node",
            #"{"status.capacity": {"pods": "500m"}, "status.allocatable": {"cpu": "-1"}}"#,
            finds: [
                #"status.capacity.pods: Invalid value: resource.Quantity{i:resource.int64Amount{value:500, scale:-3}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"500m", Format:"DecimalSI"}: must be an integer"#,
                #"status.allocatable.cpu: Invalid value: "-1": must be greater than or equal to 0"#,
            ]),
        ObservedCase(
            status: "conditions of a pod", "Pod", #"{"status.conditions": [{"type": "a b", "status": "True"}]}"#,
            finds: [
                #"metadata.conditions[0].Type: Invalid value: "a b": name part {qualified}"#
            ]),
        ObservedCase(
            status: "addresses of a pod", "Pod", #"{"status.podIPs": [{"ip": "x"}]}"#,
            finds: [
                #"status.podIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"#
            ]),
        ObservedCase(
            status: "names of a definition", "CRD", #"{"status.acceptedNames": {"plural": "A_", "kind": "A_"}}"#,
            finds: [
                #"status.acceptedNames.plural: Invalid value: "A_": {service}"#,
                #"status.acceptedNames.kind: Invalid value: "A_": may have mixed case, but should otherwise match: {service}"#,
            ]),
    ]
}
