#!/bin/sh
# Bundles the editor of the studio into one file, which is kept in the repository: users need no
# Node. Run it after a change of editor.mjs or of the versions in package.json.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/editor.mjs" "$here/package.json" "$work"
cd "$work"
npm install --no-audit --no-fund --silent
node_modules/.bin/esbuild editor.mjs --bundle --minify --format=iife --global-name=FoldwellEditor \
    --legal-comments=none --charset=utf8 --target=es2021 --outfile="$here/../static/codemirror.js"
{
    echo "codemirror.js is a bundle of editor.mjs (Foldwell) and of CodeMirror 6 and what it stands on:"
    for name in @codemirror/autocomplete @codemirror/commands @codemirror/lang-css \
        @codemirror/lang-html @codemirror/lang-javascript @codemirror/lang-markdown \
        @codemirror/language @codemirror/lint @codemirror/search @codemirror/state \
        @codemirror/view @lezer/common @lezer/css @lezer/highlight @lezer/html \
        @lezer/javascript @lezer/lr @lezer/markdown @marijn/find-cluster-break crelt style-mod \
        w3c-keyname; do
        [ -d "node_modules/$name" ] || continue
        version=$(node -p "require('./node_modules/$name/package.json').version")
        echo "  $name $version"
    done
    echo
    cat node_modules/@codemirror/state/LICENSE
} > "$here/../static/codemirror-LICENSE.txt"
