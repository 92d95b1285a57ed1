"""S3: versitygw over a folder, with versioning, Object Lock and users."""

import os
import secrets
import urllib.error
import urllib.request

from .server import Server
from .tools import dependency

REGION = "us-east-1"


class S3(Server):
    """`start("--max-requests", 2)` makes it answer 503 SlowDown beyond two requests at once."""

    name = "s3"

    def __init__(self, state, directory):
        super().__init__(state, directory)
        self.access_key = state.setting("s3.access_key", lambda: "stack" + secrets.token_hex(6))
        self.secret_key = state.setting("s3.secret_key", lambda: secrets.token_hex(20))
        self.bucket = "strongroom-archive"

    @property
    def url(self):
        return f"http://{self.address}"

    def command(self, extra):
        return [str(dependency("go_tool.sh", "versitygw")), "--port", self.address, "--region", REGION, "--keep-alive",
                "--quiet", "--health", "/health", "--virtual-domain", "s3.local", "--iam-dir", str(self.directory / "users"),
                *extra, "posix", "--versioning-dir", str(self.directory / "versions"), str(self.directory / "buckets")]

    def environment(self):
        return {**os.environ, "ROOT_ACCESS_KEY": self.access_key, "ROOT_SECRET_KEY": self.secret_key}

    def prepare(self):
        for folder in ("users", "versions", "buckets"):
            (self.directory / folder).mkdir(exist_ok=True)

    def ready(self):
        try:
            return urllib.request.urlopen(f"{self.url}/health", timeout=2).status == 200
        except (OSError, urllib.error.URLError):
            return False

    def after_start(self):
        self.create_bucket(self.bucket)

    def client(self):
        """A boto3 client with the root credentials."""
        import boto3  # costs 0.3 s, which only its users pay
        return boto3.client("s3", endpoint_url=self.url, region_name=REGION, aws_access_key_id=self.access_key,
                            aws_secret_access_key=self.secret_key)

    def create_bucket(self, name):
        """Creates the bucket unless it is there."""
        if not (self.directory / "buckets" / name).exists():
            self.client().create_bucket(Bucket=name)
