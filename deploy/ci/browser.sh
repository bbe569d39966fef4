#!/usr/bin/env bash
# Print the path of a Chromium for the browser tests, installing one where that is possible.
set -euo pipefail

find_browser() {
  local candidate
  for candidate in ${TUTTI_BROWSER:-} chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$candidate" >/dev/null && "$candidate" --version >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

find_browser && exit

if [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null; then
  echo "installing chromium for the browser tests" >&2
  export DEBIAN_FRONTEND=noninteractive
  # A page without fonts cannot be read in a screenshot.
  if apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; then
    find_browser && exit
  fi
fi

cat >&2 <<'TEXT'
No Chromium was found and none could be installed. The browser tests need one:
  Debian, Ubuntu:  apt-get install chromium
  elsewhere:       install Chromium or Google Chrome, or point TUTTI_BROWSER at its program
TEXT
exit 1
