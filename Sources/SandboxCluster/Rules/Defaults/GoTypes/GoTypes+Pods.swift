extension GoTypes {
    /// Pods and their templates.
    static let pods = #"""
        @ v1
        Affinity nodeAffinity*NodeAffinity podAffinity*PodAffinity podAntiAffinity*PodAntiAffinity
        Capabilities add? drop?
        ConfigMapEnvSource name?
        ConfigMapKeySelector name? key=""
        Container name="" image? command? args? workingDir? ports?[ContainerPort] envFrom?[EnvFromSource]
          env?[EnvVar] resources={}:ResourceRequirements volumeMounts?[VolumeMount] volumeDevices?[VolumeDevice]
          livenessProbe*Probe readinessProbe*Probe startupProbe*Probe lifecycle*Lifecycle terminationMessagePath?
          terminationMessagePolicy? imagePullPolicy? securityContext*SecurityContext stdin? stdinOnce? tty?
          resizePolicy?
        ContainerPort name? hostPort? containerPort=0 protocol? hostIP?
        ContainerState waiting*ContainerStateWaiting running*ContainerStateRunning
          terminated*ContainerStateTerminated
        ContainerStateRunning startedAt=null:time
        ContainerStateTerminated exitCode=0 signal? reason? message? startedAt=null:time finishedAt=null:time
          containerID?
        ContainerStateWaiting reason? message?
        ContainerStatus name="" state={}:ContainerState lastState={}:ContainerState ready=false restartCount=0
          image="" imageID="" containerID?
        EnvFromSource prefix? configMapRef*ConfigMapEnvSource secretRef*SecretEnvSource
        EnvVar name="" value? valueFrom*EnvVarSource
        EnvVarSource fieldRef*ObjectFieldSelector resourceFieldRef*ResourceFieldSelector
          configMapKeyRef*ConfigMapKeySelector secretKeyRef*SecretKeySelector
        EphemeralContainer name="" image? command? args? workingDir? ports?[ContainerPort] envFrom?[EnvFromSource]
          env?[EnvVar] resources={}:ResourceRequirements volumeMounts?[VolumeMount] volumeDevices?[VolumeDevice]
          livenessProbe*Probe readinessProbe*Probe startupProbe*Probe lifecycle*Lifecycle terminationMessagePath?
          terminationMessagePolicy? imagePullPolicy? securityContext*SecurityContext stdin? stdinOnce? tty?
          targetContainerName?
        ExecAction command?
        HTTPGetAction path? port=0 host? scheme? httpHeaders?[HTTPHeader]
        HTTPHeader name="" value=""
        Handler exec*ExecAction httpGet*HTTPGetAction tcpSocket*TCPSocketAction
        HostAlias ip? hostnames?
        Lifecycle postStart*Handler preStop*Handler
        NodeAffinity requiredDuringSchedulingIgnoredDuringExecution*NodeSelector
          preferredDuringSchedulingIgnoredDuringExecution?[PreferredSchedulingTerm]
        PodAffinity requiredDuringSchedulingIgnoredDuringExecution?[PodAffinityTerm]
          preferredDuringSchedulingIgnoredDuringExecution?[WeightedPodAffinityTerm]
        PodAffinityTerm labelSelector*LabelSelector namespaces? topologyKey="" namespaceSelector*LabelSelector
          matchLabelKeys? mismatchLabelKeys?
        PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution?[PodAffinityTerm]
          preferredDuringSchedulingIgnoredDuringExecution?[WeightedPodAffinityTerm]
        PodCondition type="" status="" lastProbeTime=null:time lastTransitionTime=null:time reason? message?
        PodDNSConfig nameservers? searches? options?[PodDNSConfigOption]
        PodDNSConfigOption name?
        PodIP ip?
        PodReadinessGate conditionType=""
        PodSecurityContext seLinuxOptions*SELinuxOptions windowsOptions*WindowsSecurityContextOptions
          supplementalGroups? sysctls?[Sysctl] seccompProfile*SeccompProfile
        PodSpec volumes?[Volume] initContainers?[Container] containers=null:[Container]
          ephemeralContainers?[EphemeralContainer] restartPolicy? dnsPolicy? nodeSelector?{string}
          serviceAccountName? serviceAccount? nodeName? hostNetwork? hostPID? hostIPC?
          securityContext*PodSecurityContext imagePullSecrets?[LocalObjectReference] hostname? subdomain?
          affinity*Affinity schedulerName? tolerations?[Toleration] hostAliases?[HostAlias] priorityClassName?
          dnsConfig*PodDNSConfig readinessGates?[PodReadinessGate] overhead?{quantity}
          topologySpreadConstraints?[TopologySpreadConstraint] schedulingGates? resourceClaims?
          resources*ResourceRequirements
        PodStatus phase? conditions?[PodCondition] message? reason? nominatedNodeName? hostIP? podIP? podIPs?[PodIP]
          startTime*time initContainerStatuses?[ContainerStatus] containerStatuses?[ContainerStatus] qosClass?
          ephemeralContainerStatuses?[ContainerStatus] hostIPs?
        PreferredSchedulingTerm weight=0 preference={}:NodeSelectorTerm
        Probe exec*ExecAction httpGet*HTTPGetAction tcpSocket*TCPSocketAction initialDelaySeconds? timeoutSeconds?
          periodSeconds? successThreshold? failureThreshold? grpc*GRPCAction
        SELinuxOptions user? role? type? level?
        SeccompProfile type=""
        SecretEnvSource name?
        SecretKeySelector name? key=""
        SecurityContext capabilities*Capabilities seLinuxOptions*SELinuxOptions
          windowsOptions*WindowsSecurityContextOptions seccompProfile*SeccompProfile
        Sysctl name="" value=""
        TCPSocketAction port=0 host?
        Toleration key? operator? value? effect?
        TopologySpreadConstraint maxSkew=0 topologyKey="" whenUnsatisfiable="" labelSelector*LabelSelector
          matchLabelKeys?
        VolumeDevice name="" devicePath=""
        VolumeMount name="" readOnly? mountPath="" subPath? subPathExpr?
        WeightedPodAffinityTerm weight=0 podAffinityTerm={}:PodAffinityTerm
        WindowsSecurityContextOptions
        GRPCAction port=0
        """#
}
