"""Measures the floor and the worker on the same media, source and sink; the table goes to the terminal, the rows to
build/bench/pipeline.json (design of the rows: bench/README.md)."""

import argparse
import signal
import sys
from pathlib import Path

from tests.stack.server import StackError
from tests.stack.stack import Stack
from tests.stack.tools import ROOT

from . import floor, report, worker
from .cores import leave_client_core
from .servers import Sink, Source, add_server

S3_SHARE = 10  # a real S3 server gets a tenth of the jobs: it is the limit, and its folder is on disk
JOBS = {64 * 1024: 30_000, 1_000_000: 4_000, 50_000_000: 80}


def main():
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    leave_client_core()
    try:
        rows = _measure(options)
    except (StackError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    report.write(options.output, rows)
    print(report.table(rows), *report.comparison(rows), f"rows: {options.output}", sep="\n")
    return 0


def _options():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--systems", default="floor,worker", help="which rows, with commas (default: %(default)s)")
    parser.add_argument("--bodies", default=",".join(str(size) for size in JOBS), help="sizes in bytes (default: %(default)s)")
    parser.add_argument("--scale", type=float, default=1.0, help="multiplies the number of jobs (default: 1)")
    parser.add_argument("--concurrency", type=int, default=64, help="transfers at once (default: 64)")
    parser.add_argument("--s3-body", type=int, default=1_000_000,
                        help="size of the one worker row against a real S3 server; 0 = none (default: %(default)s)")
    parser.add_argument("--output", type=Path, default=ROOT / "build/bench/pipeline.json")
    return parser.parse_args()


def _jobs(body_bytes, options):
    per_job = JOBS.get(body_bytes) or max(64, min(30_000, 4_000_000_000 // max(body_bytes, 1)))
    return max(options.concurrency, int(per_job * options.scale))


def _measure(options):
    systems = options.systems.split(",")
    rows = []
    with Stack.start(ROOT / "build/stack-bench", parts=()) as stack:
        source, sink = (add_server(stack, kind) for kind in (Source, Sink))
        if "worker" in systems:
            worker.start_servers(stack, source)
        for body_bytes in (int(size) for size in options.bodies.split(",")):
            jobs = _jobs(body_bytes, options)
            if "floor" in systems:
                rows.append(floor.measure(source, sink, body_bytes, jobs, options.concurrency))
            if "worker" in systems:
                rows.append(worker.measure(stack, source, sink, body_bytes, jobs, options.concurrency))
        if "worker" in systems and options.s3_body:
            jobs = _jobs(options.s3_body, options) // S3_SHARE
            rows.append(worker.measure(stack, source, stack.s3.start(), options.s3_body, jobs, options.concurrency))
    return rows


if __name__ == "__main__":
    sys.exit(main())
