import Planning
import Resources
import Testing

@Suite struct `ownership and protection` {
    @Test(arguments: [
        ("{}", Membership.nobody),
        ("{labels: {applyset.kubernetes.io/part-of: OURS}}", .ours),
        ("{labels: {applyset.kubernetes.io/part-of: applyset-x-v1}}", .anotherSet(id: "applyset-x-v1")),
        (
            "{labels: {applyset.kubernetes.io/part-of: OURS}, annotations: {meta.helm.sh/release-name: shop}}",
            .ours
        ),
        ("{annotations: {meta.helm.sh/release-name: shop}}", .anotherTool("Helm release shop")),
        (
            "{annotations: {argocd.argoproj.io/tracking-id: 'shop:apps/Deployment:shop/web'}}",
            .anotherTool("Argo CD application shop")
        ),
        ("{labels: {argocd.argoproj.io/instance: shop}}", .anotherTool("Argo CD application shop")),
        ("{labels: {kustomize.toolkit.fluxcd.io/name: shop}}", .anotherTool("Flux Kustomization shop")),
        ("{labels: {helm.toolkit.fluxcd.io/name: shop}}", .anotherTool("Flux HelmRelease shop")),
        ("{labels: {kapp.k14s.io/app: '17'}}", .anotherTool("kapp application 17")),
        ("{annotations: {config.k8s.io/owning-inventory: inv}}", .anotherTool("inventory inv")),
        (
            "{ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: u, controller: true}]}",
            .anotherTool("ReplicaSet web-1")
        ),
        ("{ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: u}]}", .nobody),
    ])
    func `a live object belongs to whoever marked it`(metadata: String, membership: Membership) throws {
        let shop = try ApplicationIdentity(name: "shop", namespace: "default")
        let live = try object("v1 ConfigMap shop/x", "{metadata: \(metadata.replacing("OURS", with: shop.applySetID))}")
        #expect(Membership(of: live, in: shop) == membership)
    }

    @Test(arguments: [
        ("{}", nil, nil),
        ("{cli-utils.sigs.k8s.io/on-remove: keep}", "cli-utils.sigs.k8s.io/on-remove: keep", "same"),
        (
            "{client.lifecycle.config.k8s.io/deletion: detach}", "client.lifecycle.config.k8s.io/deletion: detach",
            "same"
        ),
        ("{helm.sh/resource-policy: keep}", "helm.sh/resource-policy: keep", "same"),
        ("{helm.sh/resource-policy: delete}", nil, nil),
        ("{kustomize.toolkit.fluxcd.io/prune: disabled}", "kustomize.toolkit.fluxcd.io/prune: disabled", "same"),
        ("{kustomize.toolkit.fluxcd.io/prune: enabled}", nil, nil),
        ("{kapp.k14s.io/delete-strategy: orphan}", "kapp.k14s.io/delete-strategy: orphan", "same"),
        ("{argocd.argoproj.io/sync-options: Prune=false}", "argocd.argoproj.io/sync-options: Prune=false", "same"),
        (
            "{argocd.argoproj.io/sync-options: 'Validate=false, Prune=confirm'}",
            "argocd.argoproj.io/sync-options: Prune=confirm", "same"
        ),
        ("{argocd.argoproj.io/sync-options: Prune=true}", nil, nil),
        ("{argocd.argoproj.io/sync-options: Delete=false}", nil, "argocd.argoproj.io/sync-options: Delete=false"),
    ])
    func `an annotation protects, whoever's it is`(annotations: String, pruned: String?, deleted: String?) throws {
        let live = try object("v1 ConfigMap shop/x", "{metadata: {annotations: \(annotations)}}")
        #expect(Protection.annotation(of: live) == pruned)
        #expect(Protection.annotation(of: live, isWholeApplication: true) == (deleted == "same" ? pruned : deleted))
    }

    @Test func `what lives in a namespace is foreign unless it is ours, belongs to that, or comes by itself`() throws {
        let shop = try ApplicationIdentity(name: "shop", namespace: "web")
        let ours = "labels: {applyset.kubernetes.io/part-of: \(shop.applySetID)}"
        func owned(by uid: String) -> String {
            "ownerReferences: [{apiVersion: v1, kind: X, name: x, uid: \(uid), controller: true}]"
        }
        let contents = ForeignContents(
            contents: try [
                object("v1 Pod web/web-1-a", "{metadata: {uid: p, \(owned(by: "r"))}}"),
                object("apps/v1 ReplicaSet web/web-1", "{metadata: {uid: r, \(owned(by: "d"))}}"),
                object("apps/v1 Deployment web/web", "{metadata: {uid: d, \(ours)}}"),
                object("v1 Service web/web", "{metadata: {uid: s, \(ours)}}"),
                object("v1 Endpoints web/web", "{metadata: {uid: e}}"),
                object("v1 ServiceAccount web/account", "{metadata: {uid: a, \(ours)}}"),
                object(
                    "v1 Secret web/account-token",
                    "{metadata: {uid: t, annotations: {kubernetes.io/service-account.name: account}}}"),
                object("v1 ServiceAccount web/default", "{metadata: {uid: x1}}"),
                object(
                    "v1 Secret web/default-token-1",
                    "{metadata: {uid: x2, annotations: {kubernetes.io/service-account.name: default}}}"),
                object("v1 ConfigMap web/kube-root-ca.crt", "{metadata: {uid: x3}}"),
                object("v1 Event web/e", "{metadata: {uid: x4}}"),
                object("v1 Secret web/endstate.shop", "{metadata: {uid: x5}}"),
                object("v1 Secret web/endstate-revision.shop.1", "{metadata: {uid: x6}}"),
                object("v1 Endpoints web/other", "{metadata: {uid: f1}}"),
                object("v1 Secret web/endstate.shopping", "{metadata: {uid: f2}}"),
                object("v1 Pod web/stray", "{metadata: {uid: f3, \(owned(by: "elsewhere"))}}"),
                object(
                    "v1 Secret web/other-token",
                    "{metadata: {uid: f4, annotations: {kubernetes.io/service-account.name: other}}}"),
            ],
            application: shop
        )
        #expect(
            contents.objects.map(\.description)
                == ["Endpoints web/other", "Pod web/stray", "Secret web/endstate.shopping", "Secret web/other-token"]
        )
    }
}
