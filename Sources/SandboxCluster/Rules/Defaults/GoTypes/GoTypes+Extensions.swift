extension GoTypes {
    /// CustomResourceDefinitions, APIServices and webhooks.
    static let extensions = #"""
        @ apiextensions.k8s.io/v1
        CustomResourceColumnDefinition name="" type="" format? description? priority? jsonPath=""
        CustomResourceConversion strategy="" webhook*WebhookConversion
        CustomResourceDefinition metadata={}:ObjectMeta spec={}:CustomResourceDefinitionSpec
          status={}:CustomResourceDefinitionStatus
        CustomResourceDefinitionCondition type="" status="" lastTransitionTime=null:time reason? message?
        CustomResourceDefinitionNames plural="" singular? shortNames? kind="" listKind? categories?
        CustomResourceDefinitionSpec group="" names={}:CustomResourceDefinitionNames scope=""
          versions=null:[CustomResourceDefinitionVersion] conversion*CustomResourceConversion preserveUnknownFields?
        CustomResourceDefinitionStatus conditions=null:[CustomResourceDefinitionCondition]
          acceptedNames={}:CustomResourceDefinitionNames storedVersions=null
        CustomResourceDefinitionVersion name="" served=false storage=false deprecated?
          schema*CustomResourceValidation subresources*CustomResourceSubresources
          additionalPrinterColumns?[CustomResourceColumnDefinition]
        CustomResourceSubresourceScale specReplicasPath="" statusReplicasPath=""
        CustomResourceSubresourceStatus
        CustomResourceSubresources status*CustomResourceSubresourceStatus scale*CustomResourceSubresourceScale
        CustomResourceValidation openAPIV3Schema*JSONSchemaProps
        ExternalDocumentation description? url?
        JSONSchemaProps id? $schema? description? type? format? title? exclusiveMaximum? exclusiveMinimum? pattern?
          uniqueItems? enum?[raw] required? allOf?[JSONSchemaProps] oneOf?[JSONSchemaProps] anyOf?[JSONSchemaProps]
          not*JSONSchemaProps properties?{JSONSchemaProps} patternProperties?{JSONSchemaProps} dependencies?
          definitions?{JSONSchemaProps} externalDocs*ExternalDocumentation nullable? x-kubernetes-embedded-resource?
          x-kubernetes-int-or-string? x-kubernetes-list-map-keys? items*JSONSchemaProps
          additionalItems*JSONSchemaProps additionalProperties*JSONSchemaProps
        ServiceReference namespace="" name=""
        WebhookClientConfig service*ServiceReference caBundle?
        WebhookConversion clientConfig*WebhookClientConfig conversionReviewVersions=null
        @ apiextensions.k8s.io/v1beta1
        CustomResourceColumnDefinition name="" type="" format? description? priority? JSONPath=""
        CustomResourceConversion strategy="" webhookClientConfig*WebhookClientConfig conversionReviewVersions?
        CustomResourceDefinition metadata={}:ObjectMeta spec={}:CustomResourceDefinitionSpec
          status={}:CustomResourceDefinitionStatus
        CustomResourceDefinitionCondition type="" status="" lastTransitionTime=null:time reason? message?
        CustomResourceDefinitionNames plural="" singular? shortNames? kind="" listKind? categories?
        CustomResourceDefinitionSpec group="" version? names={}:CustomResourceDefinitionNames scope=""
          validation*CustomResourceValidation subresources*CustomResourceSubresources
          versions?[CustomResourceDefinitionVersion] additionalPrinterColumns?[CustomResourceColumnDefinition]
          conversion*CustomResourceConversion
        CustomResourceDefinitionStatus conditions=null:[CustomResourceDefinitionCondition]
          acceptedNames={}:CustomResourceDefinitionNames storedVersions=null
        CustomResourceDefinitionVersion name="" served=false storage=false deprecated?
          schema*CustomResourceValidation subresources*CustomResourceSubresources
          additionalPrinterColumns?[CustomResourceColumnDefinition]
        CustomResourceSubresourceScale specReplicasPath="" statusReplicasPath=""
        CustomResourceSubresourceStatus
        CustomResourceSubresources status*CustomResourceSubresourceStatus scale*CustomResourceSubresourceScale
        CustomResourceValidation openAPIV3Schema*JSONSchemaProps
        ExternalDocumentation description? url?
        JSONSchemaProps id? $schema? description? type? format? title? exclusiveMaximum? exclusiveMinimum? pattern?
          uniqueItems? enum?[raw] required? allOf?[JSONSchemaProps] oneOf?[JSONSchemaProps] anyOf?[JSONSchemaProps]
          not*JSONSchemaProps properties?{JSONSchemaProps} patternProperties?{JSONSchemaProps} dependencies?
          definitions?{JSONSchemaProps} externalDocs*ExternalDocumentation nullable? x-kubernetes-embedded-resource?
          x-kubernetes-int-or-string? x-kubernetes-list-map-keys? items*JSONSchemaProps
          additionalItems*JSONSchemaProps additionalProperties*JSONSchemaProps
        ServiceReference namespace="" name=""
        WebhookClientConfig service*ServiceReference caBundle?
        @ apiregistration.k8s.io/v1 apiregistration.k8s.io/v1beta1
        APIService metadata={}:ObjectMeta spec={}:APIServiceSpec status={}:APIServiceStatus
        APIServiceCondition type="" status="" lastTransitionTime=null:time reason? message?
        APIServiceSpec service*ServiceReference group? version? insecureSkipTLSVerify? caBundle?
          groupPriorityMinimum=0 versionPriority=0
        APIServiceStatus conditions?[APIServiceCondition]
        ServiceReference namespace? name?
        @ admissionregistration.k8s.io/v1
        MutatingWebhook name="" clientConfig={}:WebhookClientConfig rules?[RuleWithOperations]
          namespaceSelector*LabelSelector objectSelector*LabelSelector sideEffects=null admissionReviewVersions=null
        MutatingWebhookConfiguration metadata={}:ObjectMeta webhooks?[MutatingWebhook]
        Rule apiGroups? apiVersions? resources?
        RuleWithOperations operations? apiGroups? apiVersions? resources?
        ServiceReference namespace="" name=""
        ValidatingWebhook name="" clientConfig={}:WebhookClientConfig rules?[RuleWithOperations]
          namespaceSelector*LabelSelector objectSelector*LabelSelector sideEffects=null admissionReviewVersions=null
        ValidatingWebhookConfiguration metadata={}:ObjectMeta webhooks?[ValidatingWebhook]
        WebhookClientConfig service*ServiceReference caBundle?
        @ admissionregistration.k8s.io/v1beta1
        MutatingWebhook name="" clientConfig={}:WebhookClientConfig rules?[RuleWithOperations]
          namespaceSelector*LabelSelector objectSelector*LabelSelector admissionReviewVersions?
        MutatingWebhookConfiguration metadata={}:ObjectMeta webhooks?[MutatingWebhook]
        Rule apiGroups? apiVersions? resources?
        RuleWithOperations operations? apiGroups? apiVersions? resources?
        ServiceReference namespace="" name=""
        ValidatingWebhook name="" clientConfig={}:WebhookClientConfig rules?[RuleWithOperations]
          namespaceSelector*LabelSelector objectSelector*LabelSelector admissionReviewVersions?
        ValidatingWebhookConfiguration metadata={}:ObjectMeta webhooks?[ValidatingWebhook]
        WebhookClientConfig service*ServiceReference caBundle?
        """#
}
