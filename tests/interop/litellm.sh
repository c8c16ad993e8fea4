#!/bin/sh
# litellm.sh EMULATOR TOUR
#
# Starts LiteLLM's proxy before the emulator, the program EMULATOR, and sends the program TOUR there. LiteLLM is installed
# below GENAI_INTEROP_CACHE, as by run.sh. Ends with 77, which means skipped, where it cannot be had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
emulator=$1
tour=$2
folder=${GENAI_INTEROP_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/genai-interop}/litellm
mkdir -p "$folder" 2>/dev/null || folder=$(mktemp -d)
skip() { echo "skipped: $1"; exit 77; }
limited() { if command -v timeout >/dev/null 2>&1; then timeout 400 "$@"; else "$@"; fi; }
free_port() { "$folder/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || skip "Python 3.10 or later is not installed"
if ! [ -e "$folder/installed" ]; then
    python3 -m venv "$folder/venv" >/dev/null 2>&1 || skip "Python has no venv"
    limited "$folder/venv/bin/pip" install --quiet --disable-pip-version-check --retries 1 'litellm[proxy]==1.108.7' ||
        skip "litellm could not be installed"
    touch "$folder/installed"
fi

unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done' EXIT
rm -f "$folder/emulator.out"
"$emulator" >"$folder/emulator.out" &
pids=$!
i=0
until grep -q API_KEY "$folder/emulator.out" 2>/dev/null; do
    i=$((i + 1))
    [ $i -lt 100 ] || { echo "the emulator does not start"; exit 1; }
    sleep 0.1
done
EMULATOR_BASE=$(sed -n s/GOOGLE_GEMINI_BASE_URL=//p "$folder/emulator.out")/v1beta
GEMINI_API_KEY=test-key
LITELLM_MASTER_KEY=sk-$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
export EMULATOR_BASE GEMINI_API_KEY LITELLM_MASTER_KEY
export LITELLM_LOCAL_MODEL_COST_MAP=True LITELLM_TELEMETRY=False

port=$(free_port)
"$folder/venv/bin/litellm" --config "$here/litellm.yaml" --host 127.0.0.1 --port "$port" --num_workers 1 >"$folder/proxy.log" 2>&1 </dev/null &
proxy=$!
pids="$pids $proxy"
i=0
until "$folder/venv/bin/python" -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=2)' "http://127.0.0.1:$port/health/liveliness" 2>/dev/null; do
    kill -0 $proxy 2>/dev/null || { tail -5 "$folder/proxy.log"; echo "the proxy ended by itself"; exit 1; }
    i=$((i + 1))
    [ $i -lt 120 ] || { echo "the proxy does not start"; exit 1; }
    sleep 1
done
"$tour" "http://127.0.0.1:$port" "$LITELLM_MASTER_KEY"
