#!/usr/bin/env bash
# Prints the folder of the programs of a PostgreSQL, for the tests. Looks at $POSTGRESQL, at the PATH and at where Debian keeps
# them; `tools/postgresql.sh install` installs the distribution's where there is none, if it may.
set -euo pipefail

found() {
  local version
  if [ -n "${POSTGRESQL:-}" ]; then echo "$POSTGRESQL"; return; fi
  version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | sort -n | tail -n 1)
  if [ -n "$version" ]; then echo "/usr/lib/postgresql/$version/bin"; return; fi
  if command -v pg_ctl >/dev/null; then dirname "$(readlink -f "$(command -v pg_ctl)")"; return; fi
  pg_config --bindir
}

works() { [ -x "$1/initdb" ] && [ -x "$1/pg_ctl" ] && [ -x "$1/postgres" ]; }

programs=$(found 2>/dev/null || true)
if ! works "$programs" && [ "${1:-}" = install ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "There is no PostgreSQL: installing it." >&2
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql; } >&2 || true
  programs=$(found 2>/dev/null || true)
fi
if ! works "$programs"; then
  echo "The tests on PostgreSQL need one: install it (apt-get install postgresql), or set POSTGRESQL to the folder of its programs." >&2
  exit 1
fi
echo "$programs"
