# Sourced by the other scripts: where builds go. A folder outside the clone makes a second clone
# cheap; nothing needs it to be there, and where it cannot be made the clone's own `target` serves.
if [ -z "${CARGO_TARGET_DIR:-}" ]; then
    cache="${XDG_CACHE_HOME:-${HOME:-}/.cache}/segue/target"
    if mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]; then
        CARGO_TARGET_DIR=$cache
    else
        CARGO_TARGET_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/target
    fi
    unset cache
fi
# Scripts change folders; a relative one must stay the same.
case $CARGO_TARGET_DIR in
    /*) ;;
    *) CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR ;;
esac
export CARGO_TARGET_DIR
