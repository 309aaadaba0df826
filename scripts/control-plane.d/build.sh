# Builds the control plane's binaries from Debian's source package `kubernetes`, and keeps them in the cache.
# Sourced by scripts/control-plane.
# shellcheck shell=bash

readonly components=(kube-apiserver kube-controller-manager kube-scheduler kubectl)

cache_folder() {
    printf '%s\n' "${ENDSTATE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/endstate}"
}

# Prints the folder of the newest version that was built.
find_binaries() {
    local folder found=''
    while IFS= read -r folder; do
        if [[ -x $folder/etcd && -x $folder/kubectl ]]; then found=$folder; fi
    done < <(printf '%s\n' "$(cache_folder)"/kubernetes-*/bin | sort --version-sort)
    [[ -n $found ]] && printf '%s\n' "$found"
}

binaries() {
    find_binaries || fail "the control plane's binaries are not built yet
hint: scripts/control-plane build"
}

build_binaries() {
    local cache lock
    cache=$(cache_folder)
    mkdir -p "$cache"
    exec {lock}>"$cache/kubernetes.lock"
    flock "$lock"
    if ! find_binaries >/dev/null; then
        "$here/install-dependencies" control-plane
        build_in_temporary_folder "$cache"
    fi
    exec {lock}>&-
    binaries
}

build_in_temporary_folder() {
    local cache=$1 version tree name
    work=$(mktemp -d "$cache/.build-kubernetes.XXXXXX")
    compiler=''
    trap 'abandon_build' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    fetch_packages "$work"
    version=$(sed -n 's/^Version: //p' "$work"/kubernetes_*.dsc | head -n 1)
    tree=$work/tree
    mkdir -p "$work/result/bin"
    dpkg-source --no-check -x "$work"/kubernetes_*.dsc "$tree" >"$work/log" 2>&1 ||
        give_up "$work/log" "unpacking Kubernetes' source"
    mend_for_newer_go "$work" "$tree"
    compile "$tree" "$version"
    for name in "${components[@]}"; do install "$tree/_output/bin/$name" "$work/result/bin/$name"; done
    dpkg-deb --extract "$work"/etcd-server_*.deb "$work/etcd"
    install "$work/etcd/usr/bin/etcd" "$work/result/bin/etcd"
    # One rename, so that nobody ever sees half of it.
    rm -rf "$cache/kubernetes-$version"
    mv "$work/result" "$cache/kubernetes-$version"
    rm -rf "$work"
    trap - EXIT
}

# The compiler has a process group of its own, so that all of it ends with this script.
abandon_build() {
    if [[ -n $compiler ]]; then
        kill -KILL -- "-$compiler" 2>/dev/null || true
        wait "$compiler" 2>/dev/null || true
    fi
    rm -rf "$work"
}

# Downloads the source package, the library that mends it, and etcd-server. etcd is unpacked, not installed, because
# installing it would start a service.
fetch_packages() {
    local work=$1 attempt
    write_apt_configuration "$work/apt"
    printf 'Downloading the source of Kubernetes, and etcd, from Debian\n' >&2
    for attempt in 1 2 3; do
        # An update fails for any one unreachable source: what counts is whether the packages arrive.
        if {
            apt_get "$work" update || true
            apt_get "$work" --download-only source kubernetes &&
                apt_get "$work" download etcd-server golang-github-modern-go-reflect2-dev
        } >"$work/log" 2>&1; then return; fi
        sleep $((attempt * 5))
    done
    give_up "$work/log" "downloading from Debian's mirror"
}

apt_get() {
    local work=$1
    shift
    (cd "$work" && apt-get --quiet --config-file="$work/apt/apt.conf" "$@")
}

# Writes an apt configuration that reads the machine's package sources with source packages enabled, and touches
# nothing of the machine's: neither /etc/apt nor its package lists.
write_apt_configuration() {
    local apt=$1 file list parts
    mkdir -p "$apt/sources.d" "$apt/lists/partial" "$apt/cache/archives/partial"
    eval "$(apt-config shell list Dir::Etc::sourcelist/f parts Dir::Etc::sourceparts/d)"
    for file in "$list" "$parts"/*.list "$parts"/*.sources; do
        if [[ -f $file ]]; then with_source_packages "$file" >"$apt/sources.d/$(basename "$file")"; fi
    done
    # Container images hook into apt-get update to delete the machine's downloaded packages: another apt may be using them.
    cat >"$apt/apt.conf" <<CONFIGURATION
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$apt/sources.d";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Sandbox::User "root";
Acquire::Retries "3";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONFIGURATION
}

# Prints an apt sources file (one-line or deb822 format) with every `deb` entry also as `deb-src`.
with_source_packages() {
    case $1 in
    *.sources) sed -E 's/^Types:.*$/Types: deb deb-src/I' "$1" ;;
    *) sed -nE '/^[[:space:]]*deb[[:space:]]/{p;s/^[[:space:]]*deb/deb-src/p}' "$1" ;;
    esac
}

# Kubernetes 1.20 brings reflect2 1.0.1, which misreads maps from Go 1.18 on: the API server then dies of a memory fault,
# for example when a pod's status is patched. Debian has the release that was made for those versions of Go.
mend_for_newer_go() {
    local work=$1 vendored=$2/vendor/github.com/modern-go/reflect2
    dpkg-deb --extract "$work"/golang-github-modern-go-reflect2-dev_*.deb "$work/reflect2"
    rm -f "$vendored"/*.go "$vendored"/*.s
    cp "$work"/reflect2/usr/share/gocode/src/github.com/modern-go/reflect2/*.{go,s} "$vendored/"
}

# As debian/rules does it: the tree linked under a GOPATH of its own, without cgo.
compile() {
    local tree=$1 version=$2 name targets=()
    for name in "${components[@]}"; do targets+=("cmd/$name"); done
    mkdir -p "$tree/.go/src/k8s.io"
    ln -s ../../.. "$tree/.go/src/k8s.io/kubernetes"
    printf 'Building Kubernetes %s (once; 4 to 8 minutes on 2 cores)\n' "$version" >&2
    # In the background, because bash runs a trap only between foreground commands.
    setsid env --chdir="$tree" -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u GOFLAGS -u GOROOT \
        HOME="$work" GOPATH="$tree/.go" GOCACHE="$work/go-cache" GOTMPDIR="$work" GO111MODULE=off CGO_ENABLED=0 \
        PATH="/usr/lib/go/bin:$PATH" \
        make WHAT="${targets[*]}" >"$work/log" 2>&1 </dev/null &
    compiler=$!
    wait "$compiler" || give_up "$work/log" "building Kubernetes"
    compiler=''
}

give_up() {
    printf '%s\n' "--- the end of the log" >&2
    tail -n 40 "$1" >&2
    fail "$2 failed"
}
