"""Redis: coordination among pods. It keeps nothing over a restart, as the product must bear."""

import socket

from .server import Server


class Redis(Server):
    name = "redis"

    @property
    def url(self):
        return f"redis://{self.address}/0"

    def command(self, extra):
        return ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no",
                "--maxmemory", "64mb", "--maxmemory-policy", "noeviction", "--dir", str(self.directory), *extra]

    def ready(self):
        return self._ask("PING") == "+PONG"

    def flush(self):
        """Forgets everything."""
        self._ask("FLUSHALL SYNC")

    def _ask(self, line):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(line.encode() + b"\r\n")
                return connection.makefile("rb").readline().decode().strip()
        except OSError:
            return ""
