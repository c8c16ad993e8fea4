#!/bin/sh
# run.sh EMULATOR FOLDER
#
# Installs the official JavaScript SDK into FOLDER and sends it on a tour of the emulator. Ends with 77, which means
# skipped, where there is no Node 20 or the package cannot be had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
emulator=$1
folder=$2

major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
if [ "${major:-0}" -lt 20 ] || ! command -v npm >/dev/null 2>&1; then
    echo "skipped: Node 20 or later is not installed"
    exit 77
fi
mkdir -p "$folder"
cp "$here/package.json" "$here/tour.mjs" "$folder/"
if [ ! -d "$folder/node_modules/@google/genai" ]; then
    (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error) || {
        echo "skipped: @google/genai could not be installed"
        exit 77
    }
fi
cd "$folder"
exec node tour.mjs "$emulator"
