"""Free loopback ports."""

import random
import socket

# Below the range from which the kernel takes the ports of outgoing connections (32768 and up), so that nobody takes the port
# of a server that is stopped and started again.
_RANGE = range(20000, 32000)


def free_port():
    """A port that nobody listens on now."""
    for port in random.sample(_RANGE, 200):
        if _is_free(port):
            return port
    raise RuntimeError("no free loopback port found in 20000-31999")


def _is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
