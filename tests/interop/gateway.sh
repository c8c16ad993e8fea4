#!/bin/sh
# gateway.sh GATEWAY
#
# Sends the official SDKs for JavaScript, Google's and OpenAI's, on a tour of the program GATEWAY, which is
# examples/gateway_server.cpp over an emulator. They are installed below GENAI_INTEROP_CACHE, as run.sh does. Ends with
# 77, which means skipped, where Node or an SDK cannot be had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${GENAI_INTEROP_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/genai-interop}/gateway
mkdir -p "$folder" 2>/dev/null || folder=$(mktemp -d)
skip() { echo "skipped: $1"; exit 77; }
limited() { if command -v timeout >/dev/null 2>&1; then timeout 240 "$@"; else "$@"; fi; }

major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
[ "${major:-0}" -ge 20 ] && command -v npm >/dev/null 2>&1 || skip "Node 20 or later is not installed"
if ! [ -e "$folder/installed" ]; then
    echo '{"private": true, "type": "module", "dependencies": {"@google/genai": "3.3.0", "openai": "7.57.0"}}' >"$folder/package.json"
    (cd "$folder" && limited npm install --force --ignore-scripts --no-audit --no-fund --loglevel=error) || skip "the SDKs could not be installed"
    touch "$folder/installed"
fi
cp "$here/gateway_tour.mjs" "$folder/"

env -u GEMINI_API_KEY -u GOOGLE_API_KEY -u GOOGLE_GEMINI_BASE_URL GATEWAY_KEYS='sk-rich=5,sk-poor=0' \
    "$1" >"$folder/gateway.out" 2>"$folder/gateway.log" &
pid=$!
trap 'kill $pid 2>/dev/null || true' EXIT
i=0
until grep -q GATEWAY_URL "$folder/gateway.out" 2>/dev/null; do
    i=$((i + 1))
    [ $i -lt 100 ] || { echo "the gateway does not start"; exit 1; }
    sleep 0.1
done
node "$folder/gateway_tour.mjs" "$(sed -n s/GATEWAY_URL=//p "$folder/gateway.out")"
