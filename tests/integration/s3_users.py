"""Users of the S3 server besides its root, through the server's own admin tool."""

import json
import subprocess

from tests.oracle.config import Endpoints
from tests.oracle.store import Store
from tests.stack.tools import dependency


class S3Users:
    def __init__(self, at: Endpoints) -> None:
        self._at = at
        self._store = Store(at.s3, at.access_key, at.secret_key, at.region)

    def create(self, name: str, secret: str) -> None:
        """A user whose access key is its name; an older one of that name is replaced."""
        self._admin("delete-user", "--access", name)
        created = self._admin("create-user", "--access", name, "--secret", secret, "--role", "user")
        assert created.returncode == 0, created.stdout + created.stderr

    def allow(self, name: str, bucket: str) -> None:
        """All that a worker needs in the bucket (README.md, IAM policy)."""
        policy = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": [name]}, "Action": ["s3:ListBucket"],
             "Resource": [f"arn:aws:s3:::{bucket}"]},
            {"Effect": "Allow", "Principal": {"AWS": [name]},
             "Action": ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"],
             "Resource": [f"arn:aws:s3:::{bucket}/*"]},
        ]}
        self._store.client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))

    def _admin(self, *args: str) -> subprocess.CompletedProcess[str]:
        program = dependency("go_tool.sh", "versitygw")
        login = ["--access", self._at.access_key, "--secret", self._at.secret_key, "--endpoint-url", self._at.s3]
        return subprocess.run([str(program), "admin", *login, *args], capture_output=True, text=True, timeout=30,
                              check=False)
