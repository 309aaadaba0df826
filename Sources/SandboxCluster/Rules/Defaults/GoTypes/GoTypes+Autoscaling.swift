extension GoTypes {
    /// Autoscalers, in each of their versions.
    static let autoscaling = #"""
        @ autoscaling/v1
        CrossVersionObjectReference kind="" name="" apiVersion?
        HorizontalPodAutoscaler metadata={}:ObjectMeta spec={}:HorizontalPodAutoscalerSpec
          status={}:HorizontalPodAutoscalerStatus
        HorizontalPodAutoscalerSpec scaleTargetRef={}:CrossVersionObjectReference maxReplicas=0
        HorizontalPodAutoscalerStatus lastScaleTime*time currentReplicas=0 desiredReplicas=0
        Scale metadata={}:ObjectMeta spec={}:ScaleSpec status={}:ScaleStatus
        ScaleSpec replicas?
        ScaleStatus replicas=0 selector?
        @ autoscaling/v2beta1
        ContainerResourceMetricSource name="" targetAverageValue*quantity container=""
        ContainerResourceMetricStatus name="" currentAverageValue="0":quantity container=""
        CrossVersionObjectReference kind="" name="" apiVersion?
        ExternalMetricSource metricName="" metricSelector*LabelSelector targetValue*quantity
          targetAverageValue*quantity
        ExternalMetricStatus metricName="" metricSelector*LabelSelector currentValue="0":quantity
          currentAverageValue*quantity
        HorizontalPodAutoscaler metadata={}:ObjectMeta spec={}:HorizontalPodAutoscalerSpec
          status={}:HorizontalPodAutoscalerStatus
        HorizontalPodAutoscalerCondition type="" status="" lastTransitionTime=null:time reason? message?
        HorizontalPodAutoscalerSpec scaleTargetRef={}:CrossVersionObjectReference maxReplicas=0 metrics?[MetricSpec]
        HorizontalPodAutoscalerStatus lastScaleTime*time currentReplicas=0 desiredReplicas=0
          currentMetrics=null:[MetricStatus] conditions=null:[HorizontalPodAutoscalerCondition]
        MetricSpec type="" object*ObjectMetricSource pods*PodsMetricSource resource*ResourceMetricSource
          containerResource*ContainerResourceMetricSource external*ExternalMetricSource
        MetricStatus type="" object*ObjectMetricStatus pods*PodsMetricStatus resource*ResourceMetricStatus
          containerResource*ContainerResourceMetricStatus external*ExternalMetricStatus
        ObjectMetricSource target={}:CrossVersionObjectReference metricName="" targetValue="0":quantity
          selector*LabelSelector averageValue*quantity
        ObjectMetricStatus target={}:CrossVersionObjectReference metricName="" currentValue="0":quantity
          selector*LabelSelector averageValue*quantity
        PodsMetricSource metricName="" targetAverageValue="0":quantity selector*LabelSelector
        PodsMetricStatus metricName="" currentAverageValue="0":quantity selector*LabelSelector
        ResourceMetricSource name="" targetAverageValue*quantity
        ResourceMetricStatus name="" currentAverageValue="0":quantity
        @ autoscaling/v2beta2
        ContainerResourceMetricSource name="" target={}:MetricTarget container=""
        ContainerResourceMetricStatus name="" current={}:MetricValueStatus container=""
        CrossVersionObjectReference kind="" name="" apiVersion?
        ExternalMetricSource metric={}:MetricIdentifier target={}:MetricTarget
        ExternalMetricStatus metric={}:MetricIdentifier current={}:MetricValueStatus
        HPAScalingPolicy type="" value=0 periodSeconds=0
        HPAScalingRules policies?[HPAScalingPolicy]
        HorizontalPodAutoscaler metadata={}:ObjectMeta spec={}:HorizontalPodAutoscalerSpec
          status={}:HorizontalPodAutoscalerStatus
        HorizontalPodAutoscalerBehavior scaleUp*HPAScalingRules scaleDown*HPAScalingRules
        HorizontalPodAutoscalerCondition type="" status="" lastTransitionTime=null:time reason? message?
        HorizontalPodAutoscalerSpec scaleTargetRef={}:CrossVersionObjectReference maxReplicas=0 metrics?[MetricSpec]
          behavior*HorizontalPodAutoscalerBehavior
        HorizontalPodAutoscalerStatus lastScaleTime*time currentReplicas=0 desiredReplicas=0
          currentMetrics=null:[MetricStatus] conditions=null:[HorizontalPodAutoscalerCondition]
        MetricIdentifier name="" selector*LabelSelector
        MetricSpec type="" object*ObjectMetricSource pods*PodsMetricSource resource*ResourceMetricSource
          containerResource*ContainerResourceMetricSource external*ExternalMetricSource
        MetricStatus type="" object*ObjectMetricStatus pods*PodsMetricStatus resource*ResourceMetricStatus
          containerResource*ContainerResourceMetricStatus external*ExternalMetricStatus
        MetricTarget type="" value*quantity averageValue*quantity
        MetricValueStatus value*quantity averageValue*quantity
        ObjectMetricSource describedObject={}:CrossVersionObjectReference target={}:MetricTarget
          metric={}:MetricIdentifier
        ObjectMetricStatus metric={}:MetricIdentifier current={}:MetricValueStatus
          describedObject={}:CrossVersionObjectReference
        PodsMetricSource metric={}:MetricIdentifier target={}:MetricTarget
        PodsMetricStatus metric={}:MetricIdentifier current={}:MetricValueStatus
        ResourceMetricSource name="" target={}:MetricTarget
        ResourceMetricStatus name="" current={}:MetricValueStatus
        @ autoscaling/v2
        ContainerResourceMetricSource name="" target={}:MetricTarget container=""
        ContainerResourceMetricStatus name="" current={}:MetricValueStatus container=""
        CrossVersionObjectReference kind="" name="" apiVersion?
        ExternalMetricSource metric={}:MetricIdentifier target={}:MetricTarget
        ExternalMetricStatus metric={}:MetricIdentifier current={}:MetricValueStatus
        HPAScalingPolicy type="" value=0 periodSeconds=0
        HPAScalingRules policies?[HPAScalingPolicy]
        HorizontalPodAutoscaler metadata={}:ObjectMeta spec={}:HorizontalPodAutoscalerSpec
          status={}:HorizontalPodAutoscalerStatus
        HorizontalPodAutoscalerBehavior scaleUp*HPAScalingRules scaleDown*HPAScalingRules
        HorizontalPodAutoscalerCondition type="" status="" lastTransitionTime=null:time reason? message?
        HorizontalPodAutoscalerSpec scaleTargetRef={}:CrossVersionObjectReference maxReplicas=0 metrics?[MetricSpec]
          behavior*HorizontalPodAutoscalerBehavior
        HorizontalPodAutoscalerStatus lastScaleTime*time currentReplicas=0 desiredReplicas=0
          currentMetrics=null:[MetricStatus] conditions?[HorizontalPodAutoscalerCondition]
        MetricIdentifier name="" selector*LabelSelector
        MetricSpec type="" object*ObjectMetricSource pods*PodsMetricSource resource*ResourceMetricSource
          containerResource*ContainerResourceMetricSource external*ExternalMetricSource
        MetricStatus type="" object*ObjectMetricStatus pods*PodsMetricStatus resource*ResourceMetricStatus
          containerResource*ContainerResourceMetricStatus external*ExternalMetricStatus
        MetricTarget type="" value*quantity averageValue*quantity
        MetricValueStatus value*quantity averageValue*quantity
        ObjectMetricSource describedObject={}:CrossVersionObjectReference target={}:MetricTarget
          metric={}:MetricIdentifier
        ObjectMetricStatus metric={}:MetricIdentifier current={}:MetricValueStatus
          describedObject={}:CrossVersionObjectReference
        PodsMetricSource metric={}:MetricIdentifier target={}:MetricTarget
        PodsMetricStatus metric={}:MetricIdentifier current={}:MetricValueStatus
        ResourceMetricSource name="" target={}:MetricTarget
        ResourceMetricStatus name="" current={}:MetricValueStatus
        """#
}
