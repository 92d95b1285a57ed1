"""Renders the programs' configuration files (JSON is YAML)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

Config = dict[str, Any]


@dataclass(frozen=True)
class Endpoints:
    """Where the servers are and how to get in."""

    kafka: str
    redis: str
    s3: str
    region: str
    access_key: str
    secret_key: str
    platform: str
    client_id: str
    client_secret: str

    @staticmethod
    def of(env: Mapping[str, str]) -> "Endpoints":
        """From what the stack writes into stack.env."""
        return Endpoints(env["KAFKA_BOOTSTRAP_SERVERS"], env["REDIS_URL"], env["AWS_ENDPOINT_URL_S3"], env["AWS_REGION"],
                         env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"], env["PLATFORM_URL"],
                         env["GENESYS_CLIENT_ID"], env["GENESYS_CLIENT_SECRET"])

    def with_redis(self, url: str) -> "Endpoints":
        return replace(self, redis=url)

    @property
    def aws_env(self) -> dict[str, str]:
        return {"AWS_ACCESS_KEY_ID": self.access_key, "AWS_SECRET_ACCESS_KEY": self.secret_key,
                "AWS_REGION": self.region, "AWS_EC2_METADATA_DISABLED": "true"}


@dataclass(frozen=True)
class Names:
    """What belongs to one user of the shared servers."""

    prefix: str
    group: str
    tenant: str
    bucket: str


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> Config:
    """`base` with `changes` laid over it, map by map; None removes a key."""
    result = dict(base)
    for name, value in changes.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(result.get(name), Mapping):
            result[name] = merged(result[name], value)
        else:
            result[name] = value
    return result


def tenant_part(at: Endpoints, names: Names) -> Config:
    return {
        "name": names.tenant,
        "platform": {
            "profile": "media-api", "api_url": at.platform, "token_url": f"{at.platform}/oauth/token",
            "client_id": at.client_id, "client_secret": at.client_secret,
            "download_hosts": ["127.0.0.1"], "allow_addresses": ["127.0.0.0/8"],
        },
        "destination": {
            "bucket": names.bucket, "region": at.region, "endpoint": at.s3, "allow_insecure": True, "format": "v3",
            "key": "archive/{yyyy}/{mm}/{dd}/{media_id}.enc",
        },
    }


def strongroom_config(at: Endpoints, names: Names, key_files: Mapping[str, Path], admin_port: int = 0,
                      changes: Mapping[str, Any] | None = None, platform: Mapping[str, Any] | None = None,
                      destination: Mapping[str, Any] | None = None) -> Config:
    """One file for all three programs: one tenant, the first of the keys active, topics for one broker. `changes` go over
    the whole, `platform` and `destination` into the tenant."""
    tenant = merged(tenant_part(at, names), {"platform": platform or {}, "destination": destination or {}})
    base: Config = {
        "kafka": {"brokers": at.kafka, "group": names.group, "topic_prefix": names.prefix},
        "topics": {"partitions": 4, "replication": 1, "min_in_sync": 1},
        "tenants": [tenant],
        "keys": {"active": next(iter(key_files)), "files": {id: str(path) for id, path in key_files.items()}},
        "redis": {"url": at.redis, "seal_key": bytes(range(32)).hex()},
        "admin": {"listen": f"127.0.0.1:{admin_port}"},
    }
    return merged(base, changes or {})


def write_key(folder: Path, id: str, key: bytes) -> Path:
    path = folder / f"{id}.key"
    path.touch(mode=0o600)
    path.write_text(key.hex() + "\n")
    return path


def write(path: Path, config: Config) -> Path:
    path.touch(mode=0o600)
    path.write_text(json.dumps(config, indent=2) + "\n")
    return path
