"""CPU time and memory of running processes, from /proc."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """User and system time of a process with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def peak_rss_bytes(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"process {pid} has no VmHWM")


class Others:
    """The CPU that every process but the client uses, so that it is seen what was saturated."""

    def __init__(self, servers):
        self.servers = servers
        self.before = self._sample()

    def _sample(self):
        return {server.name: cpu_seconds(server.process.pid) for server in self.servers}

    def cpu_seconds(self):
        return {name: round(after - self.before[name], 2) for name, after in self._sample().items()}
