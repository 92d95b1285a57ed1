"""One server process on one port, which can be stopped and started again."""

import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from .ports import free_port
from .process import ProcessId


class StackError(Exception):
    """A server that did not come up; the message says which, where its log is and how the log ends."""


class Server:
    """Base of the four servers. A subclass says how its process is started and when it is ready.

    The port is chosen once and kept, so a restarted server is found where it was."""

    name = ""
    start_limit = 180.0  # seconds until it must be ready; a busy machine may need them
    stop_limit = 15.0  # seconds that SIGTERM may take before SIGKILL

    def __init__(self, state, directory):
        self.state = state
        self.directory = Path(directory) / self.name
        self.port = state.setting(f"{self.name}.port", free_port)
        self._child = None

    def command(self, extra):
        """The command line, a list of text, with the `extra` arguments where the program wants them."""
        raise NotImplementedError

    def environment(self):
        """The whole environment of the process; None: ours."""
        return None

    def prepare(self):
        """What must be there before the process starts."""

    def ready(self):
        """Whether it serves; asked again and again while it starts."""
        return self.accepts()

    def after_start(self):
        """What is done once it serves."""

    @property
    def log(self):
        return self.directory / "log"

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    @property
    def process(self):
        """The running process's ProcessId, or None."""
        process = self.state.processes.get(self.name)
        return process if process and process.alive() else None

    def running(self):
        return self.process is not None

    def start(self, *extra):
        """Starts it with extra arguments and returns when it is ready. Nothing happens when it runs already."""
        if self.running():
            return self
        self.directory.mkdir(parents=True, exist_ok=True)
        self.prepare()
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C in a terminal reaches us, and we stop the servers in order.
            self._child = subprocess.Popen(
                self.command([str(argument) for argument in extra]),
                cwd=self.directory, env=self.environment(), start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )
        self.state.record(self.name, ProcessId.of(self._child.pid))
        self._wait_ready()
        self.after_start()
        return self

    def stop(self):
        """SIGTERM, then SIGKILL after `stop_limit`."""
        if self.process:
            self.process.stop(self.stop_limit)
        self._gone()

    def kill(self):
        """SIGKILL: as a machine that loses its power."""
        if self.process:
            self.process.kill()
        self._gone()

    def restart(self, *extra):
        self.stop()
        return self.start(*extra)

    def freeze(self):
        """Stops the process without ending it: connections stay open and nothing answers. thaw() lets it go on."""
        if self.process:
            self.process.signal(signal.SIGSTOP)

    def thaw(self):
        if self.process:
            self.process.signal(signal.SIGCONT)

    def wipe(self):
        """Removes everything it has stored. It must be stopped."""
        if self.running():
            raise StackError(f"{self.name}: stop it before its data is removed")
        shutil.rmtree(self.directory, ignore_errors=True)

    def accepts(self):
        """Whether the port takes connections."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def _gone(self):
        if self._child:
            self._child.wait()
            self._child = None
        self.state.record(self.name, None)

    def _wait_ready(self):
        deadline = time.monotonic() + self.start_limit
        while not (self.running() and self.ready()):
            if self._child.poll() is not None:
                self._fail(f"ended with status {self._child.returncode} while starting")
            if time.monotonic() > deadline:
                self._fail(f"was not ready after {self.start_limit:.0f} s")
            time.sleep(0.03)

    def _fail(self, what):
        self.kill()
        tail = self.log.read_text(errors="replace").splitlines()[-15:]
        raise StackError("\n".join([f"{self.name} {what}; {self.log} ends with:", *tail]))
