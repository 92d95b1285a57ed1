"""One test's own corner of the shared servers: topics, group, bucket, tenant, key, and the pods that run in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.oracle import config as cfg
from tests.oracle.config import Endpoints, Names
from tests.oracle.malformed import event_bytes
from tests.oracle.pod import Pod
from tests.oracle.ports import free_port
from tests.oracle.programs import Ended, Programs, run
from tests.oracle.schema import receipt_class, status_name
from tests.oracle.simulator import Simulator
from tests.oracle.store import Store
from tests.oracle.topics import Record, TopicTail, produce

KEY_ID = "test-key"

# Short, so that what takes hours in production takes seconds here.
QUICK: dict[str, Any] = {
    "retry": {"tiers": ["1s", "2s", "3s"], "max_attempts": 3, "not_ready_budget": "1h", "base": "50ms",
              "throttled_base": "100ms", "cap": "1s", "outage_hold": "1s"},
    "write_back": {"budget": "12s"},  # two passages of the first tiers fit in with room to spare
    "transfer": {"stall_limit": "2s"},
    "claims": {"lease": "5s"},
    "shutdown": {"drain": "10s"},
}
QUICK_PLATFORM: dict[str, Any] = {"timeout": "2s"}


@dataclass
class World:
    at: Endpoints
    names: Names
    folder: Path
    programs: Programs
    simulator: Simulator
    keys: dict[str, bytes] = field(default_factory=lambda: {KEY_ID: bytes(range(1, 33))})
    pods: list[Pod] = field(default_factory=list)
    tails: dict[str, TopicTail] = field(default_factory=dict)

    @cached_property
    def store(self) -> Store:
        return Store(self.at.s3, self.at.access_key, self.at.secret_key, self.at.region)

    def config(self, name: str = "strongroom", admin_port: int = 0, changes: Mapping[str, Any] | None = None,
               platform: Mapping[str, Any] | None = None, destination: Mapping[str, Any] | None = None,
               keys: Mapping[str, bytes] | None = None) -> Path:
        files = {id: cfg.write_key(self.folder, id, key) for id, key in (keys or self.keys).items()}
        config = cfg.strongroom_config(self.at, self.names, files, admin_port, cfg.merged(QUICK, changes or {}),
                                       {**QUICK_PLATFORM, **(platform or {})}, destination)
        return cfg.write(self.folder / f"{name}.yaml", config)

    def producer(self, *args: str | Path, stdin: str | bytes = b"") -> Ended:
        return run(self.programs.producer, ["--config", self.config(), *args], stdin=stdin)

    def auditor(self, *args: str | Path, keys: Mapping[str, bytes] | None = None) -> Ended:
        return run(self.programs.auditor, ["--config", self.config("auditor", keys=keys), *args], env=self.at.aws_env)

    def pod(self, name: str = "pod", changes: Mapping[str, Any] | None = None, env: Mapping[str, str] | None = None,
            ready: bool = True, **parts: Mapping[str, Any]) -> Pod:
        """Starts a pod; it ends with the test."""
        port = free_port()
        config = self.config(name, port, changes, **parts)
        pod = Pod(self.programs.worker, config, port, self.folder / f"{name}.log", {**self.at.aws_env, **(env or {})})
        self.pods.append(pod)
        return pod.wait_ready() if ready else pod

    def topic(self, name: str) -> str:
        return f"{self.names.prefix}.{name}"

    def tail(self, name: str) -> TopicTail:
        return self.tails.setdefault(name, TopicTail(self.at.kafka, self.topic(name)))

    def send(self, ids: Iterable[tuple[str, str]], headers: dict[str, str] | None = None) -> None:
        """Events for (media id, interaction id), keyed as our producers do."""
        records = [(interaction.encode(), event_bytes(self.names.tenant, media, interaction, f"event-{media}"))
                   for media, interaction in ids]
        produce(self.at.kafka, self.topic("events"), records, headers)

    def send_raw(self, records: Iterable[tuple[bytes | None, bytes | None]]) -> None:
        produce(self.at.kafka, self.topic("events"), records)

    def receipts(self, count: int, deadline: float = 30) -> list[Any]:
        """Waits for `count` receipts and returns all that are there."""
        return [parse_receipt(record) for record in self.tail("receipts").wait_for(count, deadline)]

    def close(self) -> None:
        for pod in self.pods:
            if pod.process.poll() is None:
                pod.kill()
        for tail in self.tails.values():
            tail.close()


def parse_receipt(record: Record) -> Any:
    receipt = receipt_class()()
    receipt.ParseFromString(record.value or b"")
    return receipt


def by_item(receipts: Iterable[Any]) -> dict[str, list[Any]]:
    """Receipts by work item: exactly one each is what everything here is about."""
    found: dict[str, list[Any]] = {}
    for receipt in receipts:
        found.setdefault(receipt.work_item, []).append(receipt)
    return found


def statuses(receipts: Iterable[Any]) -> list[str]:
    return [status_name(receipt) for receipt in receipts]
