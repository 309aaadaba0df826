internal import Resources

extension APIServer {
    /// The OpenAPI documents, in JSON; that of version 2 also as kubectl before 1.27 wants it.
    func openAPI(_ target: RequestTarget, accept: String) throws(APIStatus) -> SandboxResponse {
        let value: Value?
        switch target.route {
        case .openAPIIndex: value = OpenAPIDocuments.index(resources, registry: registry, serving: version)
        case .openAPIv3(let group, let version):
            value = OpenAPIDocuments.v3(
                group: group, version: version, resources, registry: registry, serving: self.version)
        default:
            let document = OpenAPIDocuments.v2(resources, registry: registry, serving: version)
            if accept.contains("com.github.proto-openapi.spec.v2") {
                return SandboxResponse(
                    status: 200, headers: [("Content-Type", "application/octet-stream")],
                    body: .bytes(OpenAPIDocuments.protobuf(document)))
            }
            value = document
        }
        guard let value else { throw .unknownPath }
        return .json(value)
    }
}
