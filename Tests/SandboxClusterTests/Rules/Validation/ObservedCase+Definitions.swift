/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let definitions: [ObservedCase] = [
        ObservedCase(
            "another name", "CRD", #"{"metadata.name": "foo.example.test"}"#,
            finds: [
                #"metadata.name: Invalid value: "foo.example.test": must be spec.names.plural+"."+spec.group"#
            ]),
        ObservedCase(
            "no names", "CRD", #"{"spec.names": {"plural": "gadgets", "kind": ""}}"#,
            finds: [
                "spec.names.singular: Required value",
                "spec.names.kind: Required value",
                "spec.names.listKind: Required value",
            ]),
        ObservedCase(
            "bad names", "CRD",
            #"{"spec.names": {"plural": "gadgets", "kind": "G_", "singular": "G", "shortNames": ["A"], "categories": ["A"], "listKind": "G_"}}"#,
            finds: [
                #"spec.names.singular: Invalid value: "G": {service}"#,
                #"spec.names.kind: Invalid value: "G_": may have mixed case, but should otherwise match: {service}"#,
                #"spec.names.listKind: Invalid value: "G_": may have mixed case, but should otherwise match: {service}"#,
                #"spec.names.shortNames[0]: Invalid value: "A": {service}"#,
                #"spec.names.listKind: Invalid value: "G_": kind and listKind may not be the same"#,
                #"spec.names.categories[0]: Invalid value: "A": {service}"#,
            ]),
        ObservedCase(
            "no storage version", "CRD", #"{"spec.versions.0.storage": false}"#,
            finds: [
                #"spec.versions: Invalid value: []apiextensions.CustomResourceDefinitionVersion{apiextensions.CustomResourceDefinitionVersion{Name:"v1", Served:true, Storage:false, Deprecated:false, DeprecationWarning:(*string)(nil), Schema:(*apiextensions.CustomResourceValidation)(nil), Subresources:(*apiextensions.CustomResourceSubresources)(nil), AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil)}}: must have exactly one version marked as storage version"#,
                "status.storedVersions: Invalid value: []string(nil): must have at least one stored version",
            ]),
        ObservedCase(
            "two storage versions", "CRD",
            #"{"spec.versions.1": {"name": "v2", "served": true, "storage": true, "schema": {"openAPIV3Schema": {"type": "object"}}}}"#,
            finds: [
                #"spec.versions: Invalid value: []apiextensions.CustomResourceDefinitionVersion{apiextensions.CustomResourceDefinitionVersion{Name:"v1", Served:true, Storage:true, Deprecated:false, DeprecationWarning:(*string)(nil), Schema:(*apiextensions.CustomResourceValidation)(0xc000000000), Subresources:(*apiextensions.CustomResourceSubresources)(nil), AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil)}, apiextensions.CustomResourceDefinitionVersion{Name:"v2", Served:true, Storage:true, Deprecated:false, DeprecationWarning:(*string)(nil), Schema:(*apiextensions.CustomResourceValidation)(0xc000000000), Subresources:(*apiextensions.CustomResourceSubresources)(nil), AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil)}}: must have exactly one version marked as storage version"#,
                #"status.storedVersions: Invalid value: apiextensions.CustomResourceDefinitionVersion{Name:"v2", Served:true, Storage:true, Deprecated:false, DeprecationWarning:(*string)(nil), Schema:(*apiextensions.CustomResourceValidation)(0xc000000000), Subresources:(*apiextensions.CustomResourceSubresources)(nil), AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil)}: must have the storage version v2"#,
            ]),
        ObservedCase(
            "one version twice", "CRD",
            #"{"spec.versions.1": {"name": "v1", "served": true, "storage": false, "schema": {"openAPIV3Schema": {"type": "object"}}}}"#,
            finds: [
                #"spec.versions: Invalid value: []apiextensions.CustomResourceDefinitionVersion{apiextensions.CustomResourceDefinitionVersion{Name:"v1", Served:true, Storage:true, Deprecated:false, DeprecationWarning:(*string)(nil), Schema:(*apiextensions.CustomResourceValidation)(0xc000000000), Subresources:(*apiextensions.CustomResourceSubresources)(nil), AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil)}, apiextensions.CustomResourceDefinitionVersion{Name:"v1", Served:true, Storage:false, Deprecated:false, DeprecationWarning:(*string)(nil), Schema:(*apiextensions.CustomResourceValidation)(0xc000000000), Subresources:(*apiextensions.CustomResourceSubresources)(nil), AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil)}}: must contain unique version names"#
            ]),
        ObservedCase(
            "a version with a bad name", "CRD", #"{"spec.versions.0.name": "V1"}"#,
            finds: [
                #"spec.versions[0].name: Invalid value: "V1": {service}"#,
                #"spec.version: Invalid value: "V1": {service}"#,
            ]),
        ObservedCase(
            "no versions", "CRD", #"{"spec.versions": []}"#,
            finds: [
                "spec.versions: Invalid value: []apiextensions.CustomResourceDefinitionVersion{}: must have exactly one version marked as storage version",
                "status.storedVersions: Invalid value: []string(nil): must have at least one stored version",
            ]),
        ObservedCase(
            "no schema", "CRD", #"{"spec.versions.0.schema": null}"#,
            finds: [
                "spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required"
            ]),
        ObservedCase(
            "no scope", "CRD", #"{"spec.scope": "Foo"}"#,
            finds: [
                #"spec.scope: Unsupported value: "Foo": supported values: "Cluster", "Namespaced""#
            ]),
        ObservedCase(
            "a group without a dot", "CRD", #"{"spec.group": "foo", "metadata.name": "gadgets.foo"}"#,
            finds: [
                #"spec.group: Invalid value: "foo": should be a domain with at least one dot"#
            ]),
        ObservedCase(
            "a group of Kubernetes", "CRD", #"{"spec.group": "sb.k8s.io", "metadata.name": "gadgets.sb.k8s.io"}"#,
            finds: [
                #"metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111"#
            ]),
        ObservedCase(
            "fields without types", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].properties[a].type: Required value: must not be empty for specified object fields"
            ]),
        ObservedCase(
            "a root without a type", "CRD", #"{"spec.versions.0.schema.openAPIV3Schema.type": null}"#,
            finds: [
                "spec.validation.openAPIV3Schema.type: Required value: must not be empty at the root"
            ]),
        ObservedCase(
            "a root that is no object", "CRD", #"{"spec.versions.0.schema.openAPIV3Schema.type": "string"}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.type: Invalid value: "string": must be object at the root"#
            ]),
        ObservedCase(
            "a list without elements", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"type": "array"}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].properties[a].items: Required value: must be specified"
            ]),
        ObservedCase(
            "elements without types", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"type": "array", "items": {}}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].properties[a].items.type: Required value: must not be empty for specified array items"
            ]),
        ObservedCase(
            "a type that nobody knows", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"type": "foo"}}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].type: Unsupported value: "foo": supported values: "array", "boolean", "integer", "number", "object", "string""#
            ]),
        ObservedCase(
            "types in branches", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.anyOf": [{"type": "object", "properties": {"b": {"type": "string"}}}]}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].anyOf[0].properties[b].type: Forbidden: must be empty to be structural",
                "spec.validation.openAPIV3Schema.properties[spec].anyOf[0].type: Forbidden: must be empty to be structural",
            ]),
        ObservedCase(
            "fields in branches", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.oneOf": [{"properties": {"b": {"minLength": 1}}}, {"required": ["a"]}]}"#,
            finds: []),
        ObservedCase(
            "a reference", "CRD", ##"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.$ref": "#/foo"}"##,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].$ref: Forbidden: $ref is not supported"
            ]),
        ObservedCase(
            "unique elements", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic"
            ]),
        ObservedCase(
            "both kinds of properties", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.additionalProperties": {"type": "string"}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive"
            ]),
        ObservedCase(
            "unknown fields that are not kept", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.x-kubernetes-preserve-unknown-fields": false}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined"
            ]),
        ObservedCase(
            "kinds of lists", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"type": "array", "items": {"type": "object", "properties": {"b": {"type": "string"}}}, "x-kubernetes-list-type": "map"}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map"
            ]),
        ObservedCase(
            "keys of lists", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"type": "array", "items": {"type": "object", "properties": {"b": {"type": "string"}}}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["b", "c"]}}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].x-kubernetes-list-map-keys: Invalid value: []string{"b", "c"}: entries must all be names of item properties"#,
                "spec.validation.openAPIV3Schema.properties[spec].properties[a].items.properties[b].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property",
            ]),
        ObservedCase(
            "a list type of a text", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"type": "string", "x-kubernetes-list-type": "foo", "x-kubernetes-list-map-keys": ["b"]}}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].type: Invalid value: "string": must be array if x-kubernetes-list-type is specified"#,
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].x-kubernetes-list-type: Unsupported value: "foo": supported values: "atomic", "set", "map""#,
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].x-kubernetes-list-type: Invalid value: "foo": must be map if x-kubernetes-list-map-keys is non-empty"#,
            ]),
        ObservedCase(
            "a set of objects", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"type": "array", "items": {"type": "object"}, "x-kubernetes-list-type": "set"}}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].items.x-kubernetes-map-type: Invalid value: "null": must be atomic as item of a list with x-kubernetes-list-type=set"#
            ]),
        ObservedCase(
            "a map type of a text", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"type": "string", "x-kubernetes-map-type": "foo"}}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].type: Invalid value: "string": must be object if x-kubernetes-map-type is specified"#,
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].x-kubernetes-map-type: Unsupported value: "foo": supported values: "atomic", "granular""#,
            ]),
        ObservedCase(
            "a default of another type", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a.default": 1}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].default: Invalid value: "integer":  in body must be of type string: "integer""#
            ]),
        ObservedCase(
            "a default with unknown fields", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.default": {"x": "y"}}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[spec].default: Invalid value: map[string]interface {}{"x":"y"}: must not have unknown fields"#
            ]),
        ObservedCase(
            "a default of a name", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.metadata": {"type": "object", "properties": {"name": {"type": "string", "default": "a"}}}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[metadata].properties[name].default: Forbidden: must not be set in top-level metadata"
            ]),
        ObservedCase(
            "restricted metadata", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.metadata": {"type": "object", "properties": {"labels": {"type": "object"}}}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified"
            ]),
        ObservedCase(
            "metadata of another type", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.metadata": {"type": "string"}}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[metadata].type: Invalid value: "string": must be object"#
            ]),
        ObservedCase(
            "embedded resources", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.x-kubernetes-embedded-resource": true, "spec.versions.0.schema.openAPIV3Schema.properties.spec.type": "string"}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[spec].type: Invalid value: "string": must be object if x-kubernetes-embedded-resource is true"#
            ]),
        ObservedCase(
            "integers or texts that are kept", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a": {"x-kubernetes-int-or-string": true, "x-kubernetes-preserve-unknown-fields": true}}"#,
            finds: [
                "spec.validation.openAPIV3Schema.properties[spec].properties[a].x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true"
            ]),
        ObservedCase(
            "a pattern that is none", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a.pattern": "("}"#,
            finds: [
                #"spec.validation.openAPIV3Schema.properties[spec].properties[a].pattern: Invalid value: "(": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`"#
            ]),
        ObservedCase(
            "null at the root", "CRD", #"{"spec.versions.0.schema.openAPIV3Schema.nullable": true}"#,
            finds: [
                "spec.validation.openAPIV3Schema.nullable: Forbidden: nullable cannot be true at the root"
            ]),
        ObservedCase(
            "values of all fields at the root", "CRD",
            #"{"spec.versions.0.schema.openAPIV3Schema.additionalProperties": {"type": "string"}, "spec.versions.0.schema.openAPIV3Schema.properties": null}"#,
            finds: [
                "spec.validation.openAPIV3Schema.additionalProperties: Forbidden: must not be used at the root"
            ]),
        ObservedCase(
            "paths of the scale", "CRD",
            #"{"spec.versions.0.subresources": {"scale": {"specReplicasPath": "spec.a", "statusReplicasPath": ".foo.b", "labelSelectorPath": ".x"}}}"#,
            finds: [
                #"spec.subresources.scale.specReplicasPath: Invalid value: "spec.a": must be a simple json path starting with ."#,
                #"spec.subresources.scale.statusReplicasPath: Invalid value: ".foo.b": should be a json path under .status"#,
                #"spec.subresources.scale.labelSelectorPath: Invalid value: ".x": should be a json path under either .spec or .status"#,
            ]),
        ObservedCase(
            "no paths of the scale", "CRD",
            #"{"spec.versions.0.subresources": {"scale": {"specReplicasPath": "", "statusReplicasPath": ""}}}"#,
            finds: [
                "spec.subresources.scale.specReplicasPath: Required value",
                "spec.subresources.scale.statusReplicasPath: Required value",
            ]),
        ObservedCase(
            "columns", "CRD",
            #"{"spec.versions.0.additionalPrinterColumns": [{"name": "", "type": "foo", "jsonPath": ""}, {"name": "a", "type": "string", "format": "foo", "jsonPath": "x"}]}"#,
            finds: [
                "spec.additionalPrinterColumns[0].name: Required value",
                #"spec.additionalPrinterColumns[0].type: Invalid value: "foo": must be one of boolean,date,integer,number,string"#,
                "spec.additionalPrinterColumns[0].JSONPath: Required value",
                #"spec.additionalPrinterColumns[1].format: Invalid value: "foo": must be one of byte,date,date-time,double,float,int32,int64,password"#,
                #"spec.additionalPrinterColumns[1].JSONPath: Invalid value: "x": must be a simple json path starting with ."#,
            ]),
        ObservedCase(
            "conversion", "CRD", #"{"spec.conversion": {"strategy": "Foo"}}"#,
            finds: [
                #"spec.conversion.strategy: Unsupported value: "Foo": supported values: "None", "Webhook""#
            ]),
        ObservedCase(
            "conversion by nobody", "CRD", #"{"spec.conversion": {"strategy": "Webhook"}}"#,
            finds: [
                "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook",
                "spec.conversion.conversionReviewVersions: Required value",
            ]),
        ObservedCase(
            update: "other names", "CRD",
            #"{"spec.names.plural": "gizmos", "spec.names.kind": "Gizmo", "spec.scope": "Cluster"}"#,
            finds: [
                #"spec.scope: Invalid value: "Cluster": field is immutable"#,
                #"spec.names.kind: Invalid value: "Gizmo": field is immutable"#,
                #"spec.names.plural: Invalid value: "gizmos": field is immutable"#,
            ]),
    ]
}
