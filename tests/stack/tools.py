"""Where the servers' programs are: built or fetched by scripts/deps, which do nothing when they are there already."""

import subprocess
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@lru_cache(maxsize=None)
def dependency(script, *arguments):
    """The path that scripts/deps/<script> prints."""
    command = [str(ROOT / "scripts" / "deps" / script), *arguments]
    return Path(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip())
