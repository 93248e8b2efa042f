#!/usr/bin/env bash
# Prints the path of an nginx, for the tests. Looks at $NGINX, at the PATH and at where Debian keeps it; `tools/nginx.sh install`
# installs the distribution's where there is none, if it may.
set -euo pipefail

found() {
  if [ -n "${NGINX:-}" ]; then echo "$NGINX"; return; fi
  PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v nginx
}

works() { [ -n "$1" ] && "$1" -v >/dev/null 2>&1; }

nginx=$(found || true)
if ! works "$nginx" && [ "${1:-}" = install ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "There is no nginx: installing it." >&2
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nginx-light; } >&2 || true
  nginx=$(found || true)
fi
if ! works "$nginx"; then
  echo "The tests behind a proxy need nginx: install it (apt-get install nginx-light), or set NGINX to the path of one." >&2
  exit 1
fi
echo "$nginx"
