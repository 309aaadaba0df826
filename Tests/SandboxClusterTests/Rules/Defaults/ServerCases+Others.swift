extension ServerCase {
    /// All other groups.
    static let others: [ServerCase] = [
        ServerCase(
            #"""
            {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"a"},
              "spec":{"defaultBackend":{"service":{"name":"x","port":{"number":80}}}}}
            """#,
            becomes: #"""
                metadata.generation 1
                status {"loadBalancer":{}}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"b"},
              "spec":{"rules":[{"host":"a.b","http":{"paths":[{"backend":{"service":{"name":"x",
              "port":{"name":"y"}}},"path":"/","pathType":"Prefix"}]}},{}],"tls":[{"hosts":[]}]},
              "status":{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"}]}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.tls[0].hosts -
                status.loadBalancer.ingress -
                """#),
        ServerCase(
            #"""
            {"apiVersion":"networking.k8s.io/v1beta1","kind":"Ingress","metadata":{"name":"a"},
              "spec":{"rules":[{"http":{"paths":[{"backend":{"serviceName":"x","servicePort":80}}]}}]}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.rules[0].http.paths[0].pathType "ImplementationSpecific"
                status {"loadBalancer":{}}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"extensions/v1beta1","kind":"Ingress","metadata":{"name":"a"},
              "spec":{"backend":{"serviceName":"x","servicePort":"a"}}}
            """#,
            becomes: #"""
                metadata.generation 1
                status {"loadBalancer":{}}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"shop"},
              "spec":{"controller":"a.b/c"}}
            """#,
            becomes: #"""
                metadata.generation 1
                """#),
        ServerCase(
            #"""
            {"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"shop"},
              "spec":{"controller":"a.b/c","parameters":{"kind":"a","name":"b"}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.parameters.apiGroup null
                """#),
        ServerCase(
            #"""
            {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"a"},
              "spec":{"podSelector":{}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.policyTypes ["Ingress"]
                """#),
        ServerCase(
            #"""
            {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"b"},
              "spec":{"egress":[{"to":[]}],"ingress":[{},{"from":[{"podSelector":{}},
              {"ipBlock":{"cidr":"10.0.0.0/8","except":[]}}],"ports":[{"port":80},{"port":"a","protocol":"UDP"}]}],
              "podSelector":{"matchLabels":{"a":"b"}}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.egress[0].to -
                spec.ingress[1].from[1].ipBlock.except -
                spec.ingress[1].ports[0].protocol "TCP"
                spec.policyTypes ["Ingress","Egress"]
                """#),
        ServerCase(
            #"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"a"}}
            """#,
            becomes: #"""
                rules null
                """#),
        ServerCase(
            #"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"b"},
              "rules":[{"apiGroups":[""],"resourceNames":[],"resources":["pods"],"verbs":["get"]}]}
            """#,
            becomes: #"""
                rules[0].resourceNames -
                """#),
        ServerCase(
            #"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"shop"},
              "aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"a":"b"}}]},"rules":[]}
            """#,
            becomes: #"""
                rules null
                """#),
        ServerCase(
            #"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"a"},
              "roleRef":{"kind":"Role","name":"b"},"subjects":[{"kind":"User","name":"x"},{"kind":"ServiceAccount",
              "name":"y","namespace":"z"},{"kind":"Group","name":"g"}]}
            """#,
            becomes: #"""
                roleRef.apiGroup "rbac.authorization.k8s.io"
                subjects[0].apiGroup "rbac.authorization.k8s.io"
                subjects[2].apiGroup "rbac.authorization.k8s.io"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding",
              "metadata":{"name":"shop"},"roleRef":{"kind":"ClusterRole","name":"b"},"subjects":[]}
            """#,
            becomes: #"""
                roleRef.apiGroup "rbac.authorization.k8s.io"
                subjects -
                """#),
        ServerCase(
            #"""
            {"apiVersion":"rbac.authorization.k8s.io/v1beta1","kind":"RoleBinding","metadata":{"name":"a"},
              "roleRef":{"kind":"Role","name":"b"},"subjects":[{"kind":"User","name":"x"}]}
            """#,
            becomes: #"""
                roleRef.apiGroup "rbac.authorization.k8s.io"
                subjects[0].apiGroup "rbac.authorization.k8s.io"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"shop"},
              "provisioner":"a.b/c"}
            """#,
            becomes: #"""
                reclaimPolicy "Delete"
                volumeBindingMode "Immediate"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"shop"},
              "allowVolumeExpansion":false,"allowedTopologies":[{"matchLabelExpressions":[{"key":"a",
              "values":["b"]}]}],"parameters":{},"provisioner":"a.b/c","reclaimPolicy":"Retain",
              "volumeBindingMode":"WaitForFirstConsumer"}
            """#,
            becomes: #"""
                parameters -
                """#),
        ServerCase(
            #"""
            {"apiVersion":"storage.k8s.io/v1","kind":"CSIDriver","metadata":{"name":"shop"},"spec":{}}
            """#,
            becomes: #"""
                spec.attachRequired true
                spec.fsGroupPolicy "ReadWriteOnceWithFSType"
                spec.podInfoOnMount false
                spec.volumeLifecycleModes ["Persistent"]
                """#),
        ServerCase(
            #"""
            {"apiVersion":"storage.k8s.io/v1","kind":"CSINode","metadata":{"name":"shop"},
              "spec":{"drivers":[]}}
            """#,
            becomes: #"""
                spec.drivers null
                """#),
        ServerCase(
            #"""
            {"apiVersion":"storage.k8s.io/v1","kind":"VolumeAttachment","metadata":{"name":"shop"},
              "spec":{"attacher":"a","nodeName":"b","source":{"persistentVolumeName":"c"}},
              "status":{"attached":true}}
            """#,
            becomes: #"""
                status.attached false
                """#),
        ServerCase(
            #"""
            {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration",
              "metadata":{"name":"shop"},"webhooks":[{"admissionReviewVersions":["v1"],
              "clientConfig":{"service":{"name":"x","namespace":"y"}},"name":"a.b.c","rules":[{"apiGroups":["a"],
              "apiVersions":["v1"],"operations":["CREATE"],"resources":["x"]}],"sideEffects":"None"}]}
            """#,
            becomes: #"""
                metadata.generation 1
                webhooks[0].clientConfig.service.port 443
                webhooks[0].failurePolicy "Fail"
                webhooks[0].matchPolicy "Equivalent"
                webhooks[0].namespaceSelector {}
                webhooks[0].objectSelector {}
                webhooks[0].rules[0].scope "*"
                webhooks[0].timeoutSeconds 10
                """#),
        ServerCase(
            #"""
            {"apiVersion":"admissionregistration.k8s.io/v1","kind":"MutatingWebhookConfiguration",
              "metadata":{"name":"shop"},"webhooks":[{"admissionReviewVersions":["v1"],
              "clientConfig":{"caBundle":"","url":"https://a.b"},"name":"a.b.c","sideEffects":"None"}]}
            """#,
            becomes: #"""
                metadata.generation 1
                webhooks[0].clientConfig.caBundle -
                webhooks[0].failurePolicy "Fail"
                webhooks[0].matchPolicy "Equivalent"
                webhooks[0].namespaceSelector {}
                webhooks[0].objectSelector {}
                webhooks[0].reinvocationPolicy "Never"
                webhooks[0].timeoutSeconds 10
                """#),
        ServerCase(
            #"""
            {"apiVersion":"admissionregistration.k8s.io/v1beta1","kind":"MutatingWebhookConfiguration",
              "metadata":{"name":"shop"},"webhooks":[{"clientConfig":{"url":"https://a.b"},"name":"a.b.c",
              "rules":[{"apiGroups":["a"],"apiVersions":["v1"],"operations":["CREATE"],"resources":["x"]}]}]}
            """#,
            becomes: #"""
                metadata.generation 1
                webhooks[0].admissionReviewVersions ["v1beta1"]
                webhooks[0].failurePolicy "Ignore"
                webhooks[0].matchPolicy "Exact"
                webhooks[0].namespaceSelector {}
                webhooks[0].objectSelector {}
                webhooks[0].reinvocationPolicy "Never"
                webhooks[0].rules[0].scope "*"
                webhooks[0].sideEffects "Unknown"
                webhooks[0].timeoutSeconds 30
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
              "metadata":{"name":"things.shop.dev"},"spec":{"group":"shop.dev",
              "names":{"kind":"Thing","plural":"things"},"scope":"Namespaced","versions":[{"name":"v1",
              "schema":{"openAPIV3Schema":{"properties":{"spec":{"default":{},"properties":{"a":{"default":0,
              "maximum":3,"nullable":false,"type":"integer"},"l":{"items":{"pattern":"","type":"string"},
              "type":"array"},"m":{"additionalProperties":{"type":"string"},"type":"object"},
              "q":{"x-kubernetes-int-or-string":true}},"required":[],"type":"object"}},"type":"object"}},
              "served":true,"storage":true}]}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.conversion {"strategy":"None"}
                spec.names.listKind "ThingList"
                spec.names.singular "thing"
                spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.a.nullable -
                spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.l.items.pattern -
                spec.versions[0].schema.openAPIV3Schema.properties.spec.required -
                status {"acceptedNames":{"kind":"","plural":""},"conditions":null,"storedVersions":["v1"]}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
              "metadata":{"name":"things2.shop.dev"},"spec":{"conversion":{"strategy":"Webhook",
              "webhook":{"clientConfig":{"service":{"name":"a","namespace":"b"}},
              "conversionReviewVersions":["v1"]}},"group":"shop.dev","names":{"categories":["all"],
              "kind":"Thing2","plural":"things2","shortNames":[]},"preserveUnknownFields":false,
              "scope":"Cluster","versions":[{"additionalPrinterColumns":[{"jsonPath":".a","name":"a","priority":0,
              "type":"string"}],"name":"v1","schema":{"openAPIV3Schema":{"type":"object",
              "x-kubernetes-preserve-unknown-fields":true}},"served":true,"storage":true,
              "subresources":{"scale":{"specReplicasPath":".spec.r","statusReplicasPath":".status.r"},"status":{}}},
              {"name":"v2","schema":{"openAPIV3Schema":{"type":"object"}},"served":false,"storage":false,
              "subresources":{}}]},"status":{"storedVersions":["v9"]}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.conversion.webhook.clientConfig.service.port 443
                spec.names.listKind "Thing2List"
                spec.names.shortNames -
                spec.names.singular "thing2"
                spec.preserveUnknownFields -
                spec.versions[0].additionalPrinterColumns[0].priority -
                status.acceptedNames {"kind":"","plural":""}
                status.conditions null
                status.storedVersions[0] "v1"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apiextensions.k8s.io/v1beta1","kind":"CustomResourceDefinition",
              "metadata":{"name":"things3.shop.dev"},"spec":{"group":"shop.dev",
              "names":{"kind":"Thing3","plural":"things3"},"version":"v1"}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.conversion {"strategy":"None"}
                spec.names.listKind "Thing3List"
                spec.names.singular "thing3"
                spec.preserveUnknownFields true
                spec.scope "Namespaced"
                spec.versions [{"name":"v1","served":true,"storage":true}]
                status {"acceptedNames":{"kind":"","plural":""},"conditions":null,"storedVersions":["v1"]}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService","metadata":{"name":"v1.shop.dev"},
              "spec":{"group":"shop.dev","groupPriorityMinimum":10,"insecureSkipTLSVerify":true,
              "service":{"name":"a","namespace":"b"},"version":"v1","versionPriority":10}}
            """#,
            becomes: #"""
                spec.service.port 443
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"shop"},"value":0}
            """#,
            becomes: #"""
                metadata.generation 1
                preemptionPolicy "PreemptLowerPriority"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"shop"},
              "description":"","globalDefault":false,"value":5}
            """#,
            becomes: #"""
                description -
                globalDefault -
                metadata.generation 1
                preemptionPolicy "PreemptLowerPriority"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"a"}}
            """#,
            becomes: #"""
                spec {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"b"},
              "spec":{"acquireTime":"2020-01-01T00:00:00.000000Z","holderIdentity":"",
              "renewTime":"2020-01-01T00:00:00.123456+02:00"}}
            """#,
            becomes: #"""
                spec.renewTime "2019-12-31T22:00:00.123456Z"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"node.k8s.io/v1","kind":"RuntimeClass","metadata":{"name":"shop"},"handler":"a",
              "overhead":{"podFixed":{"cpu":"1000m"}},"scheduling":{"nodeSelector":{}}}
            """#,
            becomes: #"""
                overhead.podFixed.cpu "1"
                scheduling.nodeSelector -
                """#),
        ServerCase(
            #"""
            {"apiVersion":"discovery.k8s.io/v1beta1","kind":"EndpointSlice","metadata":{"name":"a"},
              "addressType":"IPv4","endpoints":[{"addresses":["1.2.3.4"]}],"ports":[{"port":80}]}
            """#,
            becomes: #"""
                endpoints[0].conditions {}
                metadata.generation 1
                ports[0].name ""
                ports[0].protocol "TCP"
                """#),
        ServerCase(
            #"""
            {"apiVersion":"discovery.k8s.io/v1beta1","kind":"EndpointSlice","metadata":{"name":"b"},
              "addressType":"IPv4","endpoints":[],"ports":[]}
            """#,
            becomes: #"""
                endpoints null
                metadata.generation 1
                ports null
                """#),
        ServerCase(
            #"""
            {"apiVersion":"flowcontrol.apiserver.k8s.io/v1beta1","kind":"FlowSchema",
              "metadata":{"name":"shop"},"spec":{"priorityLevelConfiguration":{"name":"a"}}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.matchingPrecedence 1000
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"flowcontrol.apiserver.k8s.io/v1beta1","kind":"PriorityLevelConfiguration",
              "metadata":{"name":"shop"},"spec":{"limited":{"limitResponse":{"queuing":{},"type":"Queue"}},
              "type":"Limited"}}
            """#,
            becomes: #"""
                metadata.generation 1
                spec.limited.assuredConcurrencyShares 30
                spec.limited.limitResponse.queuing.handSize 8
                spec.limited.limitResponse.queuing.queueLengthLimit 50
                spec.limited.limitResponse.queuing.queues 64
                status {}
                """#),
        ServerCase(
            #"""
            {"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"a"},"action":"b",
              "eventTime":"2020-01-01T00:00:00.000000Z","reason":"c","regarding":{"kind":"Pod","name":"x",
              "namespace":"shop"},"reportingController":"x.y/z","reportingInstance":"a","type":"Normal"}
            """#,
            becomes: #"""
                deprecatedFirstTimestamp null
                deprecatedLastTimestamp null
                deprecatedSource {}
                """#),
    ]
}
