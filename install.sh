#!/bin/sh
# Install the Debian packages that are missing and make .venv. Usage: install.sh PYTHON "PACKAGE ..."
# Exit code 3, with the exact command, where packages are missing and this user may not install them.
set -eu
python=$1
missing=
for package in $2; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done
if [ -n "$missing" ]; then
    command="apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif sudo -n true 2>/dev/null; then
        sudo="sudo -n"
    else
        echo "These Debian packages are missing. Run this, then make again:" >&2
        echo "    sudo apt-get update && sudo $command" >&2
        exit 3
    fi
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get update -qq
    # shellcheck disable=SC2086 -- a list of words
    $sudo $command -qq >/dev/null
fi
if [ ! -x .venv/bin/pip ]; then
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, $python is older." >&2; exit 3; }
    "$python" -m venv .venv
fi
