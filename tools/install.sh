#!/bin/sh
# Installs what is missing, says what it does, and does nothing when everything is there.
#   tools/install.sh run   what the product needs
#   tools/install.sh dev   that, and what the checks and tests need
set -eu
cd "$(dirname "$0")/.."

purpose=${1:-run}
case $purpose in
    run) lock=requirements.lock packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" ;;
    dev) lock=requirements-dev.lock packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 chromium-headless-shell libatomic1 libfuse3-3 poppler-utils postgresql strace webkit2gtk-driver xvfb" ;;
    *) echo "usage: tools/install.sh run|dev" >&2; exit 2 ;;
esac

say() { printf '[install] %s\n' "$*"; }
stop() { printf '[install] %s\n' "$*" >&2; exit 1; }

# Runs a command with its words in a log: matching lines are counted aloud, a failure shows the log.
counted() {
    log=.cache/$1.log pattern=$2
    shift 2
    : > "$log"
    { "$@" </dev/null 2>&1 && status=0 || status=$?; echo "$status" > "$log.status"; } | {
        count=0
        while IFS= read -r line; do
            printf '%s\n' "$line" >> "$log"
            # shellcheck disable=SC2254  # the pattern is meant as one
            case $line in
                $pattern) count=$((count + 1)) ;;
                "Installing collected"*) say "  writing them into .venv"; continue ;;
                *) continue ;;
            esac
            [ $((count % 10)) != 0 ] || say "  $count so far"
        done
    }
    [ "$(cat "$log.status")" = 0 ] || { cat "$log" >&2; return 1; }
}

find_python() {
    for name in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        found=$(command -v "$name") || continue
        "$found" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$found"; return; }
    done
    return 1
}

# The Debian packages of $packages that are not installed, and the one that makes virtual environments.
missing_packages() {
    for package in $packages; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || printf '%s ' "$package"
    done
    "$python" -c 'import venv, ensurepip' 2>/dev/null || printf 'python3-venv '
}

install_packages() {
    line="apt-get install -y --no-install-recommends $1"
    if [ "$(id -u)" != 0 ]; then
        stop "Debian packages are missing. Run this line, then the same make command again:
    sudo apt-get update && sudo $line"
    fi
    say "installing Debian packages: $1"
    export DEBIAN_FRONTEND=noninteractive
    counted update '' apt-get -o Acquire::Retries=3 update -q || stop "apt-get update failed; see above"
    # shellcheck disable=SC2086
    counted apt 'Unpacking *' apt-get -o Acquire::Retries=3 install -y -q --no-install-recommends $1 \
        || stop "apt-get could not install them; see above"
}

# Moving the folder or replacing Python breaks an environment, so both are part of the stamp.
stamp_of() { { "$python" --version; pwd; cat "$1"; } | sha256sum | cut -d' ' -f1; }
stamped() { [ "$(cat ".venv/.$1.stamp" 2>/dev/null)" = "$(stamp_of "$1")" ] && .venv/bin/python -c '' 2>/dev/null; }

# The commands of an environment name the folder they were made in: moved, they run what is not there.
made_here() { .venv/bin/python -c 'import pip' 2>/dev/null && grep -qF "$(pwd -P)/.venv/bin/python" .venv/bin/pip; }

install_requirements() {
    if ! made_here; then
        say "making .venv with $("$python" --version)"
        # --clear would empty the environment a link leads to: somebody else's.
        [ ! -L .venv ] || rm .venv
        "$python" -m venv --clear .venv
    fi
    say "installing the Python packages of $lock (hashes checked)"
    if command -v uv >/dev/null 2>&1; then
        uv pip install --python .venv/bin/python --require-hashes --only-binary :all: -r "$lock" && return
        say "uv could not; trying pip"
    fi
    counted pip 'Collecting *' .venv/bin/python -m pip install --disable-pip-version-check --no-input \
        --retries 5 --no-deps --require-hashes --only-binary :all: --progress-bar off -r "$lock" \
        || stop "the Python packages could not be installed; see above"
}

# A checkout is used in place: the environment finds it, and has its command.
link_checkout() {
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    pwd > "$site/mingcha.pth"
    printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m inspection "$@"\n' "$(pwd)" > .venv/bin/inspection
    chmod +x .venv/bin/inspection
}

install_node_modules() {
    [ "$(cat node_modules/.stamp 2>/dev/null)" = "$(stamp_of package-lock.json)" ] && return
    say "installing the JavaScript checkers of package-lock.json (hashes checked)"
    PATH="$(pwd)/.venv/bin:$PATH" counted npm '' npm ci --no-progress || stop "npm could not install them; see above"
    stamp_of package-lock.json > node_modules/.stamp
}

# Two make commands at once take turns.
mkdir -p .cache
exec 9> .cache/install.lock
flock 9

python=$(find_python) || stop "Python 3.11 or newer is needed and was not found. On Debian 12: sudo apt-get install python3"
if command -v dpkg-query >/dev/null 2>&1; then
    missing=$(missing_packages)
    [ -z "$missing" ] || install_packages "$missing"
else
    say "this is not Debian: please see that Pango$([ "$purpose" = run ] || echo ', Chromium, FUSE, Poppler, PostgreSQL, strace, WebKitWebDriver and Xvfb') can be found"
fi

if ! stamped "$lock"; then
    install_requirements
    link_checkout
    stamp_of requirements.lock > .venv/.requirements.lock.stamp
    stamp_of "$lock" > ".venv/.$lock.stamp"
fi
[ "$purpose" = run ] || install_node_modules
