"""The four servers together."""

import os
import secrets
import signal
import sys
import threading
from pathlib import Path

from .kafka_broker import Kafka
from .platform_simulator import Platform
from .redis_server import Redis
from .s3_server import REGION, S3
from .server import StackError
from .state import State

_KINDS = {kind.name: kind for kind in (Kafka, Redis, S3, Platform)}
PARTS = tuple(_KINDS)


class Stack:
    """Kafka, Redis, S3 and the platform, on ports and with credentials of their own.

        with Stack.start("build/stack-mytest") as stack:
            stack.env, stack.kafka.restart(), stack.redis.flush(), stack.s3.stop()

    Everything is stopped at the end of the block, also on Ctrl-C and SIGTERM. A run that was killed leaves a state file,
    with which the next start in the same folder, or `make stack-down`, stops what it left."""

    def __init__(self, directory, parts=PARTS):
        unknown = set(parts) - set(PARTS)
        if unknown:
            raise StackError(f"there is no part {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}")
        self.directory = Path(directory).resolve()
        self.state = State(self.directory)
        self.servers = {name: kind(self.state, self.directory) for name, kind in _KINDS.items()}
        self.parts = tuple(name for name in PARTS if name in parts)
        self.encryption_key = self.state.setting("encryption_key", lambda: secrets.token_hex(32))

    @classmethod
    def start(cls, directory, parts=PARTS):
        """A fresh stack: what an earlier run left in the folder is stopped and removed. Ends with this process."""
        stack = cls(directory, parts)
        if stack.state.in_use():
            raise StackError(f"{stack.directory} is in use by process {stack.state.owner.pid}")
        stack.stop()
        for server in stack.servers.values():
            server.wipe()
        stack.state.own(os.getpid())
        _end_on_sigterm()
        return stack.up()

    def up(self):
        """Starts what does not run; when one does not come up, all that were started here are stopped again."""
        started = []
        try:
            for name in self.parts:
                if not self.servers[name].running():
                    started.append(self.servers[name])
                    self.servers[name].start()
        except BaseException:
            for server in reversed(started):
                server.stop()
            raise
        return self

    def stop(self):
        for server in reversed(self.servers.values()):
            server.stop()
        self.state.own(None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def kafka(self):
        return self.servers["kafka"]

    @property
    def redis(self):
        return self.servers["redis"]

    @property
    def s3(self):
        return self.servers["s3"]

    @property
    def platform(self):
        return self.servers["platform"]

    @property
    def env(self):
        """Endpoints and credentials, as the programs' example configuration and the AWS SDKs read them."""
        return {
            "KAFKA_BOOTSTRAP_SERVERS": self.kafka.bootstrap_servers,
            "REDIS_URL": self.redis.url,
            "AWS_ENDPOINT_URL_S3": self.s3.url,
            "AWS_ACCESS_KEY_ID": self.s3.access_key,
            "AWS_SECRET_ACCESS_KEY": self.s3.secret_key,
            "AWS_REGION": REGION,
            "S3_ARCHIVE_BUCKET": self.s3.bucket,
            "PLATFORM_URL": self.platform.url,
            "GENESYS_CLIENT_ID": self.platform.client_id,
            "GENESYS_CLIENT_SECRET": self.platform.client_secret,
            "GENESYS_ENVIRONMENT": "mypurecloud.com",
            "ENCRYPTION_KEY_HEX": self.encryption_key,
        }

    def write_env(self, path):
        """Writes `env` as KEY=value lines, readable by the owner alone."""
        path = Path(path)
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text("".join(f"{key}={value}\n" for key, value in self.env.items()))


def _end_on_sigterm():
    """Turns SIGTERM into an exit that runs `finally` blocks, unless somebody handles it already."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
