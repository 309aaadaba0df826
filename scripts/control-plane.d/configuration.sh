# Writes what a control plane needs before it starts: keys and certificates, kubeconfigs, tokens, the audit policy.
# Sourced by scripts/control-plane.
# shellcheck shell=bash

readonly service_range=10.96.0.0/16
readonly first_service_address=10.96.0.1

# Elliptic curve keys: they take milliseconds to make.
new_certificate() {
    local pki=$1 name=$2 subject=$3 usage=$4 names=${5:-}
    local options=(-addext "extendedKeyUsage=$usage" -addext "basicConstraints=critical,CA:FALSE")
    [[ -z $names ]] || options+=(-addext "subjectAltName=$names")
    quiet_openssl req -x509 -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
        -nodes -days 365 -subj "$subject" "${options[@]}" -keyout "$pki/$name.key" -out "$pki/$name.crt"
}

quiet_openssl() {
    local said
    said=$(openssl "$@" 2>&1) || fail "openssl $1 failed: $said"
}

write_certificates() {
    local pki=$1
    mkdir -p "$pki"
    quiet_openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj "/CN=endstate-test-ca" \
        -addext "keyUsage=critical,keyCertSign,cRLSign,digitalSignature" -keyout "$pki/ca.key" -out "$pki/ca.crt"
    new_certificate "$pki" server "/CN=kube-apiserver" serverAuth \
        "IP:127.0.0.1,IP:$first_service_address,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc"
    new_certificate "$pki" admin "/O=system:masters/CN=endstate-admin" clientAuth
    # The masters group spares the controllers a service account each, which would make the start slower.
    new_certificate "$pki" controller-manager "/O=system:masters/CN=system:kube-controller-manager" clientAuth
    new_certificate "$pki" scheduler "/O=system:masters/CN=system:kube-scheduler" clientAuth
    quiet_openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out "$pki/service-accounts.key"
    quiet_openssl pkey -in "$pki/service-accounts.key" -pubout -out "$pki/service-accounts.pub"
}

# Credentials are embedded, so that the file alone can be copied and used.
write_kubeconfig() {
    local file=$1 server=$2 pki=$3 user=$4 credentials=$5
    cat >"$file" <<KUBECONFIG
apiVersion: v1
kind: Config
clusters:
- name: endstate-test
  cluster:
    server: $server
    certificate-authority-data: $(base64 -w0 "$pki/ca.crt")
users:
- name: $user
  user:
$credentials
contexts:
- name: endstate-test
  context:
    cluster: endstate-test
    user: $user
current-context: endstate-test
KUBECONFIG
}

certificate_credentials() {
    printf '    client-certificate-data: %s\n    client-key-data: %s\n' "$(base64 -w0 "$1.crt")" "$(base64 -w0 "$1.key")"
}

write_kubeconfigs() {
    local dir=$1 server=$2 token=$3 pki=$1/pki
    write_kubeconfig "$dir/kubeconfig" "$server" "$pki" endstate-admin "$(certificate_credentials "$pki/admin")"
    write_kubeconfig "$dir/kubeconfig-limited" "$server" "$pki" endstate-limited "    token: $token"
    write_kubeconfig "$pki/controller-manager.kubeconfig" "$server" "$pki" controller-manager \
        "$(certificate_credentials "$pki/controller-manager")"
    write_kubeconfig "$pki/scheduler.kubeconfig" "$server" "$pki" scheduler "$(certificate_credentials "$pki/scheduler")"
}

# What the control plane's own parts do is left out: tests count the requests of clients.
write_audit_policy() {
    cat >"$1" <<'POLICY'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: None
  users: ["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler"]
- level: Metadata
POLICY
}

# Shell variables for whoever works with this control plane.
write_environment() {
    local dir=$1 server=$2 token=$3 bin=$4 component
    {
        printf 'KUBECONFIG=%q\n' "$dir/kubeconfig"
        printf 'ENDSTATE_TEST_KUBECONFIG=%q\n' "$dir/kubeconfig"
        printf 'ENDSTATE_TEST_LIMITED_KUBECONFIG=%q\n' "$dir/kubeconfig-limited"
        printf 'ENDSTATE_TEST_LIMITED_TOKEN=%q\n' "$token"
        printf 'ENDSTATE_TEST_SERVER=%q\n' "$server"
        printf 'ENDSTATE_TEST_CA=%q\n' "$dir/pki/ca.crt"
        printf 'ENDSTATE_TEST_CLIENT_CERTIFICATE=%q\n' "$dir/pki/admin.crt"
        printf 'ENDSTATE_TEST_CLIENT_KEY=%q\n' "$dir/pki/admin.key"
        printf 'ENDSTATE_TEST_KUBECTL=%q\n' "$bin/kubectl"
        if [[ -e $dir/audit.log ]]; then printf 'ENDSTATE_TEST_AUDIT_LOG=%q\n' "$dir/audit.log"; fi
        for component in "$dir"/pids/*; do
            printf '%s_PID=%s\n' "$(basename "$component" | tr 'a-z-' 'A-Z_')" "$(cut -d' ' -f1 "$component")"
        done
    } >"$dir/env"
}
