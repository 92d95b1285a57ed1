"""What the demo runs in: a stack of its own, one configuration file for all programs, two buckets' worth of tenants."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from tests.demo.events import TENANTS
from tests.oracle import config as cfg
from tests.oracle.config import Endpoints, Names
from tests.oracle.pod import Pod
from tests.oracle.ports import free_port
from tests.oracle.programs import Ended, Programs, run
from tests.oracle.store import Store
from tests.oracle.topics import TopicTail

KEY_ID = "demo-key"
BUCKET = "demo-archive"
PREFIX = "demo"


@dataclass
class Scene:
    at: Endpoints
    key: bytes
    folder: Path
    programs: Programs
    pods: list[Pod] = field(default_factory=list)

    @staticmethod
    def prepare(env: dict[str, str], folder: Path, programs: Programs) -> "Scene":
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        scene = Scene(Endpoints.of(env), bytes.fromhex(env["ENCRYPTION_KEY_HEX"]), folder, programs)
        scene.store.create_bucket(BUCKET)
        return scene

    @property
    def store(self) -> Store:
        return Store(self.at.s3, self.at.access_key, self.at.secret_key, self.at.region)

    @property
    def keys(self) -> dict[str, bytes]:
        """For the independent reader: by id for v3, as "origin" for the origin format."""
        return {KEY_ID: self.key, "origin": self.key}

    def config(self, admin_port: int = 0, name: str = "strongroom") -> Path:
        tenants = [
            cfg.merged(cfg.tenant_part(self.at, Names(PREFIX, "demo", tenant, BUCKET)), {"destination": {
                "format": format, "key": tenant + "/{yyyy}/{mm}/{dd}/{media_id}.enc"}})
            for tenant, format in zip(TENANTS, ("v3", "origin"), strict=True)
        ]
        key_file = cfg.write_key(self.folder, KEY_ID, self.key)
        whole = cfg.strongroom_config(self.at, Names(PREFIX, "demo", TENANTS[0], BUCKET), {KEY_ID: key_file}, admin_port,
                                      {"tenants": tenants, "retry": {"tiers": ["2s", "10s"]}})
        return cfg.write(self.folder / f"{name}.yaml", whole)

    def run(self, program: Path, *args: str | Path, stdin: str = "", deadline: float = 120) -> Ended:
        return run(program, ["--config", self.config(), *args], env=self.at.aws_env, stdin=stdin, deadline=deadline)

    def start_pod(self, name: str) -> Pod:
        port = free_port()
        pod = Pod(self.programs.worker, self.config(port, name), port, self.folder / f"{name}.log", self.at.aws_env)
        self.pods.append(pod)
        return pod

    def tail(self, topic: str) -> TopicTail:
        return TopicTail(self.at.kafka, f"{PREFIX}.{topic}")

    def stop(self) -> None:
        for pod in self.pods:
            if pod.process.poll() is None:
                pod.process.terminate()
        for pod in self.pods:
            if pod.process.poll() is None:
                pod.terminate()
