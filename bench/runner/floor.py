"""The `floor` rows: bench/floor against source and sink."""

import json
import subprocess

from tests.stack.tools import ROOT

from .cores import on_client_core
from .usage import Others

PROGRAM = ROOT / "build/release/bin/strongroom-bench-floor"


def measure(source, sink, body_bytes, jobs, concurrency):
    """One row. Raises RuntimeError when the sink did not get what the floor says it sent."""
    before = sink.statistics()
    others = Others([source, sink])
    command = [PROGRAM, "--jobs", jobs, "--body", body_bytes, "--concurrency", concurrency,
               "--source-url", f"{source.url}/download/floor-{{n}}-s{{bytes}}", "--sink-url", f"{sink.url}/bench/floor-{{n}}"]
    with on_client_core():
        client = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)
    output, _ = client.communicate()
    if client.returncode != 0:
        raise RuntimeError(f"floor: ended with status {client.returncode}")
    stored = sink.statistics()["stored_bytes"] - before["stored_bytes"]
    if stored != jobs * (body_bytes + 16):
        raise RuntimeError(f"floor: the sink got {stored} bytes, expected {jobs * (body_bytes + 16)}")
    return json.loads(output) | {"store": "sink", "others_cpu_s": others.cpu_seconds()}
