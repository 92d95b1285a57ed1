"""Which core does what: the client under test has the first one to itself, everything else shares the others."""

import os

_ALL = sorted(os.sched_getaffinity(0))
CLIENT = {_ALL[0]}
OTHERS = set(_ALL[1:]) or CLIENT


def leave_client_core():
    """Called once at the start: what this process starts from now on stays off the client's core."""
    os.sched_setaffinity(0, OTHERS)


def take_client_core():
    """For `preexec_fn` of the client."""
    os.sched_setaffinity(0, CLIENT)
