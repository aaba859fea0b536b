# For bats files: starts and stops the replay server.
#
#     load ../support/replay
#     replay_start --papers 40     # sets REPLAY_URL, REPLAY_PID, REPLAY_LOG
#     replay_stop                  # in teardown(); good to call when none runs

REPLAY_SERVER="${SHEAF_BUILD:?}/tests/support/replay_server"

replay_start() {
	local out="$BATS_TEST_TMPDIR/replay.out" tries=0

	export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
	REPLAY_LOG="$BATS_TEST_TMPDIR/replay.log"
	: > "$out"
	# Bats waits for file descriptor 3; a server in the background must not keep it.
	"$REPLAY_SERVER" --log "$REPLAY_LOG" "$@" > "$out" 2> "$out.err" 3>&- &
	REPLAY_PID=$!
	until grep -q '^listening on ' "$out"; do
		if ! kill -0 "$REPLAY_PID" 2> /dev/null || [ $((tries += 1)) -gt 600 ]; then
			cat "$out.err" >&2
			return 1
		fi
		sleep 0.05
	done
	REPLAY_URL=$(sed -n 's/^listening on //p' "$out")
}

replay_stop() {
	if [ -n "${REPLAY_PID:-}" ]; then
		kill "$REPLAY_PID" 2> /dev/null || true
		wait "$REPLAY_PID" 2> /dev/null || true
		REPLAY_PID=
	fi
}
