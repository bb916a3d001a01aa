#!/usr/bin/env bash
# Runs two commands at once, for tests that wait more than they work: SHOWN, and HIDDEN, whose words
# are kept in a file until both are done. Fails when one of them does.
#   SHOWN=... HIDDEN=... tools/side_by_side.sh FILE
set -uo pipefail
set -m  # a group of its own, which Ctrl-C of this script is passed on to

log=$1
bash -c "$HIDDEN" >"$log" 2>&1 </dev/null &
other=$!
trap 'kill -INT -- "-$other" 2>/dev/null; wait "$other"' EXIT

bash -c "$SHOWN"
shown=$?
wait "$other"
hidden=$?
trap - EXIT
cat "$log"
exit $((shown ? shown : hidden))
