#!/bin/sh
# run.sh SDK EMULATOR
#
# Sends an official SDK on a tour of the emulator, the program EMULATOR: Google's, and what docs/emulator.md shows of its
# language (javascript-2, javascript-3, python, go), or OpenAI's, before the emulator in both of its ways (openai-javascript,
# openai-python). The SDK is installed below GENAI_INTEROP_CACHE, the user's cache unless
# set, and stays there. Ends with 77, which means skipped, where the language or the SDK cannot be had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
sdk=$1
emulator=$2
folder=${GENAI_INTEROP_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/genai-interop}/$sdk
mkdir -p "$folder" 2>/dev/null || folder=$(mktemp -d)
skip() { echo "skipped: $1"; exit 77; }
# A registry that does not answer is one that is not there.
limited() { if command -v timeout >/dev/null 2>&1; then timeout 240 "$@"; else "$@"; fi; }

# The fenced block of docs/emulator.md whose language is $1.
snippet() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$here/../../docs/emulator.md" | sed '1d;$d'; }

javascript() {  # VERSION
    major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
    [ "${major:-0}" -ge 20 ] && command -v npm >/dev/null 2>&1 || skip "Node 20 or later is not installed"
    echo '{"private": true, "type": "module", "dependencies": {"@google/genai": "'"$1"'"}}' >"$folder/package.json.new"
    if ! cmp -s "$folder/package.json.new" "$folder/package.json"; then
        (cd "$folder" && cp package.json.new package.json && limited npm install --ignore-scripts --no-audit --no-fund --loglevel=error) ||
            { rm -f "$folder/package.json"; skip "@google/genai $1 could not be installed"; }
    fi
    cp "$here/tour.mjs" "$folder/"
    snippet js >"$folder/snippet.test.mjs"
    tour="node $folder/tour.mjs"
    shown="node --test $folder/snippet.test.mjs"
}

python() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || skip "Python 3.10 or later is not installed"
    if ! [ -e "$folder/installed" ]; then
        python3 -m venv "$folder/venv" >/dev/null 2>&1 || skip "Python has no venv"
        limited "$folder/venv/bin/pip" install --quiet --disable-pip-version-check google-genai==3.6.1 mcp==2.3.0 pytest ||
            skip "google-genai could not be installed"
        touch "$folder/installed"
    fi
    snippet python >"$folder/test_snippet.py"
    tour="$folder/venv/bin/python $here/tour.py"
    shown="$folder/venv/bin/python -m pytest -q -p no:cacheprovider $folder/test_snippet.py"
}

golang() {
    command -v go >/dev/null 2>&1 || skip "Go is not installed"
    mkdir -p "$folder/tour" "$folder/snippet"
    cp "$here/go/tour.go" "$here/go/go.mod" "$here/go/go.sum" "$folder/tour/"
    cp "$here/go/go.mod" "$here/go/go.sum" "$folder/snippet/"
    snippet go >"$folder/snippet/emulator_test.go"
    (cd "$folder/tour" && limited go build -o ../tour.out .) || skip "google.golang.org/genai could not be built"
    tour=$folder/tour.out
    shown="go test -C $folder/snippet ./..."
}

openai_javascript() {
    major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
    [ "${major:-0}" -ge 20 ] && command -v npm >/dev/null 2>&1 || skip "Node 20 or later is not installed"
    if ! [ -e "$folder/node_modules/openai" ]; then
        echo '{"private": true, "type": "module", "dependencies": {"openai": "7.57.0"}}' >"$folder/package.json"
        (cd "$folder" && limited npm install --force --ignore-scripts --no-audit --no-fund --loglevel=error) || skip "openai could not be installed"
    fi
    cp "$here/openai_tour.mjs" "$folder/"
    tour="node $folder/openai_tour.mjs"
}

openai_python() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || skip "Python 3.10 or later is not installed"
    if ! [ -e "$folder/installed" ]; then
        python3 -m venv "$folder/venv" >/dev/null 2>&1 || skip "Python has no venv"
        limited "$folder/venv/bin/pip" install --quiet --disable-pip-version-check openai==3.57.0 || skip "openai could not be installed"
        touch "$folder/installed"
    fi
    tour="$folder/venv/bin/python $here/openai_tour.py"
}

# Starts the emulator with options; its address is in $url then.
start() {
    rm -f "$folder/emulator.out"
    "$emulator" "$@" >"$folder/emulator.out" &
    pid=$!
    trap 'kill $pid 2>/dev/null || true' EXIT
    i=0
    until grep -q API_KEY "$folder/emulator.out" 2>/dev/null; do
        i=$((i + 1))
        [ $i -lt 100 ] || { echo "the emulator does not start"; exit 1; }
        sleep 0.1
    done
    url=$(sed -n s/GOOGLE_GEMINI_BASE_URL=//p "$folder/emulator.out")
}

shown=
case $sdk in
    openai-javascript) openai_javascript ;;
    openai-python) openai_python ;;
    javascript-2) javascript 2.32.0 ;;
    javascript-3) javascript 3.3.0 ;;
    python) python ;;
    go) golang ;;
    *) echo "there is no SDK $sdk" >&2; exit 2 ;;
esac

start
$tour "$url"
if [ -n "$shown" ]; then
    PATH=$(dirname "$emulator"):$PATH $shown
else
    kill $pid
    start --openai-as-google
    $tour "$url" google
fi
