"""make stack-up, stack-down, stack-status: python -m tests.stack up|down|status."""

import argparse
import signal
import sys
import time
from pathlib import Path

from .server import StackError
from .stack import PARTS, Stack
from .state import State
from .tools import ROOT


def main():
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return {"up": _up, "down": _down, "status": _status}[options.verb](options)
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _options():
    parser = argparse.ArgumentParser(prog="stack", description=__doc__)
    parser.add_argument("verb", choices=("up", "down", "status"))
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="where stack/ and stack.env go (default: build)")
    parser.add_argument("--parts", default=",".join(PARTS), help="what to start, with commas (default: %(default)s)")
    return parser.parse_args()


def _up(options):
    begun = time.monotonic()
    stack = Stack(options.build / "stack", [part for part in options.parts.split(",") if part])
    stack.up().write_env(options.build / "stack.env")
    _show(stack)
    print(f"ready after {time.monotonic() - begun:.1f} s; endpoints and credentials: {options.build / 'stack.env'}")
    return 0


def _down(options):
    """Stops the stack that `up` started, and what crashed runs of tests and demos left in build/."""
    for state in sorted(options.build.glob("stack*/state.json")):
        stack = Stack(state.parent)
        if stack.state.in_use():
            print(f"{state.parent.name}: in use by process {stack.state.owner.pid}, left alone")
            continue
        running = [name for name, server in stack.servers.items() if server.running()]
        stack.stop()
        print(f"{state.parent.name}: stopped {', '.join(running) or 'nothing, nothing ran'}")
    (options.build / "stack.env").unlink(missing_ok=True)
    return 0


def _status(options):
    """Exit status 0 when every part runs."""
    if not State(options.build / "stack").settings:
        print("the stack is down")
        return 1
    stack = Stack(options.build / "stack")
    _show(stack)
    return 0 if all(server.running() for server in stack.servers.values()) else 1


def _show(stack):
    for name, server in stack.servers.items():
        process = server.process
        print(f"{name:9} {f'up, pid {process.pid}' if process else 'down':17} {server.address}  log {server.log}")


if __name__ == "__main__":
    sys.exit(main())
