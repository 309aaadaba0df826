# Starts and stops the processes of one control plane. Sourced by scripts/control-plane.
# shellcheck shell=bash

readonly start_attempts=5
readonly start_seconds=90

require_unused() {
    if [[ -e $1 ]] && [[ -n $(ls -A "$1" 2>/dev/null) ]]; then
        fail "$1 is not empty: is a control plane running there?
hint: scripts/control-plane stop $1"
    fi
}

# DIR LIFETIME, where the lifetime is `outlives-the-script` or `dies-with-the-script`.
start_control_plane() {
    local dir=$1 lifetime=$2 bin attempt
    bin=$(binaries)
    for ((attempt = 1; attempt <= start_attempts; attempt++)); do
        mkdir -p "$dir/logs" "$dir/pids" "$dir/etcd"
        chmod 700 "$dir" "$dir/etcd"
        if start_components "$dir" "$bin" "$lifetime"; then return; fi
        # Between choosing a port and listening on it, another process may have taken it; and components give up on a busy
        # machine. One that only isn't ready in time will not be the next time either.
        if all_running "$dir" || ((attempt == start_attempts)); then break; fi
        stop_control_plane "$dir"
    done
    if [[ -d $dir/logs ]]; then explain_failure "$dir"; fi
    fail "the control plane did not start"
}

start_components() {
    local dir=$1 bin=$2 lifetime=$3 token server ports
    mapfile -t ports < <(free_ports 5)
    server=https://127.0.0.1:${ports[2]}
    launch "$dir" "$lifetime" etcd "$bin/etcd" --name=default --data-dir="$dir/etcd" --unsafe-no-fsync --log-level=warn \
        --listen-client-urls="http://127.0.0.1:${ports[0]}" --advertise-client-urls="http://127.0.0.1:${ports[0]}" \
        --listen-peer-urls="http://127.0.0.1:${ports[1]}" --initial-advertise-peer-urls="http://127.0.0.1:${ports[1]}" \
        --initial-cluster="default=http://127.0.0.1:${ports[1]}"
    token=$(openssl rand -hex 16)
    write_certificates "$dir/pki"
    write_kubeconfigs "$dir" "$server" "$token"
    write_audit_policy "$dir/pki/audit-policy.yaml"
    printf '%s,endstate-limited,endstate-limited\n' "$token" >"$dir/pki/tokens.csv"

    # Else the API server might talk to another control plane's etcd, on the port that this one did not get.
    is_running "$dir/pids/etcd" || return 1
    launch_api_server "$dir" "$lifetime" "$bin" "${ports[0]}" "${ports[2]}"
    # As a whole: the controller manager gives up after ten seconds.
    wait_until "$dir" ask "$dir" "$bin" /healthz || return 1
    launch_controller_manager "$dir" "$lifetime" "$bin" "${ports[3]}"
    launch "$dir" "$lifetime" kube-scheduler "$bin/kube-scheduler" --kubeconfig="$dir/pki/scheduler.kubeconfig" \
        --leader-elect=false --port=0 --bind-address=127.0.0.1 --secure-port="${ports[4]}" \
        --tls-cert-file="$dir/pki/server.crt" --tls-private-key-file="$dir/pki/server.key" \
        --kube-api-qps=1000 --kube-api-burst=2000
    wait_until "$dir" ask "$dir" "$bin" /readyz || return 1
    wait_until "$dir" has_default_account "$dir" "$bin" && all_running "$dir" || return 1
    write_environment "$dir" "$server" "$token" "$bin"
}

launch_api_server() {
    local dir=$1 lifetime=$2 bin=$3 etcd_port=$4 port=$5 audit=()
    if [[ ${ENDSTATE_AUDIT:-1} != 0 ]]; then
        : >"$dir/audit.log"
        audit=(--audit-policy-file="$dir/pki/audit-policy.yaml" --audit-log-path="$dir/audit.log")
    fi
    # The advertised address may not be a loopback one; this one is reserved for documentation, and nothing is sent to it.
    launch "$dir" "$lifetime" kube-apiserver "$bin/kube-apiserver" \
        --etcd-servers="http://127.0.0.1:$etcd_port" \
        --bind-address=127.0.0.1 --secure-port="$port" --advertise-address=192.0.2.1 --service-cluster-ip-range="$service_range" \
        --tls-cert-file="$dir/pki/server.crt" --tls-private-key-file="$dir/pki/server.key" \
        --client-ca-file="$dir/pki/ca.crt" --token-auth-file="$dir/pki/tokens.csv" --authorization-mode=RBAC \
        --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$dir/pki/service-accounts.pub" \
        --service-account-signing-key-file="$dir/pki/service-accounts.key" \
        --max-requests-inflight=2000 --max-mutating-requests-inflight=1000 --allow-privileged=true --profiling=false \
        "${audit[@]}"
}

launch_controller_manager() {
    local dir=$1 lifetime=$2 bin=$3 port=$4
    # There are no kubelets: the node lifecycle controller would find every node dead and evict its pods.
    launch "$dir" "$lifetime" kube-controller-manager "$bin/kube-controller-manager" \
        --kubeconfig="$dir/pki/controller-manager.kubeconfig" --controllers='*,-nodeipam,-nodelifecycle' \
        --leader-elect=false --port=0 --bind-address=127.0.0.1 --secure-port="$port" --profiling=false \
        --tls-cert-file="$dir/pki/server.crt" --tls-private-key-file="$dir/pki/server.key" \
        --root-ca-file="$dir/pki/ca.crt" --service-account-private-key-file="$dir/pki/service-accounts.key" \
        --cluster-signing-cert-file="$dir/pki/ca.crt" --cluster-signing-key-file="$dir/pki/ca.key" \
        --kube-api-qps=1000 --kube-api-burst=2000 \
        --concurrent-deployment-syncs=20 --concurrent-replicaset-syncs=20 --concurrent-statefulset-syncs=20 \
        --concurrent-endpoint-syncs=20 --concurrent-service-endpoint-syncs=20 --concurrent-serviceaccount-token-syncs=20 \
        --concurrent-namespace-syncs=20 --concurrent-gc-syncs=20 --concurrent-resource-quota-syncs=20
}

# Starts one component in the background and notes its process id with its start time, which tells it from a later process
# of the same id.
launch() {
    local dir=$1 lifetime=$2 name=$3 launcher=(setsid)
    shift 3
    case $lifetime in
    # Even a killed `run` leaves nothing behind.
    dies-with-the-script) launcher=(setpriv --pdeathsig KILL setsid) ;;
    esac
    "${launcher[@]}" "$@" >"$dir/logs/$name.log" 2>&1 </dev/null &
    printf '%s %s\n' "$!" "$(start_time "$!")" >"$dir/pids/$name"
    # Else bash reports each of them as killed.
    disown "$!"
}

# The 22nd field of /proc/PID/stat, counted after the name, which may contain spaces.
start_time() {
    local stat fields
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    read -ra fields <<<"${stat##*) }"
    # A zombie has ended.
    [[ ${fields[0]} == Z ]] || printf '%s\n' "${fields[19]}"
}

is_running() {
    local pid started
    read -r pid started <"$1" && [[ -n $started && $(start_time "$pid") == "$started" ]]
}

ask() {
    "$2/kubectl" --kubeconfig "$1/kubeconfig" --request-timeout=5s get --raw "$3"
}

# Pods are refused until the controller manager has given the namespace's account its token.
has_default_account() {
    local account
    account=$(ask "$1" "$2" /api/v1/namespaces/default/serviceaccounts/default) && [[ $account == *'"secrets"'* ]]
}

# Runs the command until it succeeds; fails when a component has ended or the time is up.
wait_until() {
    local dir=$1 deadline=$((SECONDS + start_seconds))
    shift
    until "$@" >"$dir/logs/waiting" 2>&1; do
        all_running "$dir" && ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}

explain_failure() {
    local dir=$1 file name
    for file in "$dir"/pids/*; do
        name=$(basename "$file")
        if ! is_running "$file"; then
            printf 'error: %s ended. The last lines of its log:\n' "$name" >&2
            tail -n 20 "$dir/logs/$name.log" >&2
            return
        fi
    done
    printf 'error: not ready after %d s. The last answer and the last lines of the logs:\n' "$start_seconds" >&2
    tail -n 10 "$dir/logs/waiting" "$dir"/logs/*.log >&2
}

# Ends exactly the processes that were started for DIR, then removes it. Its data goes too, so nothing needs to be flushed.
stop_control_plane() {
    local dir=$1 file pid
    [[ -d $dir/pids ]] || return 0
    for file in "$dir"/pids/*; do
        if [[ -f $file ]] && is_running "$file"; then
            read -r pid _ <"$file"
            kill -KILL "$pid" 2>/dev/null || true
        fi
    done
    while any_running "$dir"; do sleep 0.02; done
    rm -rf "$dir"
}

all_running() {
    local file
    for file in "$1"/pids/*; do is_running "$file" || return 1; done
}

any_running() {
    local file
    for file in "$1"/pids/*; do
        if [[ -f $file ]] && is_running "$file"; then return 0; fi
    done
    return 1
}

# Prints COUNT different ports of the loopback interface on which nobody listens, below the range that the system gives
# to outgoing connections.
free_ports() {
    local count=$1 port chosen=' '
    while ((count > 0)); do
        port=$((20000 + RANDOM % 10000))
        if [[ $chosen == *" $port "* ]] || (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue; fi
        chosen+="$port "
        printf '%s\n' "$port"
        count=$((count - 1))
    done
}
