"""The `floor` rows: bench/floor against source and sink."""

import json
import subprocess

from tests.stack.tools import ROOT

from .cores import take_client_core
from .usage import Others

PROGRAM = ROOT / "build/release/bin/strongroom-bench-floor"


def measure(source, sink, body_bytes, jobs, concurrency):
    """One row. Raises RuntimeError when the sink did not get what the floor says it sent."""
    before = sink.statistics()
    others = Others([source, sink])
    command = [PROGRAM, "--jobs", jobs, "--body", body_bytes, "--concurrency", concurrency,
               "--source-url", f"{source.url}/download/floor-{{n}}-s{{bytes}}", "--sink-url", f"{sink.url}/bench/floor-{{n}}"]
    done = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True,
                          preexec_fn=take_client_core)
    row = json.loads(done.stdout)
    stored = sink.statistics()["stored_bytes"] - before["stored_bytes"]
    if stored != jobs * (body_bytes + 16):
        raise RuntimeError(f"floor: the sink got {stored} bytes, expected {jobs * (body_bytes + 16)}")
    return row | {"store": "sink", "others_cpu_s": others.cpu_seconds()}
