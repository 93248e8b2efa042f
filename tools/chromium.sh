#!/usr/bin/env bash
# Prints the path of a Chromium for the tests of the board. Looks at $CHROMIUM, at what is installed and at Playwright's own;
# where there is none it installs the distribution's, if it may. Says in one line what to do where that fails too.
set -euo pipefail

found() {
  local playwright=${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}
  if [ -n "${CHROMIUM:-}" ]; then echo "$CHROMIUM"; return; fi
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    if command -v "$name"; then return; fi
  done
  find "$playwright" -type f \( -name chrome -o -name Chromium \) 2>/dev/null | sort | tail -n 1
}

works() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

chromium=$(found || true)
if ! works "$chromium" && [ -z "${CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "There is no Chromium: installing it." >&2
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium; } >&2 || true
  chromium=$(found || true)
fi
if ! works "$chromium"; then
  echo "The board's tests need Chromium: install it (apt-get install chromium), or set CHROMIUM to the path of one." >&2
  exit 1
fi
echo "$chromium"
