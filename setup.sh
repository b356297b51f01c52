#!/bin/sh
# Set up rasoat in its own .venv: Python 3.11-3.13, locked dependencies, Tesseract with Vietnamese, antiword.
# Run again at any time: it only does what is still missing.
set -eu
cd "$(dirname "$0")"

say() { printf '%s\n' "$*"; }
fail() { printf '\nSet-up stopped: %s\n' "$*" >&2; exit 1; }

# Install Debian or Ubuntu packages where we may; otherwise say the command and go on.
apt_install() {
    if [ "$(id -u)" = 0 ]; then run=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run="sudo"
    else return 1
    fi
    command -v apt-get >/dev/null 2>&1 || return 1
    say "Installing $* ..."
    $run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null 2>&1 && return 0
    $run env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null 2>&1 || return 1
    $run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    return 1
}

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    python=$(find_python) || { apt_install python3 && python=$(find_python); } ||
        fail "Python 3.11, 3.12 or 3.13 is needed. Try: sudo apt-get install python3 python3-venv"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "Making .venv with Python $version ..."
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        apt_install "python$version-venv" || apt_install python3-venv ||
            fail "this Python cannot make environments. Run: sudo apt-get install python$version-venv"
        "$python" -m venv .venv
    fi
fi

stamp=$(cat requirements.lock pyproject.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat .venv/rasoat-stamp 2>/dev/null || true)" != "$stamp" ]; then
    say "Installing the locked dependencies (about 1.3 GB, a few minutes the first time) ..."
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.lock ||
        fail "the dependencies could not be installed; the lines above say why."
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . ||
        fail "rasoat itself could not be installed; the lines above say why."
    printf '%s' "$stamp" > .venv/rasoat-stamp
fi

if ! tesseract --list-langs 2>/dev/null | grep -qx vie; then
    apt_install tesseract-ocr tesseract-ocr-vie || {
        say ""
        say "Tesseract with Vietnamese is missing and cannot be installed from here. Everything but scans works."
        say "To read scans, run:  sudo apt-get install tesseract-ocr tesseract-ocr-vie"
        say ""
    }
fi
if ! command -v antiword >/dev/null 2>&1 && ! command -v soffice >/dev/null 2>&1; then
    apt_install antiword || {
        say ""
        say "antiword is missing and cannot be installed from here. Everything but old Word files (.doc) works."
        say "To read them, run:  sudo apt-get install antiword"
        say "or, which reads fonts and tables better:  sudo apt-get install libreoffice-writer-nogui"
        say ""
    }
fi
