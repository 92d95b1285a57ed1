"""Runs a command with KAFKA_BOOTSTRAP_SERVERS of a broker of its own: python -m tests.broker.with_kafka COMMAND…"""

import os
import subprocess
import sys
import tempfile

from tests.stack.stack import Stack

with tempfile.TemporaryDirectory() as directory, Stack.start(directory, ["kafka"]) as stack:
    code = subprocess.run(sys.argv[1:], env={**os.environ, **stack.env}).returncode
sys.exit(code)
