extension GoTypes {
    /// Ingresses, network policies and endpoint slices.
    static let networking = #"""
        @ networking.k8s.io/v1
        HTTPIngressPath path? backend={}:IngressBackend
        HTTPIngressRuleValue paths=null:[HTTPIngressPath]
        IPBlock cidr="" except?
        Ingress metadata={}:ObjectMeta spec={}:IngressSpec status={}:IngressStatus
        IngressBackend service*IngressServiceBackend resource*TypedLocalObjectReference
        IngressClass metadata={}:ObjectMeta spec={}:IngressClassSpec
        IngressClassSpec controller? parameters*TypedLocalObjectReference
        IngressRule host? http*HTTPIngressRuleValue
        IngressRuleValue http*HTTPIngressRuleValue
        IngressServiceBackend name="" port={}:ServiceBackendPort
        IngressSpec defaultBackend*IngressBackend tls?[IngressTLS] rules?[IngressRule]
        IngressStatus loadBalancer={}:LoadBalancerStatus
        IngressTLS hosts? secretName?
        NetworkPolicy metadata={}:ObjectMeta spec={}:NetworkPolicySpec
        NetworkPolicyEgressRule ports?[NetworkPolicyPort] to?[NetworkPolicyPeer]
        NetworkPolicyIngressRule ports?[NetworkPolicyPort] from?[NetworkPolicyPeer]
        NetworkPolicyPeer podSelector*LabelSelector namespaceSelector*LabelSelector ipBlock*IPBlock
        NetworkPolicyPort
        NetworkPolicySpec podSelector={}:LabelSelector ingress?[NetworkPolicyIngressRule]
          egress?[NetworkPolicyEgressRule] policyTypes?
        ServiceBackendPort name? number?
        @ networking.k8s.io/v1beta1 extensions/v1beta1
        HTTPIngressPath path? backend={}:IngressBackend
        HTTPIngressRuleValue paths=null:[HTTPIngressPath]
        Ingress metadata={}:ObjectMeta spec={}:IngressSpec status={}:IngressStatus
        IngressBackend serviceName? servicePort=0 resource*TypedLocalObjectReference
        IngressClass metadata={}:ObjectMeta spec={}:IngressClassSpec
        IngressClassSpec controller? parameters*TypedLocalObjectReference
        IngressRule host? http*HTTPIngressRuleValue
        IngressRuleValue http*HTTPIngressRuleValue
        IngressSpec backend*IngressBackend tls?[IngressTLS] rules?[IngressRule]
        IngressStatus loadBalancer={}:LoadBalancerStatus
        IngressTLS hosts? secretName?
        @ discovery.k8s.io/v1
        EndpointSlice metadata={}:ObjectMeta addressType="" endpoints=null:[Endpoint] ports=null:[EndpointPort]
        Endpoint addresses=null conditions={}:EndpointConditions deprecatedTopology?{string}
          targetRef*ObjectReference hints*EndpointHints
        EndpointConditions
        EndpointHints forZones?[ForZone]
        ForZone name=""
        EndpointPort
        @ discovery.k8s.io/v1beta1
        Endpoint addresses=null conditions={}:EndpointConditions targetRef*ObjectReference topology?{string}
        EndpointConditions
        EndpointPort
        EndpointSlice metadata={}:ObjectMeta addressType="" endpoints=null:[Endpoint] ports=null:[EndpointPort]
        """#
}
