"""The one place of the Python tests that sleeps."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

POLL_SECONDS = 0.05


class DeadlineExceeded(AssertionError):
    """A condition did not become true in time."""


def wait_until(condition: Callable[[], T], deadline: float, what: str = "") -> T:
    """Asks `condition` until it answers something true and returns that; fails after `deadline` seconds, naming `what`."""
    end = time.monotonic() + deadline
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() >= end:
            raise DeadlineExceeded(f"not within {deadline:g} s: {what or condition}; last answer: {answer!r}")
        time.sleep(POLL_SECONDS)
