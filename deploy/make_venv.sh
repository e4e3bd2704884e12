#!/bin/sh
# Makes the virtual environment: make_venv.sh PYTHON FOLDER. On Debian the module venv is a package of its own; it is
# installed where that is allowed, else the sentence says what to type.
set -eu
python=$1
folder=$2

if ! command -v "$python" >/dev/null 2>&1; then
    echo "No program “$python”. Install Python 3.11 (Debian: apt-get install python3 python3-venv) or name one: make run PY=/path/to/python3" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed; “$python” is $("$python" -V 2>&1). Name another one: make run PY=/path/to/python3" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    echo "Installing python3-venv …"
    if ! { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq python3-venv; } >/dev/null 2>&1; then
        echo "The module venv is missing and could not be installed. Type: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
# Keep an environment that works; half of one, left by an attempt cut short, is made anew.
if ! "$folder/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    echo "Making the virtual environment …"
    rm -rf "$folder"
    "$python" -m venv "$folder"
fi
touch "$folder/.made"
