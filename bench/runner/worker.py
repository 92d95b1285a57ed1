"""The `worker` rows: the whole product, with Kafka, Redis and the platform's API, on the floor's source and store."""

import json
import shutil
import time
from dataclasses import replace
from itertools import count

from tests.oracle.config import Endpoints, Names, strongroom_config, write, write_key
from tests.oracle.pod import Pod
from tests.oracle.ports import free_port
from tests.oracle.programs import Programs, run

from .cores import on_client_core
from .topic import Topic
from .usage import Others, cpu_seconds, peak_rss_bytes

DEADLINE = 900  # seconds for one row
_numbers = count(1)


class Bench:
    """One row: topics, group, events and configuration of its own."""

    def __init__(self, stack, source, store, body_bytes, jobs, concurrency):
        self.stack, self.source, self.store = stack, source, store
        self.body_bytes, self.jobs = body_bytes, jobs
        self.programs = Programs.find()
        self.folder = stack.directory / f"worker-{next(_numbers)}"
        shutil.rmtree(self.folder, ignore_errors=True)  # an earlier run's
        self.folder.mkdir(parents=True)
        self.at = replace(Endpoints.of(stack.env), s3=store.url)
        unique = self.folder.name
        self.names = Names(f"bench.{unique}", f"bench-{unique}", unique, stack.s3.bucket)
        self.admin_port = free_port()
        key = write_key(self.folder, "bench", bytes(range(32)))
        changes = {"limits": {"transfers": concurrency}}
        self.config = write(self.folder / "strongroom.yaml", strongroom_config(
            self.at, self.names, {"bench": key}, self.admin_port, changes))

    def produce(self):
        """Puts all events on their topic before the worker starts, so that only the worker's own speed counts."""
        events = self.folder / "events.jsonl"
        with events.open("w") as lines:
            for number in range(self.jobs):
                media = {"mediaId": f"{self.folder.name}-{number:07}-s{self.body_bytes}", "interactionId": f"interaction-{number}"}
                lines.write(json.dumps(media) + "\n")
        for command in (["topics", "apply"], ["emit", events]):
            ended = run(self.programs.producer, ["--config", self.config, *command], deadline=DEADLINE)
            if ended.code != 0:
                raise RuntimeError(f"worker: strongroom-producer {command[0]} failed: {ended.text}")

    def measure(self):
        downloads = self.source.statistics()["downloads"]
        topic = Topic(self.at.kafka, f"{self.names.prefix}.events", self.names.group)
        others = Others([server for server in self.stack.servers.values() if server.running()])
        with on_client_core():
            pod = Pod(self.programs.worker, self.config, self.admin_port, self.folder / "worker.log", self.at.aws_env)
        try:
            # The start of the process is not what is measured: the clock runs from the first download on.
            self._wait(pod, lambda: self.source.statistics()["downloads"] > downloads, 0.005)
            begun, cpu = time.monotonic(), cpu_seconds(pod.process.pid)
            self._wait(pod, lambda: topic.settled() >= self.jobs, 0.05)
            seconds, cpu = time.monotonic() - begun, cpu_seconds(pod.process.pid) - cpu
            row = self._row(seconds, cpu, peak_rss_bytes(pod.process.pid), others.cpu_seconds())
            if (code := pod.terminate()) != 0:
                raise RuntimeError(f"worker: ended with {code} on SIGTERM: {pod.log_tail()}")
            return row
        finally:
            topic.close()
            if pod.process.poll() is None:
                pod.kill()

    def _row(self, seconds, cpu, rss, others):
        total = self.jobs * self.body_bytes
        return {"system": "worker", "body_bytes": self.body_bytes, "tls": False, "jobs_per_s": round(self.jobs / seconds, 1),
                "mb_per_s": round(total / 1e6 / seconds, 1), "cpu_s_per_gb": round(cpu / (total / 1e9), 3),
                "cpu_us_per_job": round(cpu * 1e6 / self.jobs, 1), "peak_rss_bytes": rss, "jobs": self.jobs,
                "seconds": round(seconds, 3), "cpu_s": round(cpu, 3), "store": self.store.name, "others_cpu_s": others}

    @staticmethod
    def _wait(pod, condition, interval):
        deadline = time.monotonic() + DEADLINE
        while not condition():
            if pod.process.poll() is not None:
                raise RuntimeError(f"worker: ended with {pod.process.returncode}: {pod.log_tail()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"worker: not done after {DEADLINE} s: {pod.log_tail()}")
            time.sleep(interval)


def start_servers(stack, source):
    """What the worker needs besides source and sink. The simulator hands out download URLs of the source."""
    for name in ("kafka", "redis"):
        stack.servers[name].start()
    stack.platform.start("--public-url", source.url, "--no-journal", "--rate-limit", 1_000_000_000)


def measure(stack, source, store, body_bytes, jobs, concurrency):
    """One row. Raises RuntimeError when the worker did not store every body."""
    before = store.statistics() if store.name == "sink" else None
    bench = Bench(stack, source, store, body_bytes, jobs, concurrency)
    bench.produce()
    row = bench.measure()
    if before:
        stored = store.statistics()["stored_bytes"] - before["stored_bytes"]
        if stored < jobs * (body_bytes + 16):
            raise RuntimeError(f"worker: the sink got {stored} bytes, expected at least {jobs * (body_bytes + 16)}")
    return row
