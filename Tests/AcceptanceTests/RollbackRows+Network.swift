import KubeClient
import Resources

extension RollbackRow {
    // MARK: network
    static let network = [
        service(
            "another port", .good, ["ports: [{port: 80}]", "ports: [{port: 81, name: b}], sessionAffinity: ClientIP"]),
        service(
            "a load balancer on another port", .good,
            ["type: LoadBalancer, ports: [{port: 80}]", "type: LoadBalancer, ports: [{port: 81}]"]),
        service(
            "a load balancer without an address", .bad,
            ["ports: [{port: 80}]", "type: LoadBalancer, ports: [{port: 80}]"],
            annotations: "test.endstate.dev/address: none, endstate.dev/timeout: 3s"),
        RollbackRow(
            title: "Ingress: another host", change: .good, reference: "networking.k8s.io/namespaces/NS/Ingress/it",
            manifests: [ingress("one.test", class: "NS-quiet"), ingress("two.test", class: "NS-quiet")]),
        RollbackRow(
            title: "Ingress: a class that gives no address", change: .bad,
            reference: "networking.k8s.io/namespaces/NS/Ingress/it",
            manifests: [
                ingress("one.test", class: "NS-quiet"),
                ingress("one.test", class: "NS-busy", annotations: "AFTER, endstate.dev/timeout: 3s"),
            ],
            // Another Ingress of the class has an address: this one is waited for.
            prepare: { namespace, client in
                let kind = GroupVersionKind(apiVersion: "networking.k8s.io/v1", kind: "Ingress")
                let ingresses = APIResource(kind, plural: "ingresses", isNamespaced: true)
                let object: Value = [
                    "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
                    "metadata": ["name": "other", "namespace": .string(namespace)],
                    "spec": [
                        "ingressClassName": .string("\(namespace)-busy"),
                        "defaultBackend": ["service": ["name": "any", "port": ["number": 80]]],
                    ],
                ]
                _ = try await client.create(KubernetesObject(object), as: ingresses)
                _ = try await client.patch(
                    ingresses, namespace: namespace, name: "other", subresource: "status",
                    .merge(["status": ["loadBalancer": ["ingress": [["ip": "203.0.113.7"]]]]]))
            }),
    ]

    private static func service(
        _ trouble: String, _ change: Change, _ specs: [String], annotations: String = "note: new"
    ) -> RollbackRow {
        RollbackRow(
            title: "Service: \(trouble)", change: change, reference: "/namespaces/NS/Service/it",
            manifests: specs.enumerated().map { number, spec in
                """
                apiVersion: v1
                kind: Service
                metadata: {name: it, annotations: {\(number == 0 ? "AFTER" : "AFTER, " + annotations)}}
                spec: {selector: {app: any}, \(spec)}
                """
            })
    }

    private static func ingress(_ host: String, class name: String, annotations: String = "AFTER") -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: it, annotations: {\(annotations)}}
        spec:
          ingressClassName: \(name)
          rules:
            - host: \(host)
              http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: any, port: {number: 80}}}}]}
        """
    }

    // MARK: definitions
    static let definitions = [
        RollbackRow(
            title: "CustomResourceDefinition: created, with a name that another one has", change: .bad,
            reference: "apiextensions.k8s.io/CustomResourceDefinition/widgets.NS.test",
            manifests: ["", definition("Widget", "widgets", "ga")],
            besides: definition("Gadget", "gadgets", "ga", annotations: "")),
        RollbackRow(
            title: "CustomResourceDefinition: another field", change: .good,
            reference: "apiextensions.k8s.io/CustomResourceDefinition/widgets.NS.test",
            manifests: [
                definition("Widget", "widgets", "wi"),
                definition("Widget", "widgets", "wg", fields: "colour: {type: string}"),
            ]),
        RollbackRow(
            title: "a custom resource", change: .good, reference: "NS.test/namespaces/NS/Widget/it",
            manifests: [widget("{size: 3, tags: [a, b]}"), widget("{size: 4, tags: [b]}", labels: "tier: gold")],
            besides: definition("Widget", "widgets", "wi", annotations: "")),
        // The server looks after a local APIService itself: its API is always available.
        RollbackRow(
            title: "APIService: without a backend", change: .bad,
            reference: "apiregistration.k8s.io/APIService/v1.NS.test",
            manifests: [
                apiService(""),
                apiService(
                    "service: {name: missing, namespace: NS}, insecureSkipTLSVerify: true,",
                    annotations: "AFTER, endstate.dev/timeout: 3s"),
            ],
            // Before, an apply of an APIService makes the server panic.
            oldestServer: ServerVersion(major: 1, minor: 24)),
    ]

    static func definition(
        _ kind: String, _ plural: String, _ short: String, annotations: String = "AFTER", fields: String = "",
        versions: String = ""
    ) -> String {
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: \(plural).NS.test, annotations: {\(annotations)}}
        spec:
          group: NS.test
          scope: Namespaced
          names: {kind: \(kind), plural: \(plural), singular: \(kind.lowercased()), shortNames: [\(short)]}
          versions:
            - name: v1
              served: true
              storage: \(versions.isEmpty)
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      properties:
                        size: {type: integer}
                        tags: {type: array, items: {type: string}}
                        \(fields)
            \(versions)
        """
    }

    static func widget(_ spec: String, labels: String = "") -> String {
        """
        apiVersion: NS.test/v1
        kind: Widget
        metadata: {name: it, labels: {\(labels)}, annotations: {AFTER}}
        spec: \(spec)
        """
    }

    private static func apiService(_ service: String, annotations: String = "AFTER") -> String {
        """
        apiVersion: apiregistration.k8s.io/v1
        kind: APIService
        metadata: {name: v1.NS.test, annotations: {\(annotations)}}
        spec: {group: NS.test, version: v1, \(service) groupPriorityMinimum: 100, versionPriority: 10}
        """
    }
}
