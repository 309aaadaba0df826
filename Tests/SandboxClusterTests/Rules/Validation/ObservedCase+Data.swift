/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let data: [ObservedCase] = [
        ObservedCase(
            "a key that is none", "ConfigMap", #"{"data": {"a b": "x"}}"#,
            finds: [
                #"data[a b]: Invalid value: "a b": {key}"#
            ]),
        ObservedCase(
            "a key of dots", "ConfigMap", #"{"data": {"..": "x"}}"#,
            finds: [
                #"data[..]: Invalid value: "..": must not be '..'"#
            ]),
        ObservedCase(
            "a key that begins with dots", "ConfigMap", #"{"data": {"..a": "x"}}"#,
            finds: [
                #"data[..a]: Invalid value: "..a": must not start with '..'"#
            ]),
        ObservedCase(
            "one key twice", "ConfigMap", #"{"binaryData": {"a": "Yg=="}}"#,
            finds: [
                #"data[a]: Invalid value: "a": duplicate of key present in binaryData"#
            ]),
        ObservedCase(
            "keys of Secrets", "Secret", #"{"data": {"a/b": "Yg=="}}"#,
            finds: [
                #"data[a/b]: Invalid value: "a/b": {key}"#
            ]),
        ObservedCase(
            "a certificate without a key", "Secret", #"{"type": "kubernetes.io/tls", "data": {"tls.crt": "Yg=="}}"#,
            finds: [
                "data[tls.key]: Required value"
            ]),
        ObservedCase(
            "no certificate", "Secret", #"{"type": "kubernetes.io/tls"}"#,
            finds: [
                "data[tls.crt]: Required value",
                "data[tls.key]: Required value",
            ]),
        ObservedCase(
            "no Docker configuration", "Secret", #"{"type": "kubernetes.io/dockerconfigjson"}"#,
            finds: [
                "data[.dockerconfigjson]: Required value"
            ]),
        ObservedCase(
            "a Docker configuration that is none", "Secret",
            #"{"type": "kubernetes.io/dockerconfigjson", "data": {".dockerconfigjson": "eA=="}}"#,
            finds: [
                #"data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character 'x' looking for beginning of value"#
            ]),
        ObservedCase(
            "an empty Docker configuration", "Secret",
            #"{"type": "kubernetes.io/dockerconfigjson", "data": {".dockerconfigjson": ""}}"#,
            finds: [
                #"data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": unexpected end of JSON input"#
            ]),
        ObservedCase(
            "a Docker configuration of another type", "Secret",
            #"{"type": "kubernetes.io/dockercfg", "data": {".dockercfg": "W10="}}"#,
            finds: [
                #"data[.dockercfg]: Invalid value: "<secret contents redacted>": json: cannot unmarshal array into Go value of type map[string]interface {}"#
            ]),
        ObservedCase(
            "no user and no password", "Secret", #"{"type": "kubernetes.io/basic-auth"}"#,
            finds: [
                "data[%s][username]: Required value",
                "data[%s][password]: Required value",
            ]),
        ObservedCase(
            "no private key", "Secret", #"{"type": "kubernetes.io/ssh-auth"}"#,
            finds: [
                "data[%s][ssh-privatekey]: Required value"
            ]),
        ObservedCase(
            "a token of nobody", "Secret", #"{"type": "kubernetes.io/service-account-token"}"#,
            finds: [
                "metadata.annotations[kubernetes.io/service-account.name]: Required value"
            ]),
        ObservedCase(
            update: "another type", "Secret", #"{"type": "foo"}"#,
            finds: [
                #"type: Invalid value: "foo": field is immutable"#
            ]),
    ]
}
