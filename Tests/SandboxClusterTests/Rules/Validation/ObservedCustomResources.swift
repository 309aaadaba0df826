/// Observed from an API server of Kubernetes 1.20.2.
enum ObservedCustomResources {
    static let definition = #"""
        {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "widgets.example.test"}, "spec": {"group": "example.test", "scope": "Namespaced", "names": {"plural": "widgets", "kind": "Widget"}, "versions": [{"name": "v1", "served": true, "storage": true, "subresources": {"status": {}, "scale": {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"}}, "schema": {"openAPIV3Schema": {"type": "object", "required": ["spec"], "properties": {"spec": {"type": "object", "required": ["b", "a"], "properties": {"a": {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-z]+$"}, "b": {"type": "integer", "minimum": 1, "maximum": 10, "format": "int32"}, "c": {"type": "number", "multipleOf": 2, "exclusiveMaximum": true, "maximum": 6}, "d": {"type": "boolean"}, "e": {"type": "string", "enum": ["x", "y"]}, "f": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "n": {"type": "integer"}}}}, "g": {"type": "object", "minProperties": 1, "maxProperties": 2, "additionalProperties": {"type": "string"}}, "h": {"x-kubernetes-int-or-string": true}, "i": {"type": "string", "nullable": true}, "j": {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set"}, "k": {"type": "array", "items": {"type": "object", "required": ["p"], "properties": {"p": {"type": "integer"}, "q": {"type": "string"}}}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["p"]}, "k2": {"type": "array", "items": {"type": "object", "required": ["p", "q"], "properties": {"p": {"type": "integer"}, "q": {"type": "string"}}}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["p", "q"]}, "l": {"type": "string", "format": "date-time"}, "m": {"type": "string", "format": "ipv4"}, "n": {"type": "string", "format": "uuid"}, "o": {"type": "object", "properties": {"x": {"type": "string"}, "y": {"type": "string"}}, "oneOf": [{"required": ["x"]}, {"required": ["y"]}]}, "p": {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "string"}}, "anyOf": [{"properties": {"x": {"minimum": 5}}, "required": ["x"]}, {"properties": {"y": {"enum": ["q"]}}, "required": ["y"]}]}, "q": {"type": "string", "allOf": [{"minLength": 3}, {"pattern": "^q"}]}, "r": {"type": "string", "not": {"enum": ["no"]}}, "s": {"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true}, "t": {"type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": {"z": {"type": "object", "properties": {"w": {"type": "string"}}}}}, "u": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}, "v": {"type": "string", "format": "date"}, "w": {"type": "integer", "enum": [1, 2]}, "x": {"type": "string", "format": "byte"}, "y": {"type": "string", "format": "email"}, "z": {"type": "string", "format": "uri"}, "cidr": {"type": "string", "format": "cidr"}, "dur": {"type": "string", "format": "duration"}, "host": {"type": "string", "format": "hostname"}, "replicas": {"type": "integer"}}}, "status": {"type": "object", "properties": {"replicas": {"type": "integer"}}}}}}}]}}
        """#

    static let valid =
        #"{"apiVersion": "example.test/v1", "kind": "Widget", "metadata": {"name": "w", "namespace": "default"}, "spec": {"a": "abc", "b": 1}}"#

    /// What is changed, and what is found then, or what is stored.
    static let cases: [ObservedCase] = [
        ObservedCase(
            "no spec", "Widget", #"{"spec": null}"#,
            finds: [
                "spec: Required value"
            ]),
        ObservedCase(
            "a spec of another type", "Widget", #"{"spec": "x"}"#,
            finds: [
                #"spec: Invalid value: "string": spec in body must be of type object: "string""#,
                ".spec.replicas: Invalid value: 0: .spec.replicas accessor error: x is of the type string, expected map[string]interface{}",
            ]),
        ObservedCase(
            "nothing in it", "Widget", #"{"spec": {}}"#,
            finds: [
                "spec.b: Required value",
                "spec.a: Required value",
            ]),
        ObservedCase(
            "null", "Widget", #"{"spec": {"$null": true}}"#,
            finds: [
                "spec: Required value"
            ]),
        ObservedCase(
            "texts", "Widget", #"{"spec.a": "A"}"#,
            finds: [
                #"spec.a: Invalid value: "A": spec.a in body should be at least 2 chars long"#
            ]),
        ObservedCase(
            "a text that is too long", "Widget", #"{"spec.a": "abcde"}"#,
            finds: [
                #"spec.a: Invalid value: "abcde": spec.a in body should be at most 4 chars long"#
            ]),
        ObservedCase(
            "another type", "Widget", #"{"spec.a": 1}"#,
            finds: [
                #"spec.a: Invalid value: "integer": spec.a in body must be of type string: "integer""#
            ]),
        ObservedCase(
            "a number in a text", "Widget", #"{"spec.b": "1"}"#,
            finds: [
                #"spec.b: Invalid value: "string": spec.b in body must be of type integer: "string""#
            ]),
        ObservedCase(
            "too small", "Widget", #"{"spec.b": 0}"#,
            finds: [
                "spec.b: Invalid value: 0: spec.b in body should be greater than or equal to 1"
            ]),
        ObservedCase(
            "too large", "Widget", #"{"spec.b": 11}"#,
            finds: [
                "spec.b: Invalid value: 11: spec.b in body should be less than or equal to 10"
            ]),
        ObservedCase(
            "a fraction", "Widget", #"{"spec.b": 1.5}"#,
            finds: [
                #"spec.b: Invalid value: "number": spec.b in body must be of type integer: "number""#
            ]),
        ObservedCase(
            "no multiple", "Widget", #"{"spec.c": 0.7}"#,
            finds: [
                "spec.c: Invalid value: 0.7: spec.c in body should be a multiple of 2"
            ]),
        ObservedCase(
            "no multiple of an integer", "Widget", #"{"spec.c": 3}"#,
            finds: [
                "spec.c: Invalid value: 3: spec.c in body should be a multiple of 2"
            ]),
        ObservedCase(
            "the excluded maximum", "Widget", #"{"spec.c": 6}"#,
            finds: [
                "spec.c: Invalid value: 6: spec.c in body should be less than 6"
            ]),
        ObservedCase(
            "a flag", "Widget", #"{"spec.d": "yes"}"#,
            finds: [
                #"spec.d: Invalid value: "string": spec.d in body must be of type boolean: "string""#
            ]),
        ObservedCase(
            "no value of an enumeration", "Widget", #"{"spec.e": "z"}"#,
            finds: [
                #"spec.e: Unsupported value: "z": supported values: "x", "y""#
            ]),
        ObservedCase(
            "an enumeration of another type", "Widget", #"{"spec.e": 1}"#,
            finds: [
                #"spec.e: Invalid value: "integer": spec.e in body must be of type string: "integer""#,
                #"spec.e: Unsupported value: 1: supported values: "x", "y""#,
            ]),
        ObservedCase(
            "no elements", "Widget", #"{"spec.f": []}"#,
            finds: [
                "spec.f: Invalid value: 0: spec.f in body should have at least 1 items"
            ]),
        ObservedCase(
            "too many elements", "Widget", #"{"spec.f": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}"#,
            finds: [
                "spec.f: Invalid value: 3: spec.f in body should have at most 2 items"
            ]),
        ObservedCase(
            "elements without names", "Widget", #"{"spec.f": [{}, {"name": 1}]}"#,
            finds: [
                "spec.f.name: Required value",
                #"spec.f.name: Invalid value: "integer": spec.f.name in body must be of type string: "integer""#,
            ]),
        ObservedCase(
            "elements of another type", "Widget", #"{"spec.f": ["x"]}"#,
            finds: [
                #"spec.f: Invalid value: "string": spec.f in body must be of type object: "string""#
            ]),
        ObservedCase(
            "no list", "Widget", #"{"spec.f": {}}"#,
            finds: [
                #"spec.f: Invalid value: "object": spec.f in body must be of type array: "object""#
            ]),
        ObservedCase(
            "no entries", "Widget", #"{"spec.g": {}}"#,
            finds: [
                "spec.g: Invalid value: 1: spec.g in body should have at least 1 properties"
            ]),
        ObservedCase(
            "too many entries", "Widget", #"{"spec.g": {"a": "a", "b": "b", "c": "c"}}"#,
            finds: [
                "spec.g: Invalid value: 2: spec.g in body should have at most 2 properties"
            ]),
        ObservedCase(
            "entries of another type", "Widget", #"{"spec.g": {"a": 1}}"#,
            finds: [
                #"spec.g.a: Invalid value: "integer": spec.g.a in body must be of type string: "integer""#
            ]),
        ObservedCase(
            "an integer or text that is neither", "Widget", #"{"spec.h": true}"#,
            finds: [
                #"spec.h: Invalid value: "boolean": spec.h in body must be of type integer,string: "boolean""#
            ]),
        ObservedCase(
            "a list as integer or text", "Widget", #"{"spec.h": [1]}"#,
            finds: [
                #"spec.h: Invalid value: "array": spec.h in body must be of type integer,string: "array""#
            ]),
        ObservedCase(
            "a nullable field", "Widget", #"{"spec.i": {"$null": true}}"#,
            finds: [
                #"OK {"metadata": {"name": "w", "namespace": "default"}, "spec": {"a": "abc", "b": 1, "i": null}}"#
            ]),
        ObservedCase(
            "null of another", "Widget", #"{"spec.e": {"$null": true}}"#,
            finds: [
                #"OK {"metadata": {"name": "w", "namespace": "default"}, "spec": {"a": "abc", "b": 1}}"#
            ]),
        ObservedCase(
            "a set with duplicates", "Widget", #"{"spec.j": ["a", "b", "a", "a", "b"]}"#,
            finds: [
                #"spec.j[2]: Duplicate value: "a""#,
                #"spec.j[4]: Duplicate value: "b""#,
            ]),
        ObservedCase(
            "a map with duplicates", "Widget", #"{"spec.k": [{"p": 1}, {"p": 2}, {"p": 1}]}"#,
            finds: [
                #"spec.k[2]: Duplicate value: map[string]interface {}{"p":1}"#
            ]),
        ObservedCase(
            "a map of two keys", "Widget",
            #"{"spec.k2": [{"p": 1, "q": "a"}, {"p": 1, "q": "b"}, {"p": 1, "q": "a"}]}"#,
            finds: [
                #"spec.k2[2]: Duplicate value: map[string]interface {}{"p":1, "q":"a"}"#
            ]),
        ObservedCase(
            "a map of texts", "Widget", #"{"spec.k": ["a"]}"#,
            finds: [
                #"spec.k: Invalid value: "string": spec.k in body must be of type object: "string""#,
                #"spec.k[0]: Invalid value: "a": must be an object for an array of list-type map"#,
            ]),
        ObservedCase(
            "times", "Widget", #"{"spec.l": "x"}"#,
            finds: [
                #"spec.l: Invalid value: "x": spec.l in body must be of type date-time: "x""#
            ]),
        ObservedCase(
            "a time of another type", "Widget", #"{"spec.l": 1}"#,
            finds: [
                #"spec.l: Invalid value: "int64": spec.l in body must be of type date-time: "int64""#
            ]),
        ObservedCase(
            "addresses", "Widget", #"{"spec.m": "::1"}"#,
            finds: [
                #"spec.m: Invalid value: "::1": spec.m in body must be of type ipv4: "::1""#
            ]),
        ObservedCase(
            "identifiers", "Widget", #"{"spec.n": "x"}"#,
            finds: [
                #"spec.n: Invalid value: "x": spec.n in body must be of type uuid: "x""#
            ]),
        ObservedCase(
            "dates", "Widget", #"{"spec.v": "2020-02-30"}"#,
            finds: [
                #"spec.v: Invalid value: "2020-02-30": spec.v in body must be of type date: "2020-02-30""#
            ]),
        ObservedCase(
            "base64", "Widget", #"{"spec.x": "%"}"#,
            finds: [
                #"spec.x: Invalid value: "%": spec.x in body must be of type byte: "%""#
            ]),
        ObservedCase(
            "mail", "Widget", #"{"spec.y": "x"}"#,
            finds: [
                #"spec.y: Invalid value: "x": spec.y in body must be of type email: "x""#
            ]),
        ObservedCase(
            "links", "Widget", #"{"spec.z": "a b"}"#,
            finds: [
                #"spec.z: Invalid value: "a b": spec.z in body must be of type uri: "a b""#
            ]),
        ObservedCase(
            "ranges", "Widget", #"{"spec.cidr": "1.2.3.4"}"#,
            finds: [
                #"spec.cidr: Invalid value: "1.2.3.4": spec.cidr in body must be of type cidr: "1.2.3.4""#
            ]),
        ObservedCase(
            "durations", "Widget", #"{"spec.dur": "x"}"#,
            finds: [
                #"spec.dur: Invalid value: "x": spec.dur in body must be of type duration: "x""#
            ]),
        ObservedCase(
            "hosts", "Widget", #"{"spec.host": "a_b!"}"#,
            finds: [
                #"spec.host: Invalid value: "a_b!": spec.host in body must be of type hostname: "a_b!""#
            ]),
        ObservedCase(
            "none of two", "Widget", #"{"spec.o": {}}"#,
            finds: [
                #"<nil>: Invalid value: "": "spec.o" must validate one and only one schema (oneOf). Found none valid"#,
                "spec.o.x: Required value",
            ]),
        ObservedCase(
            "both of two", "Widget", #"{"spec.o": {"x": "a", "y": "b"}}"#,
            finds: [
                #"<nil>: Invalid value: "": "spec.o" must validate one and only one schema (oneOf). Found 2 valid alternatives"#
            ]),
        ObservedCase(
            "any of two", "Widget", #"{"spec.p": {"x": 1, "y": "b"}}"#,
            finds: [
                #"<nil>: Invalid value: "": "spec.p" must validate at least one schema (anyOf)"#,
                "spec.p.x: Invalid value: 1: spec.p.x in body should be greater than or equal to 5",
            ]),
        ObservedCase(
            "any of nothing", "Widget", #"{"spec.p": {}}"#,
            finds: [
                #"<nil>: Invalid value: "": "spec.p" must validate at least one schema (anyOf)"#,
                "spec.p.x: Required value",
            ]),
        ObservedCase(
            "all of two", "Widget", #"{"spec.q": "x"}"#,
            finds: [
                #"spec.q: Invalid value: "x": spec.q in body should be at least 3 chars long"#,
                #"spec.q: Invalid value: "x": spec.q in body should match '^q'"#,
                #"<nil>: Invalid value: "": "spec.q" must validate all the schemas (allOf). None validated"#,
            ]),
        ObservedCase(
            "one of all", "Widget", #"{"spec.q": "qq"}"#,
            finds: [
                #"spec.q: Invalid value: "qq": spec.q in body should be at least 3 chars long"#,
                #"<nil>: Invalid value: "": "spec.q" must validate all the schemas (allOf)"#,
            ]),
        ObservedCase(
            "what it must not be", "Widget", #"{"spec.r": "no"}"#,
            finds: [
                #"<nil>: Invalid value: "": "spec.r" must not validate the schema (not)"#
            ]),
        ObservedCase(
            "an embedded resource without kind", "Widget", #"{"spec.s": {}}"#,
            finds: [
                "spec.s.apiVersion: Required value: must not be empty",
                "spec.s.kind: Required value: must not be empty",
            ]),
        ObservedCase(
            "an embedded resource", "Widget",
            #"{"spec.s": {"apiVersion": "v1", "kind": "a b", "metadata": {"labels": {"a b": "x"}}}}"#,
            finds: [
                #"spec.s.kind: Invalid value: "a b": may have mixed case, but should otherwise match: {service}"#,
                #"spec.s.metadata.labels: Invalid value: "a b": name part {qualified}"#,
            ]),
        ObservedCase(
            "kinds of another type", "Widget", #"{"spec.s": {"apiVersion": 1, "kind": ""}}"#,
            finds: [
                #"400 BadRequest: Widget in version "v1" cannot be handled as a Widget: spec.s.apiVersion: Invalid value: 1: must be a string"#
            ]),
        ObservedCase(
            "lists of lists", "Widget", #"{"spec.u": [[1, "a"], "b"]}"#,
            finds: [
                #"spec.u: Invalid value: "string": spec.u in body must be of type integer: "string""#,
                #"spec.u: Invalid value: "string": spec.u in body must be of type array: "string""#,
            ]),
        ObservedCase(
            "an enumeration of numbers", "Widget", #"{"spec.w": 3}"#,
            finds: [
                #"spec.w: Unsupported value: 3: supported values: "1", "2""#
            ]),
        ObservedCase(
            "negative replicas", "Widget", #"{"spec.replicas": -1}"#,
            finds: [
                ".spec.replicas: Invalid value: -1: should be a non-negative integer"
            ]),
        ObservedCase(
            "names", "Widget", #"{"metadata.name": "A_"}"#,
            finds: [
                #"metadata.name: Invalid value: "A_": {subdomain}"#
            ]),
        ObservedCase(
            "labels", "Widget", #"{"metadata.labels": {"a b": "c"}}"#,
            finds: [
                #"metadata.labels: Invalid value: "a b": name part {qualified}"#
            ]),
        ObservedCase(
            "labels of another type", "Widget", #"{"metadata.labels": {"a": 1}}"#,
            finds: [
                #"400 BadRequest: Widget in version "v1" cannot be handled as a Widget: v1.ObjectMeta.Namespace: Name: Labels: ReadString: expects " or n, but found 1, error found in #10 byte of ...|ls":{"a":1},"name":"|..., bigger context ...|{"labels":{"a":1},"name":"w","namespace":"default"}|..."#
            ]),
        ObservedCase(
            "metadata of another type", "Widget", #"{"metadata": "x"}"#,
            finds: [
                #"400 BadRequest: Widget in version "v1" cannot be handled as a Widget: readObjectStart: expect { or n, but found ", error found in #1 byte of ...|"x"|..., bigger context ...|"x"|..."#
            ]),
        ObservedCase(
            "a finalizer without domain", "Widget", #"{"metadata.finalizers": ["foo"]}"#,
            finds: [
                #"OK {"metadata": {"finalizers": ["foo"], "name": "w", "namespace": "default"}, "spec": {"a": "abc", "b": 1}}"#
            ]),
        ObservedCase(
            "unknown fields", "Widget",
            #"{"spec.unknown": {"a": 1}, "foo": "x", "spec.t": {"u": 1, "z": {"w": "a", "v": 1}}, "spec.f": [{"name": "a", "x": 1}], "metadata.foo": "x"}"#,
            finds: [
                #"OK {"metadata": {"name": "w", "namespace": "default"}, "spec": {"a": "abc", "b": 1, "f": [{"name": "a"}], "t": {"u": 1, "z": {"w": "a"}}}}"#
            ]),
        ObservedCase(
            "many faults", "Widget", #"{"spec": {"a": "X", "b": "y", "e": "q", "zz": 1}}"#,
            finds: [
                #"spec.b: Invalid value: "string": spec.b in body must be of type integer: "string""#,
                #"spec.e: Unsupported value: "q": supported values: "x", "y""#,
                #"spec.a: Invalid value: "X": spec.a in body should be at least 2 chars long"#,
            ]),
    ]
}
