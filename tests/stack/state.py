"""What a stack remembers in its folder: its settings (ports, credentials), who started it, and which processes it started."""

import json
import os
from pathlib import Path

from .process import ProcessId


class State:
    """`state.json` of one stack. Every change is on disk when the method returns, so a crashed run can be cleaned up."""

    def __init__(self, directory):
        self.path = Path(directory) / "state.json"
        content = json.loads(self.path.read_text()) if self.path.exists() else {}
        self.settings = content.get("settings", {})
        self.owner = _identity(content.get("owner"))
        self.processes = {name: _identity(value) for name, value in content.get("processes", {}).items()}

    def setting(self, name, make):
        """The remembered value of a setting; `make()` provides it the first time."""
        if name not in self.settings:
            self.settings[name] = make()
            self.save()
        return self.settings[name]

    def own(self, pid):
        """Names the process whose end makes this stack a left-over; None: it stays until somebody stops it."""
        self.owner = ProcessId.of(pid) if pid else None
        self.save()

    def record(self, name, process):
        if process:
            self.processes[name] = process
        else:
            self.processes.pop(name, None)
        self.save()

    def in_use(self):
        """Some living process started this stack for itself."""
        return self.owner is not None and self.owner.alive()

    def save(self):
        content = {
            "settings": self.settings,
            "owner": self.owner and vars(self.owner),
            "processes": {name: vars(process) for name, process in self.processes.items()},
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_suffix(".partial")
        partial.touch(mode=0o600)
        partial.write_text(json.dumps(content, indent=1))
        os.replace(partial, self.path)


def _identity(value):
    return ProcessId(**value) if value else None
