"""The built programs, run as a user runs them."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


@dataclass(frozen=True)
class Programs:
    """A folder with the three programs; STRONGROOM_BIN names another than the release build's."""

    folder: Path

    @staticmethod
    def find() -> "Programs":
        return Programs(Path(os.environ.get("STRONGROOM_BIN", ROOT / "build" / "release" / "bin")))

    @property
    def worker(self) -> Path:
        return self.folder / "strongroom-worker"

    @property
    def producer(self) -> Path:
        return self.folder / "strongroom-producer"

    @property
    def auditor(self) -> Path:
        return self.folder / "strongroom-auditor"


def run(program: Path, args: Sequence[str | Path], env: Mapping[str, str] | None = None, stdin: str | bytes = b"",
        deadline: float = 60) -> Ended:
    """Runs a program to its end; output as text (bytes that are no UTF-8 are escaped)."""
    ended = subprocess.run([str(program), *map(str, args)], input=stdin.encode() if isinstance(stdin, str) else stdin,
                           capture_output=True, timeout=deadline, env={**os.environ, **(env or {})}, check=False)
    return Ended(ended.returncode, ended.stdout.decode("utf-8", "backslashreplace"),
                 ended.stderr.decode("utf-8", "backslashreplace"))
