/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let metadata: [ObservedCase] = [
        ObservedCase(
            "a name of a Deployment with capitals", "Deployment", #"{"metadata.name": "Foo_Bar"}"#,
            finds: [
                #"metadata.name: Invalid value: "Foo_Bar": {subdomain}"#
            ]),
        ObservedCase(
            "a name that is too long", "ConfigMap",
            #"{"metadata.name": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
            finds: [
                #"metadata.name: Invalid value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": must be no more than 253 characters"#
            ]),
        ObservedCase(
            "no name", "ConfigMap", #"{"metadata.name": null}"#,
            finds: [
                "metadata.name: Required value: name or generateName is required"
            ]),
        ObservedCase(
            "a prefix with a capital", "ConfigMap", #"{"metadata.name": "Foo-1", "metadata.generateName": "Foo-"}"#,
            finds: [
                #"metadata.generateName: Invalid value: "Foo-": {subdomain}"#,
                #"metadata.name: Invalid value: "Foo-1": {subdomain}"#,
            ]),
        ObservedCase(
            "a Service whose name begins with a digit", "Service", #"{"metadata.name": "1svc"}"#,
            finds: [
                #"metadata.name: Invalid value: "1svc": {service}"#
            ]),
        ObservedCase(
            "a Namespace with a dot", "Namespace", #"{"metadata.name": "a.b"}"#,
            finds: [
                #"metadata.name: Invalid value: "a.b": {label}"#
            ]),
        ObservedCase(
            "a Role with a slash", "Role", #"{"metadata.name": "a/b"}"#,
            finds: [
                #"metadata.name: Invalid value: "a/b": may not contain '/'"#
            ]),
        ObservedCase(
            "a Role named by two dots", "Role", #"{"metadata.name": ".."}"#,
            finds: [
                #"metadata.name: Invalid value: "..": may not be '..'"#
            ]),
        ObservedCase(
            "a Role that is percent-encoded", "ClusterRole", #"{"metadata.name": "a%b"}"#,
            finds: [
                #"metadata.name: Invalid value: "a%b": may not contain '%'"#
            ]),
        ObservedCase(
            "a label key without a name", "ConfigMap", #"{"metadata.labels": {"a.b/": "x"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "a.b/": name part must be non-empty"#,
                #"metadata.labels: Invalid value: "a.b/": name part {qualified}"#,
            ]),
        ObservedCase(
            "a label key with a blank", "ConfigMap", #"{"metadata.labels": {"a b": "x"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "a b": name part {qualified}"#
            ]),
        ObservedCase(
            "a label key with two slashes", "ConfigMap", #"{"metadata.labels": {"a/b/c": "x"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "a/b/c": a qualified name {qualified} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"#
            ]),
        ObservedCase(
            "a label key with a bad prefix", "ConfigMap", #"{"metadata.labels": {"A_/c": "x"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "A_/c": prefix part {subdomain}"#
            ]),
        ObservedCase(
            "an empty label prefix", "ConfigMap", #"{"metadata.labels": {"/c": "x"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "/c": prefix part must be non-empty"#
            ]),
        ObservedCase(
            "a label value that is too long", "ConfigMap",
            #"{"metadata.labels": {"a": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": must be no more than 63 characters"#
            ]),
        ObservedCase(
            "a label value with a slash", "ConfigMap", #"{"metadata.labels": {"a": "x/y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x/y": {value}"#
            ]),
        ObservedCase(
            "a label key that is too long", "ConfigMap",
            #"{"metadata.labels": {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": ""}}"#,
            finds: [
                #"metadata.labels: Invalid value: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": name part must be no more than 63 characters"#
            ]),
        ObservedCase(
            "an annotation key with a blank", "ConfigMap", #"{"metadata.annotations": {"a b": "x"}}"#,
            finds: [
                #"metadata.annotations: Invalid value: "a b": name part {qualified}"#
            ]),
        ObservedCase(
            "capitals in the prefix of an annotation", "ConfigMap",
            #"{"metadata.annotations": {"A.B/c": "x"}, "metadata.labels": {"a": "."}}"#,
            finds: [
                #"metadata.labels: Invalid value: ".": {value}"#
            ]),
        ObservedCase(
            "an owner without anything", "ConfigMap",
            #"{"metadata.ownerReferences": [{"apiVersion": "", "kind": "", "name": "", "uid": ""}]}"#,
            finds: [
                #"metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty"#,
                #"metadata.ownerReferences.kind: Invalid value: "": kind must not be empty"#,
                #"metadata.ownerReferences.name: Invalid value: "": name must not be empty"#,
                #"metadata.ownerReferences.uid: Invalid value: "": uid must not be empty"#,
            ]),
        ObservedCase(
            "two controllers", "ConfigMap",
            #"{"metadata.ownerReferences": [{"apiVersion": "v1", "kind": "A", "name": "a", "uid": "1", "controller": true}, {"apiVersion": "v1", "kind": "A", "name": "b", "uid": "2", "controller": true}]}"#,
            finds: [
                #"metadata.ownerReferences: Invalid value: []v1.OwnerReference{v1.OwnerReference{APIVersion:"v1", Kind:"A", Name:"a", UID:"1", Controller:(*bool)(0xc000000000), BlockOwnerDeletion:(*bool)(nil)}, v1.OwnerReference{APIVersion:"v1", Kind:"A", Name:"b", UID:"2", Controller:(*bool)(0xc000000000), BlockOwnerDeletion:(*bool)(nil)}}: Only one reference can have Controller set to true. Found "true" in references for a and b"#
            ]),
        ObservedCase(
            "an Event as owner", "ConfigMap",
            #"{"metadata.ownerReferences": [{"apiVersion": "v1", "kind": "Event", "name": "a", "uid": "1"}]}"#,
            finds: [
                #"metadata.ownerReferences: Invalid value: v1.OwnerReference{APIVersion:"v1", Kind:"Event", Name:"a", UID:"1", Controller:(*bool)(nil), BlockOwnerDeletion:(*bool)(nil)}: /v1, Kind=Event is disallowed from being an owner"#
            ]),
        ObservedCase(
            "a finalizer without a domain", "ConfigMap", #"{"metadata.finalizers": ["foo"]}"#,
            finds: [
                #"metadata.finalizers[0]: Invalid value: "foo": name is neither a standard finalizer name nor is it fully qualified"#
            ]),
        ObservedCase(
            "a finalizer that is no name", "ConfigMap", #"{"metadata.finalizers": ["a/b c"]}"#,
            finds: [
                #"metadata.finalizers: Invalid value: "a/b c": name part {qualified}"#
            ]),
        ObservedCase(
            "both finalizers of deletion", "ConfigMap", #"{"metadata.finalizers": ["orphan", "foregroundDeletion"]}"#,
            finds: [
                #"metadata.finalizers: Invalid value: []string{"orphan", "foregroundDeletion"}: finalizer orphan and foregroundDeletion cannot be both set"#
            ]),
        ObservedCase(
            update: "a bad label on an update", "ConfigMap", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad label on an update of a Deployment", "Deployment", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            "a bad label of a PodDisruptionBudget", "PDB", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#
            ]),
        ObservedCase(
            update: "a bad label of a Role on an update", "Role", #"{"metadata.labels": {"a": "x y"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
                #"metadata.labels: Invalid value: "x y": {value}"#,
            ]),
        ObservedCase(
            update: "a bad finalizer on an update", "ConfigMap", #"{"metadata.finalizers": ["foo"]}"#,
            finds: [
                #"metadata.finalizers[0]: Invalid value: "foo": name is neither a standard finalizer name nor is it fully qualified"#,
                #"metadata.finalizers[0]: Invalid value: "foo": name is neither a standard finalizer name nor is it fully qualified"#,
            ]),
        ObservedCase(
            "a ServiceAccount with a bad name", "ServiceAccount", #"{"metadata.name": "A"}"#,
            finds: [
                #"metadata.name: Invalid value: "A": {subdomain}"#
            ]),
        ObservedCase(
            "a negative generation", "ConfigMap", #"{"metadata.generation": -1}"#,
            finds: [
                "metadata.generation: Invalid value: -1: must be greater than or equal to 0"
            ]),
    ]
}
