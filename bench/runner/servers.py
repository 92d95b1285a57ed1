"""The two servers of bench/sink: a store that keeps nothing and a source that costs nothing."""

import json
import urllib.request

from tests.stack.server import Server, StackError
from tests.stack.tools import ROOT


class BenchServer(Server):
    """One program in two roles, so that the CPU of each is seen by itself."""

    program = ROOT / "build/release/bin/strongroom-bench-sink"

    @property
    def url(self):
        return f"http://{self.address}"

    def command(self, extra):
        return [str(self.program), "--port", str(self.port), *extra]

    def prepare(self):
        if not self.program.exists():
            raise StackError(f"{self.name}: {self.program} is not there; build it with: make build")

    def statistics(self):
        with urllib.request.urlopen(f"{self.url}/_statistics", timeout=5) as answer:
            return json.load(answer)


class Sink(BenchServer):
    name = "sink"


class Source(BenchServer):
    name = "source"


def add_server(stack, kind):
    """Starts one of them as a part of the stack, which stops it at its end."""
    server = kind(stack.state, stack.directory)
    server.stop()  # what a killed run left
    stack.servers[server.name] = server
    return server.start()
