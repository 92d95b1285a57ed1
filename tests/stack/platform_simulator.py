"""The contact-centre platform: our own simulator (tests/simulator), the only server here that nobody else wrote."""

import os
import secrets
import urllib.error
import urllib.request
from pathlib import Path

from .server import Server, StackError
from .tools import ROOT


class Platform(Server):
    name = "platform"

    def __init__(self, state, directory):
        super().__init__(state, directory)
        self.program = Path(os.environ.get("STRONGROOM_SIMULATOR", ROOT / "build/release/bin/strongroom-simulator"))
        self.client_id = state.setting("platform.client_id", lambda: "client-" + secrets.token_hex(6))
        self.client_secret = state.setting("platform.client_secret", lambda: secrets.token_hex(20))

    @property
    def url(self):
        return f"http://{self.address}"

    def command(self, extra):
        return [str(self.program), "--listen", self.address, "--client", f"{self.client_id}:{self.client_secret}", *extra]

    def prepare(self):
        if not self.program.exists():
            raise StackError(f"platform: {self.program} is not there; build it with: make build")

    def ready(self):
        try:
            return urllib.request.urlopen(f"{self.url}/control/health", timeout=2).status == 200
        except (OSError, urllib.error.URLError):
            return False
