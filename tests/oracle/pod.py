"""A worker pod as a process: started from a config file, asked through its admin port, stopped by signals."""

import os
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.oracle.wait import wait_until


class Pod:
    def __init__(self, program: Path, config: Path, admin_port: int, log: Path, env: Mapping[str, str]) -> None:
        self.admin = f"http://127.0.0.1:{admin_port}"
        self.log = log
        # A session of its own: Ctrl-C in a terminal reaches us, and we stop the pods in order.
        with log.open("ab") as out:
            self.process = subprocess.Popen([str(program), "--config", str(config), "run"], stdout=out,
                                            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                            start_new_session=True, env={**os.environ, **env})

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of an admin endpoint; 0 while nobody listens."""
        try:
            with urllib.request.urlopen(self.admin + path, timeout=5) as reply:
                return int(reply.status), reply.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def wait_ready(self, deadline: float = 20) -> "Pod":
        def ready() -> bool:
            assert self.process.poll() is None, f"pod ended with {self.process.returncode}: {self.log_tail()}"
            return self.get("/readyz")[0] == 200

        try:
            wait_until(ready, deadline, f"{self.admin}/readyz is 200")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.get('/readyz')}\n{self.log_tail()}") from None
        return self

    def metric(self, name: str, labels: str = "") -> float:
        """The sum of a metric's samples whose label text contains `labels`."""
        lines = self.get("/metrics")[1].splitlines()
        samples = [line.rsplit(" ", 1) for line in lines if line.startswith((name + "{", name + " "))]
        return sum(float(value) for series, value in samples if labels in series)

    def terminate(self, deadline: float = 40) -> int:
        """SIGTERM; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(deadline)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait(10)

    def log_tail(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
