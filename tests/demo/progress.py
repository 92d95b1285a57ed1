"""What the demo shows while it runs: a bar on a terminal, plain lines in a pipe."""

import sys
import time
from types import TracebackType

WIDTH = 40
LINE_EVERY = 0.25  # of the whole, in a pipe


def say(text: str) -> None:
    print(text, flush=True)


class Step:
    """`with Step("starting the servers"):` prints what begins, and how long it took."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> "Step":
        self._begun = time.monotonic()
        say(f"{self.what} …")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            say(f"  done in {time.monotonic() - self._begun:.1f} s")


class Progress:
    def __init__(self, what: str, total: int) -> None:
        self._what, self._total = what, total
        self._terminal = sys.stdout.isatty()
        self._shown = -1

    def show(self, done: int) -> None:
        if done == self._shown:
            return
        if self._terminal:
            filled = WIDTH * done // self._total
            end = "\n" if done >= self._total else ""
            print(f"\r  [{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {self._total} {self._what}", end=end, flush=True)
        elif done >= self._total or done - max(self._shown, 0) >= self._total * LINE_EVERY:
            say(f"  {done} of {self._total} {self._what}")
        else:
            return
        self._shown = done
