"""Processes known by pid and start time, so that a pid which the kernel gave to somebody else is never signalled."""

import os
import signal
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class ProcessId:
    pid: int
    started: int  # clock ticks since boot, from /proc/<pid>/stat

    @staticmethod
    def of(pid):
        """The identity of a running process; None when there is none, or only its zombie."""
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
                fields = stat.read().rpartition(")")[2].split()
        except OSError:
            return None
        return None if fields[0] in "ZX" else ProcessId(pid, int(fields[19]))

    def alive(self):
        return ProcessId.of(self.pid) == self

    def signal(self, number):
        if self.alive():
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                pass

    def stop(self, patience=10.0):
        """SIGTERM, and SIGKILL for what is still there after `patience` seconds. Returns when it is gone."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        if not self.wait_gone(patience):
            self.kill()

    def kill(self):
        self.signal(signal.SIGKILL)
        self.wait_gone(10.0)

    def wait_gone(self, patience):
        deadline = time.monotonic() + patience
        while self.alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True
