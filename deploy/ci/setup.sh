#!/usr/bin/env bash
# Make this checkout runnable: a virtual environment in .venv with exactly what requirements.lock names, the
# members of the workspace, and the browser application. Does nothing that is already done.
#
#   deploy/ci/setup.sh           everything
#   deploy/ci/setup.sh python    only what Python needs
#   deploy/ci/setup.sh web       only the browser application
set -euo pipefail
cd "$(dirname "$0")/../.."

members=(libs/common services/hub services/lui services/tracker services/mailer deploy/local)
web=services/lui/web
stamps=.venv/.stamps

say() { printf '%s\n' "$*" >&2; }
fail() { say "setup: $*"; exit 1; }

# The newest interpreter that really works: a version manager may leave commands on the path that only complain.
find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import ensurepip, sqlite3, ssl, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
      >/dev/null 2>&1; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  fail "no working Python 3.11, 3.12 or 3.13 with venv found (on Debian: apt-get install python3 python3-venv)"
}

hash_of() { find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }

is_done() { [[ -f "$stamps/$1" && "$(<"$stamps/$1")" == "$2" ]]; }

mark_done() { mkdir -p "$stamps"; printf '%s' "$2" >"$stamps/$1"; }

setup_python() {
  local manifests=(requirements.lock) member wanted python
  for member in "${members[@]}"; do manifests+=("$member/pyproject.toml"); done
  wanted="$(hash_of "${manifests[@]}") $PWD"
  if [[ -x .venv/bin/python ]] && .venv/bin/python -c '' 2>/dev/null && is_done python "$wanted"; then return; fi

  if ! .venv/bin/python -c '' 2>/dev/null; then
    python="$(find_python)"
    say "making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
  fi
  say "installing what requirements.lock names"
  # uv itself comes from the lock too, checked by its hashes.
  awk '/^uv==/ { found = 1 } found { print } found && !/\\$/ { exit }' requirements.lock >.venv/uv.lock
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
  export UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV="$PWD/.venv"
  .venv/bin/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
  local editable=()
  for member in "${members[@]}"; do editable+=(-e "$member"); done
  .venv/bin/uv pip install --quiet --no-deps --no-build-isolation "${editable[@]}"
  mark_done python "$wanted"
}

setup_web() {
  local modules sources
  command -v node >/dev/null || fail "Node 20 or newer is needed to build the browser application"
  node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' \
    || fail "Node 20 or newer is needed, this is $(node --version)"
  modules="$(hash_of "$web/package-lock.json") $PWD"
  if [[ ! -d "$web/node_modules" ]] || ! is_done web-modules "$modules"; then
    say "installing what $web/package-lock.json names"
    (cd "$web" && npm ci --no-audit --no-fund --loglevel=error >&2)
    mark_done web-modules "$modules"
  fi
  sources="$(find "$web" -type f -not -path "$web/node_modules/*" -not -path "$web/dist/*" -print0 \
    | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)"
  if [[ ! -f services/lui/src/lui/web_dist/index.html ]] || ! is_done web-dist "$sources"; then
    say "building the browser application"
    (cd "$web" && npm run --silent build -- --outDir ../src/lui/web_dist --emptyOutDir >&2)
    mark_done web-dist "$sources"
  fi
}

case "${1:-all}" in
  python) setup_python ;;
  web) setup_web ;;
  all) setup_python; setup_web ;;
  *) fail "unknown part: $1" ;;
esac
