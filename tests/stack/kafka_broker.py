"""Kafka: one broker in KRaft mode. Its timings are shortened so that tests of restarts and crashes take seconds."""

import base64
import subprocess
import uuid

from .ports import free_port
from .server import Server
from .tools import ROOT, dependency

_SETTINGS = """
process.roles=broker,controller
node.id=1
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
auto.create.topics.enable=false
# One broker: every internal topic has one replica.
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1
# Groups form at once, and may have sessions as short as a test wants.
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
group.consumer.min.session.timeout.ms=1000
group.consumer.min.heartbeat.interval.ms=250
# A dead producer's transaction is found within a second of its timeout.
transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
# With the defaults a restart takes 12-16 s.
broker.session.timeout.ms=1500
broker.heartbeat.interval.ms=300
log.cleaner.dedupe.buffer.size=16777216
"""

_JAVA = ["java", "-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"]


class Kafka(Server):
    """Settings of the broker can be changed before it starts: `kafka.settings["message.max.bytes"] = 2_000_000`."""

    name = "kafka"

    def __init__(self, state, directory):
        super().__init__(state, directory)
        self.controller_port = state.setting("kafka.controller_port", free_port)
        self.cluster_id = state.setting("kafka.cluster_id", _new_cluster_id)
        self.settings = {}

    @property
    def bootstrap_servers(self):
        return self.address

    def command(self, extra):
        log4j = ROOT / "tests/stack/kafka/log4j2.properties"
        return [*_JAVA, f"-Dlog4j2.configurationFile={log4j}", "-cp", _class_path(), "kafka.Kafka", str(self._properties), *extra]

    def prepare(self):
        own = {
            "controller.quorum.voters": f"1@127.0.0.1:{self.controller_port}",
            "listeners": f"PLAINTEXT://{self.address},CONTROLLER://127.0.0.1:{self.controller_port}",
            "advertised.listeners": f"PLAINTEXT://{self.address}",
            "log.dirs": self.directory / "data",
            **self.settings,
        }
        self._properties.write_text(_SETTINGS + "".join(f"{key}={value}\n" for key, value in own.items()))
        if not (self.directory / "data" / "meta.properties").exists():
            self._format()
        self._log_read_from = self.log.stat().st_size if self.log.exists() else 0

    def ready(self):
        with self.log.open("rb") as log:
            log.seek(self._log_read_from)
            return b"Kafka Server started" in log.read()

    @property
    def _properties(self):
        return self.directory / "server.properties"

    def _format(self):
        command = ["java", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", _class_path(), "kafka.tools.StorageTool", "format",
                   "--cluster-id", self.cluster_id, "--config", str(self._properties)]
        with self.log.open("ab") as log:
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)


def _class_path():
    return f"{dependency('kafka.sh')}/*"


def _new_cluster_id():
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()
