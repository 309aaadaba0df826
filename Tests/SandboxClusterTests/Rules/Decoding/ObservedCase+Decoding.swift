/// Observed from an API server of Kubernetes 1.20.2, to which objects were sent with sorted keys and a line feed.
extension ObservedCase {
    static let decoding: [ObservedCase] = [
        ObservedCase(
            "a text for a number", "Deployment", #"{"spec.replicas": "x"}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Replicas: readUint32: unexpected character: �, error found in #10 byte of ...|eplicas":"x","select|..., bigger context ...|e":"d","namespace":"default"},"spec":{"replicas":"x","selector":{"matchLabels":{"app":"a"}},"templat|..."#
            ]),
        ObservedCase(
            "a fraction for a number", "Deployment", #"{"spec.replicas": 1.5}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Replicas: assertInteger: can not decode float as int, error found in #10 byte of ...|eplicas":1.5,"select|..., bigger context ...|e":"d","namespace":"default"},"spec":{"replicas":1.5,"selector":{"matchLabels":{"app":"a"}},"templat|..."#
            ]),
        ObservedCase(
            "a number beyond 32 bits", "Deployment", #"{"spec.replicas": 99999999999}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Replicas: readUint32: overflow, error found in #10 byte of ...|":99999999999,"selec|..., bigger context ...|"namespace":"default"},"spec":{"replicas":99999999999,"selector":{"matchLabels":{"app":"a"}},"templa|..."#
            ]),
        ObservedCase(
            "a number beyond the sign", "Deployment", #"{"spec.replicas": 3000000000}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Selector: Replicas: ReadInt32: overflow: 3000000000, error found in #10 byte of ...|3000000000,"selector|..., bigger context ...|amespace":"default"},"spec":{"replicas":3000000000,"selector":{"matchLabels":{"app":"a"}},"template"|..."#
            ]),
        ObservedCase(
            "a flag for a number", "Deployment", #"{"spec.replicas": true}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Replicas: readUint32: unexpected character: �, error found in #10 byte of ...|eplicas":true,"selec|..., bigger context ...|e":"d","namespace":"default"},"spec":{"replicas":true,"selector":{"matchLabels":{"app":"a"}},"templa|..."#
            ]),
        ObservedCase(
            "an object for a number", "Deployment", #"{"spec.replicas": {}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Replicas: readUint32: unexpected character: �, error found in #10 byte of ...|eplicas":{},"selecto|..., bigger context ...|e":"d","namespace":"default"},"spec":{"replicas":{},"selector":{"matchLabels":{"app":"a"}},"template|..."#
            ]),
        ObservedCase(
            "a text for a struct", "Deployment", #"{"spec": "x"}"#,
            finds: [
                #"v1.Deployment.Spec: readObjectStart: expect { or n, but found ", error found in #10 byte of ...|},"spec":"x"}\n|..., bigger context ...|adata":{"name":"d","namespace":"default"},"spec":"x"}\n|..."#
            ]),
        ObservedCase(
            "a text for metadata", "Deployment", #"{"metadata": "x"}"#,
            finds: [
                #"v1.Deployment.ObjectMeta: readObjectStart: expect { or n, but found ", error found in #10 byte of ...|etadata":"x","spec":|..., bigger context ...|ersion":"apps/v1","kind":"Deployment","metadata":"x","spec":{"replicas":0,"selector":{"matchLabels":|..."#
            ]),
        ObservedCase(
            "one digit for a text", "Deployment", #"{"metadata.labels": {"a": 1}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.ObjectMeta: v1.ObjectMeta.Namespace: Name: Labels: ReadString: expects " or n, but found 1, error found in #10 byte of ...|ls":{"a":1},"name":"|..., bigger context ...|1","kind":"Deployment","metadata":{"labels":{"a":1},"name":"d","namespace":"default"},"spec":{"repli|..."#
            ]),
        ObservedCase(
            "two digits for a text", "Deployment", #"{"metadata.labels": {"a": 10}}"#,
            finds: [
                #"v1.Deployment.ObjectMeta: v1.ObjectMeta.Labels: ReadString: expects " or n, but found 1, error found in #10 byte of ...|ls":{"a":10},"name":|..., bigger context ...|1","kind":"Deployment","metadata":{"labels":{"a":10},"name":"d","namespace":"default"},"spec":{"repl|..."#
            ]),
        ObservedCase(
            "a text for a list", "Deployment", #"{"spec.template.spec.containers": "x"}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: decode slice: expect [ or n, but found ", error found in #10 byte of ...|tainers":"x"}}}}\n|..., bigger context ...|ata":{"labels":{"app":"a"}},"spec":{"containers":"x"}}}}\n|..."#
            ]),
        ObservedCase(
            "an object for a list", "Deployment", #"{"spec.template.spec.containers": {}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: decode slice: expect [ or n, but found {, error found in #10 byte of ...|tainers":{}}}}}\n|..., bigger context ...|ata":{"labels":{"app":"a"}},"spec":{"containers":{}}}}}\n|..."#
            ]),
        ObservedCase(
            "a number for a variable", "Deployment",
            #"{"spec.template.spec.containers.0.env": [{"name": "A", "value": 8080}, {"name": "B", "value": "x"}]}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Env: []v1.EnvVar: v1.EnvVar.Value: ReadString: expects " or n, but found 8, error found in #10 byte of ...|,"value":8080},{"nam|..., bigger context ...|spec":{"containers":[{"env":[{"name":"A","value":8080},{"name":"B","value":"x"}],"image":"i","name":|..."#
            ]),
        ObservedCase(
            "a digit for a variable before others", "Deployment",
            #"{"spec.template.spec.containers.0.env": [{"name": "A", "value": 1}, {"name": "B", "value": "x"}]}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Env: []v1.EnvVar: v1.EnvVar.v1.EnvVar.Value: ReadString: expects " or n, but found 1, error found in #10 byte of ...|,"value":1},{"name":|..., bigger context ...|spec":{"containers":[{"env":[{"name":"A","value":1},{"name":"B","value":"x"}],"image":"i","name":"c"|..."#
            ]),
        ObservedCase(
            "no quantity", "Deployment", #"{"spec.template.spec.containers.0.resources": {"limits": {"cpu": "abc"}}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Resources: v1.ResourceRequirements.Limits: unmarshalerDecoder: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$', error found in #10 byte of ...|cpu":"abc"}}}]}}}}\n|..., bigger context ...|:"i","name":"c","resources":{"limits":{"cpu":"abc"}}}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a quantity with another suffix", "Deployment",
            #"{"spec.template.spec.containers.0.resources": {"limits": {"cpu": "1x"}}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Resources: v1.ResourceRequirements.Limits: unmarshalerDecoder: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$', error found in #10 byte of ...|"cpu":"1x"}}}]}}}}\n|..., bigger context ...|":"i","name":"c","resources":{"limits":{"cpu":"1x"}}}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a quantity with half a suffix", "Deployment",
            #"{"spec.template.spec.containers.0.resources": {"limits": {"cpu": "1Kii"}}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Resources: v1.ResourceRequirements.Limits: unmarshalerDecoder: unable to parse quantity's suffix, error found in #10 byte of ...|pu":"1Kii"}}}]}}}}\n|..., bigger context ...|"i","name":"c","resources":{"limits":{"cpu":"1Kii"}}}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a flag for a quantity", "Deployment",
            #"{"spec.template.spec.containers.0.resources": {"limits": {"cpu": true}}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Resources: v1.ResourceRequirements.Limits: unmarshalerDecoder: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$', error found in #10 byte of ...|"cpu":true}}}]}}}}\n|..., bigger context ...|":"i","name":"c","resources":{"limits":{"cpu":true}}}]}}}}\n|..."#
            ]),
        ObservedCase(
            "an empty quantity", "Deployment",
            #"{"spec.template.spec.containers.0.resources": {"limits": {"cpu": ""}}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Resources: v1.ResourceRequirements.Limits: unmarshalerDecoder: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$', error found in #10 byte of ...|:{"cpu":""}}}]}}}}\n|..., bigger context ...|ge":"i","name":"c","resources":{"limits":{"cpu":""}}}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a flag for a port", "Deployment",
            #"{"spec.template.spec.containers.0.livenessProbe": {"httpGet": {"port": true}}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Name: LivenessProbe: v1.Probe.Handler: HTTPGet: v1.HTTPGetAction.Port: unmarshalerDecoder: json: cannot unmarshal bool into Go value of type int32, error found in #10 byte of ...|port":true}},"name":|..., bigger context ...|image":"i","livenessProbe":{"httpGet":{"port":true}},"name":"c"}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a fraction for a port", "Deployment",
            #"{"spec.template.spec.containers.0.livenessProbe": {"httpGet": {"port": 1.5}}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Name: LivenessProbe: v1.Probe.Handler: HTTPGet: v1.HTTPGetAction.Port: unmarshalerDecoder: json: cannot unmarshal number 1.5 into Go value of type int32, error found in #10 byte of ...|"port":1.5}},"name":|..., bigger context ...|"image":"i","livenessProbe":{"httpGet":{"port":1.5}},"name":"c"}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a digit for a path", "Deployment",
            #"{"spec.template.spec.containers.0.livenessProbe": {"httpGet": {"path": 1}}}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Name: LivenessProbe: v1.Probe.Handler: HTTPGet: v1.HTTPGetAction.Path: ReadString: expects " or n, but found 1, error found in #10 byte of ...|:{"path":1}},"name":|..., bigger context ...|[{"image":"i","livenessProbe":{"httpGet":{"path":1}},"name":"c"}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a text for a flag", "Deployment", #"{"spec.template.spec.containers.0.stdin": "yes"}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Stdin: ReadBool: expect t or f, but found ", error found in #10 byte of ...|,"stdin":"yes"}]}}}}|..., bigger context ...|":{"containers":[{"image":"i","name":"c","stdin":"yes"}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a text for a list of texts", "Deployment", #"{"spec.template.spec.containers.0.command": "yes"}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Command: []string: decode slice: expect [ or n, but found ", error found in #10 byte of ...|command":"yes","imag|..., bigger context ...|s":{"app":"a"}},"spec":{"containers":[{"command":"yes","image":"i","name":"c"}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a number in a list of texts", "Deployment", #"{"spec.template.spec.containers.0.command": [1]}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Name: Image: Command: []string: ReadString: expects " or n, but found 1, error found in #10 byte of ...|ommand":[1],"image":|..., bigger context ...|":{"app":"a"}},"spec":{"containers":[{"command":[1],"image":"i","name":"c"}]}}}}\n|..."#
            ]),
        ObservedCase(
            "a text for a source of volumes", "Deployment",
            #"{"spec.template.spec.volumes": [{"name": "v", "secret": "x"}]}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.Template: v1.PodTemplateSpec.Spec: v1.PodSpec.Volumes: []v1.Volume: v1.Volume.VolumeSource: Secret: readObjectStart: expect { or n, but found ", error found in #10 byte of ...|"secret":"x"}]}}}}\n|..., bigger context ...|"i","name":"c"}],"volumes":[{"name":"v","secret":"x"}]}}}}\n|..."#
            ]),
        ObservedCase(
            "no time", "Deployment", #"{"metadata.creationTimestamp": "x"}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.ObjectMeta: v1.ObjectMeta.Namespace: Name: CreationTimestamp: unmarshalerDecoder: parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006", error found in #10 byte of ...|stamp":"x","name":"d|..., bigger context ...|":"Deployment","metadata":{"creationTimestamp":"x","name":"d","namespace":"default"},"spec":{"replic|..."#
            ]),
        ObservedCase(
            "a number for a time", "Deployment", #"{"metadata.creationTimestamp": 1}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.ObjectMeta: v1.ObjectMeta.Namespace: Name: CreationTimestamp: unmarshalerDecoder: json: cannot unmarshal number into Go value of type string, error found in #10 byte of ...|mestamp":1,"name":"d|..., bigger context ...|nd":"Deployment","metadata":{"creationTimestamp":1,"name":"d","namespace":"default"},"spec":{"replic|..."#
            ]),
        ObservedCase(
            "a time without zone", "Deployment", #"{"metadata.creationTimestamp": "2020-01-01T00:00:00"}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.ObjectMeta: v1.ObjectMeta.Namespace: Name: CreationTimestamp: unmarshalerDecoder: parsing time "2020-01-01T00:00:00" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00", error found in #10 byte of ...|T00:00:00","name":"d|..., bigger context ...|tadata":{"creationTimestamp":"2020-01-01T00:00:00","name":"d","namespace":"default"},"spec":{"replic|..."#
            ]),
        ObservedCase(
            "half a time", "Deployment", #"{"metadata.creationTimestamp": "2020-01-0"}"#,
            finds: [
                #"v1.Deployment.Spec: v1.DeploymentSpec.ObjectMeta: v1.ObjectMeta.Namespace: Name: CreationTimestamp: unmarshalerDecoder: parsing time "2020-01-0" as "2006-01-02T15:04:05Z07:00": cannot parse "0" as "02", error found in #10 byte of ...|2020-01-0","name":"d|..., bigger context ...|yment","metadata":{"creationTimestamp":"2020-01-0","name":"d","namespace":"default"},"spec":{"replic|..."#
            ]),
        ObservedCase(
            "a text for a long number", "Deployment", #"{"metadata.generation": "1"}"#,
            finds: [
                #"v1.Deployment.ObjectMeta: v1.ObjectMeta.Generation: readUint64: unexpected character: �, error found in #10 byte of ...|eration":"1","name":|..., bigger context ...|v1","kind":"Deployment","metadata":{"generation":"1","name":"d","namespace":"default"},"spec":{"repl|..."#
            ]),
        ObservedCase(
            "no base64", "Secret", #"{"data": {"a": "%%%"}}"#,
            finds: [
                #"v1.Secret.ObjectMeta: v1.ObjectMeta.TypeMeta: Kind: Data: decode base64: illegal base64 data at input byte 0, error found in #10 byte of ...|{"a":"%%%"},"kind":"|..., bigger context ...|{"apiVersion":"v1","data":{"a":"%%%"},"kind":"Secret","metadata":{"name":"sec","namesp|..."#
            ]),
        ObservedCase(
            "base64 that breaks off", "Secret", #"{"data": {"a": "abcde"}}"#,
            finds: [
                #"v1.Secret.ObjectMeta: v1.ObjectMeta.TypeMeta: Kind: Data: decode base64: illegal base64 data at input byte 4, error found in #10 byte of ...|a":"abcde"},"kind":"|..., bigger context ...|{"apiVersion":"v1","data":{"a":"abcde"},"kind":"Secret","metadata":{"name":"sec","namesp|..."#
            ]),
        ObservedCase(
            "base64 of three digits", "Secret", #"{"data": {"a": "abc"}}"#,
            finds: [
                #"v1.Secret.ObjectMeta: v1.ObjectMeta.TypeMeta: Kind: Data: decode base64: illegal base64 data at input byte 0, error found in #10 byte of ...|{"a":"abc"},"kind":"|..., bigger context ...|{"apiVersion":"v1","data":{"a":"abc"},"kind":"Secret","metadata":{"name":"sec","namesp|..."#
            ]),
        ObservedCase(
            "base64 with less padding", "Secret", #"{"data": {"a": "YQ="}}"#,
            finds: [
                #"v1.Secret.ObjectMeta: v1.ObjectMeta.TypeMeta: Kind: Data: decode base64: illegal base64 data at input byte 3, error found in #10 byte of ...|{"a":"YQ="},"kind":"|..., bigger context ...|{"apiVersion":"v1","data":{"a":"YQ="},"kind":"Secret","metadata":{"name":"sec","namesp|..."#
            ]),
        ObservedCase(
            "base64 with something in it", "Secret", #"{"data": {"a": "YW J"}}"#,
            finds: [
                #"v1.Secret.ObjectMeta: v1.ObjectMeta.TypeMeta: Kind: Data: decode base64: illegal base64 data at input byte 2, error found in #10 byte of ...|"a":"YW J"},"kind":"|..., bigger context ...|{"apiVersion":"v1","data":{"a":"YW J"},"kind":"Secret","metadata":{"name":"sec","namesp|..."#
            ]),
        ObservedCase(
            "base64 with more padding", "Secret", #"{"data": {"a": "YWJj="}}"#,
            finds: [
                #"v1.Secret.ObjectMeta: v1.ObjectMeta.TypeMeta: Kind: Data: decode base64: illegal base64 data at input byte 4, error found in #10 byte of ...|a":"YWJj="},"kind":"|..., bigger context ...|{"apiVersion":"v1","data":{"a":"YWJj="},"kind":"Secret","metadata":{"name":"sec","namesp|..."#
            ]),
        ObservedCase(
            "a number for base64", "Secret", #"{"data": {"a": 1}}"#,
            finds: [
                #"v1.Secret.Data: base64Codec: invalid input, error found in #10 byte of ...|ata":{"a":1},"kind":|..., bigger context ...|{"apiVersion":"v1","data":{"a":1},"kind":"Secret","metadata":{"name":"sec","names|..."#
            ]),
        ObservedCase(
            "a list for a map", "Secret", #"{"data": [1]}"#,
            finds: [
                #"v1.Secret.Data: ReadMapCB: expect { or n, but found [, error found in #10 byte of ...|","data":[1],"kind":|..., bigger context ...|{"apiVersion":"v1","data":[1],"kind":"Secret","metadata":{"name":"sec","names|..."#
            ]),
        ObservedCase(
            "a port beyond 32 bits", "Service", #"{"spec.ports.0.targetPort": 99999999999}"#,
            finds: [
                #"v1.Service.Spec: v1.ServiceSpec.Ports: []v1.ServicePort: v1.ServicePort.TargetPort: unmarshalerDecoder: json: cannot unmarshal number 99999999999 into Go value of type int32, error found in #10 byte of ...|9999999999}]}}\n|..., bigger context ...|pec":{"ports":[{"port":80,"targetPort":99999999999}]}}\n|..."#
            ]),
        ObservedCase(
            "a text for a port", "Service", #"{"spec.ports.0.port": "80"}"#,
            finds: [
                #"v1.Service.Spec: v1.ServiceSpec.Ports: []v1.ServicePort: v1.ServicePort.Port: readUint32: unexpected character: �, error found in #10 byte of ...|[{"port":"80"}]}}\n|..., bigger context ...|,"namespace":"default"},"spec":{"ports":[{"port":"80"}]}}\n|..."#
            ]),
        ObservedCase(
            "a text for addresses", "Service", #"{"spec.clusterIPs": "x"}"#,
            finds: [
                #"v1.Service.Spec: v1.ServiceSpec.ClusterIPs: []string: decode slice: expect [ or n, but found ", error found in #10 byte of ...|sterIPs":"x","ports"|..., bigger context ...|svc","namespace":"default"},"spec":{"clusterIPs":"x","ports":[{"port":80}]}}\n|..."#
            ]),
        ObservedCase(
            "a digit in a ConfigMap", "ConfigMap", #"{"data": {"a": 1, "b": "x"}}"#,
            finds: [
                #"v1.ConfigMap.ObjectMeta: v1.ObjectMeta.TypeMeta: Kind: Data: ReadString: expects " or n, but found 1, error found in #10 byte of ...|ta":{"a":1,"b":"x"},|..., bigger context ...|{"apiVersion":"v1","data":{"a":1,"b":"x"},"kind":"ConfigMap","metadata":{"name":"c|..."#
            ]),
        ObservedCase(
            "a flag in a ConfigMap", "ConfigMap", #"{"data": {"a": true, "b": "x"}}"#,
            finds: [
                #"v1.ConfigMap.Data: ReadString: expects " or n, but found t, error found in #10 byte of ...|ta":{"a":true,"b":"x|..., bigger context ...|{"apiVersion":"v1","data":{"a":true,"b":"x"},"kind":"ConfigMap","metadata":{"name"|..."#
            ]),
        ObservedCase(
            "an owner that is a text", "ConfigMap", #"{"metadata.ownerReferences": ["x"]}"#,
            finds: [
                #"v1.ConfigMap.ObjectMeta: v1.ObjectMeta.OwnerReferences: []v1.OwnerReference: readObjectStart: expect { or n, but found ", error found in #10 byte of ...|rences":["x"]}}\n|..., bigger context ...|e":"cm","namespace":"default","ownerReferences":["x"]}}\n|..."#
            ]),
        ObservedCase(
            "a list for metadata", "ConfigMap", #"{"metadata": []}"#,
            finds: [
                #"v1.ConfigMap.ObjectMeta: readObjectStart: expect { or n, but found [, error found in #10 byte of ...|etadata":[]}\n|..., bigger context ...|","data":{"a":"b"},"kind":"ConfigMap","metadata":[]}\n|..."#
            ]),
        ObservedCase(
            "a node port of text", "Service", #"{"spec.ports.0.nodePort": "x"}"#,
            finds: [
                #"v1.Service.Spec: v1.ServiceSpec.Ports: []v1.ServicePort: v1.ServicePort.NodePort: readUint32: unexpected character: �, error found in #10 byte of ...|odePort":"x","port":|..., bigger context ...|mespace":"default"},"spec":{"ports":[{"nodePort":"x","port":80}]}}\n|..."#
            ]),
        ObservedCase(
            "a lease of text", "Lease", #"{"spec.leaseDurationSeconds": "x"}"#,
            finds: [
                #"v1.Lease.Spec: v1.LeaseSpec.LeaseDurationSeconds: readUint32: unexpected character: �, error found in #10 byte of ...|Seconds":"x"}}\n|..., bigger context ...|ec":{"holderIdentity":"a","leaseDurationSeconds":"x"}}\n|..."#
            ]),
        ObservedCase(
            "a time of a lease", "Lease", #"{"spec.renewTime": "x"}"#,
            finds: [
                #"v1.Lease.Spec: v1.LeaseSpec.RenewTime: unmarshalerDecoder: parsing time "x" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "x" as "2006", error found in #10 byte of ...|wTime":"x"}}\n|..., bigger context ...|ult"},"spec":{"holderIdentity":"a","renewTime":"x"}}\n|..."#
            ]),
        ObservedCase(
            "a rule of text", "Role", #"{"rules": ["x"]}"#,
            finds: [
                #"v1.Role.Rules: []v1.PolicyRule: readObjectStart: expect { or n, but found ", error found in #10 byte of ...|"rules":["x"]}\n|..., bigger context ...|":{"name":"role","namespace":"default"},"rules":["x"]}\n|..."#
            ]),
        ObservedCase(
            "a limit of text", "LimitRange", #"{"spec.limits": "x"}"#,
            finds: [
                #"v1.LimitRange.Spec: v1.LimitRangeSpec.Limits: []v1.LimitRangeItem: decode slice: expect [ or n, but found ", error found in #10 byte of ...|"limits":"x"}}\n|..., bigger context ...|me":"lr","namespace":"default"},"spec":{"limits":"x"}}\n|..."#
            ]),
        ObservedCase(
            "a portion of flags", "PDB", #"{"spec.minAvailable": true}"#,
            finds: [
                #"v1beta1.PodDisruptionBudget.Spec: v1beta1.PodDisruptionBudgetSpec.Selector: MinAvailable: unmarshalerDecoder: json: cannot unmarshal bool into Go value of type int32, error found in #10 byte of ...|able":true,"selector|..., bigger context ...|"namespace":"default"},"spec":{"minAvailable":true,"selector":{"matchLabels":{"a":"b"}}}}\n|..."#
            ]),
        ObservedCase(
            "a key of a ConfigMap", "Pod",
            #"{"spec.containers.0.env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": 10}}}]}"#,
            finds: [
                #"v1.Pod.Spec: v1.PodSpec.Containers: []v1.Container: v1.Container.Env: []v1.EnvVar: v1.EnvVar.ValueFrom: v1.EnvVarSource.ConfigMapKeyRef: v1.ConfigMapKeySelector.LocalObjectReference: Name: ReadString: expects " or n, but found 1, error found in #10 byte of ...|:{"name":10}}}],"ima|..., bigger context ...|name":"A","valueFrom":{"configMapKeyRef":{"name":10}}}],"image":"i","name":"c"}]}}\n|..."#
            ]),
    ]
}
