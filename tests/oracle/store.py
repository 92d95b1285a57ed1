"""S3 through boto3: an independent look at what the product stored."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.oracle.envelopes import open_chunks

CHUNK = 1 << 20


class Store:
    """One S3 endpoint with one set of credentials."""

    def __init__(self, endpoint: str, access_key: str, secret_key: str, region: str) -> None:
        self.client: Any = boto3.client(
            "s3", endpoint_url=endpoint, region_name=region, aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 4}, max_pool_connections=16),
        )

    def create_bucket(self, bucket: str, versioned: bool = False) -> None:
        self.client.create_bucket(Bucket=bucket)
        if versioned:
            self.client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})

    def keys(self, bucket: str, prefix: str = "") -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def versions(self, bucket: str, key: str) -> int:
        """How often the object was stored (in a versioned bucket)."""
        listed = self.client.list_object_versions(Bucket=bucket, Prefix=key).get("Versions", [])
        return sum(1 for version in listed if version["Key"] == key)

    def pending_uploads(self, bucket: str) -> list[str]:
        return [upload["Key"] for upload in self.client.list_multipart_uploads(Bucket=bucket).get("Uploads", [])]

    def head(self, bucket: str, key: str) -> dict[str, Any] | None:
        try:
            return dict(self.client.head_object(Bucket=bucket, Key=key))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise

    def put(self, bucket: str, key: str, body: bytes, metadata: Mapping[str, str]) -> None:
        self.client.put_object(Bucket=bucket, Key=key, Body=body, Metadata=dict(metadata))

    def get(self, bucket: str, key: str) -> tuple[dict[str, str], bytes]:
        reply = self.client.get_object(Bucket=bucket, Key=key)
        return dict(reply["Metadata"]), reply["Body"].read()

    def plaintext(self, bucket: str, key: str, keys: Mapping[str, bytes]) -> Iterator[bytes]:
        """Decrypted pieces; authentic only once the iteration has ended without an exception."""
        reply = self.client.get_object(Bucket=bucket, Key=key)
        return open_chunks(reply["Metadata"], reply["Body"].iter_chunks(CHUNK), keys)

    def plaintext_sha256(self, bucket: str, key: str, keys: Mapping[str, bytes]) -> tuple[int, str]:
        """Length and digest of the authentic plaintext."""
        digest, length = hashlib.sha256(), 0
        for piece in self.plaintext(bucket, key, keys):
            digest.update(piece)
            length += len(piece)
        return length, digest.hexdigest()
