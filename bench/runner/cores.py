"""Which core does what: the client under test has the first one to itself, everything else shares the others."""

import os
from contextlib import contextmanager

_ALL = sorted(os.sched_getaffinity(0))
_CLIENT = {_ALL[0]}
_OTHERS = set(_ALL[1:]) or _CLIENT


def leave_client_core():
    """Called once at the start: what this process starts from now on stays off the client's core."""
    os.sched_setaffinity(0, _OTHERS)


@contextmanager
def on_client_core():
    """A process started inside has the client's core for its life."""
    os.sched_setaffinity(0, _CLIENT)
    try:
        yield
    finally:
        os.sched_setaffinity(0, _OTHERS)
