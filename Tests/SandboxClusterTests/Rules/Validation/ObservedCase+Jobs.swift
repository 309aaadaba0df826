/// Observed from an API server of Kubernetes 1.20.2.
extension ObservedCase {
    static let jobs: [ObservedCase] = [
        ObservedCase(
            "a restart policy that never ends", "Job", #"{"spec.template.spec.restartPolicy": null}"#,
            finds: [
                #"spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never""#
            ]),
        ObservedCase(
            "a restart policy that nobody knows", "Job", #"{"spec.template.spec.restartPolicy": "Foo"}"#,
            finds: [
                #"spec.template.spec.restartPolicy: Unsupported value: "Foo": supported values: "Always", "OnFailure", "Never""#,
                #"spec.template.spec.restartPolicy: Unsupported value: "Foo": supported values: "OnFailure", "Never""#,
            ]),
        ObservedCase(
            "negative numbers", "Job",
            #"{"spec.parallelism": -1, "spec.completions": -1, "spec.backoffLimit": -1, "spec.activeDeadlineSeconds": -1}"#,
            finds: [
                "spec.parallelism: Invalid value: -1: must be greater than or equal to 0",
                "spec.completions: Invalid value: -1: must be greater than or equal to 0",
                "spec.activeDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0",
                "spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            "a selector of others", "Job", #"{"spec.selector.matchLabels.app": "b"}"#,
            finds: [
                #"spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`"#
            ]),
        ObservedCase(
            update: "other completions", "Job", #"{"spec.completions": 5}"#,
            finds: [
                "spec.completions: Invalid value: 5: field is immutable"
            ]),
        ObservedCase(
            "a schedule that is none", "CronJob", #"{"spec.schedule": "a b c d e"}"#,
            finds: [
                #"spec.schedule: Invalid value: "a b c d e": Failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax"#
            ]),
        ObservedCase(
            "a schedule of four fields", "CronJob", #"{"spec.schedule": "* * * *"}"#,
            finds: [
                #"spec.schedule: Invalid value: "* * * *": Expected exactly 5 fields, found 4: * * * *"#
            ]),
        ObservedCase(
            "a schedule out of range", "CronJob", #"{"spec.schedule": "61 * * * *"}"#,
            finds: [
                #"spec.schedule: Invalid value: "61 * * * *": End of range (61) above maximum (59): 61"#
            ]),
        ObservedCase(
            "a schedule below its range", "CronJob", #"{"spec.schedule": "* * 0 * *"}"#,
            finds: [
                #"spec.schedule: Invalid value: "* * 0 * *": Beginning of range (0) below minimum (1): 0"#
            ]),
        ObservedCase(
            "a schedule that runs backwards", "CronJob", #"{"spec.schedule": "5-3 * * * *"}"#,
            finds: [
                #"spec.schedule: Invalid value: "5-3 * * * *": Beginning of range (5) beyond end of range (3): 5-3"#
            ]),
        ObservedCase(
            "a schedule of steps of nothing", "CronJob", #"{"spec.schedule": "*/0 * * * *"}"#,
            finds: [
                #"spec.schedule: Invalid value: "*/0 * * * *": Step of range should be a positive number: */0"#
            ]),
        ObservedCase(
            "a schedule with too many hyphens", "CronJob", #"{"spec.schedule": "1-2-3 * * * *"}"#,
            finds: [
                #"spec.schedule: Invalid value: "1-2-3 * * * *": Too many hyphens: 1-2-3"#
            ]),
        ObservedCase(
            "a descriptor that nobody knows", "CronJob", #"{"spec.schedule": "@sometimes"}"#,
            finds: [
                #"spec.schedule: Invalid value: "@sometimes": Unrecognized descriptor: @sometimes"#
            ]),
        ObservedCase(
            "no schedule", "CronJob", #"{"spec.schedule": null}"#,
            finds: [
                "spec.schedule: Required value"
            ]),
        ObservedCase(
            "a policy that nobody knows", "CronJob", #"{"spec.concurrencyPolicy": "Foo"}"#,
            finds: [
                #"spec.concurrencyPolicy: Unsupported value: "Foo": supported values: "Allow", "Forbid", "Replace""#
            ]),
        ObservedCase(
            "negative histories", "CronJob",
            #"{"spec.successfulJobsHistoryLimit": -1, "spec.failedJobsHistoryLimit": -1, "spec.startingDeadlineSeconds": -1}"#,
            finds: [
                "spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0",
                "spec.successfulJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0",
                "spec.failedJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0",
            ]),
        ObservedCase(
            "a selector in a template", "CronJob", #"{"spec.jobTemplate.spec.selector": {"matchLabels": {"a": "b"}}}"#,
            finds: [
                #"spec.jobTemplate.spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"a":"b"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: `selector` will be auto-generated"#
            ]),
        ObservedCase(
            "a CronJob with a long name", "CronJob",
            #"{"metadata.name": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
            finds: [
                #"metadata.name: Invalid value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": must be no more than 52 characters"#
            ]),
        ObservedCase(
            "pods of a CronJob", "CronJob", #"{"spec.jobTemplate.spec.template.spec.containers": []}"#,
            finds: [
                "spec.jobTemplate.spec.template.spec.containers: Required value"
            ]),
    ]
}
