"""The simulator's media, recomputed: ids carry kind and size, bytes are a function of (id, size)."""

import hashlib
import re
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

DEFAULT_SIZE = 4096
CHUNK = 1 << 20
CONTENT_TYPES = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "webm": "video/webm",
    "json": "application/json",
}


def media_id(name: str, size: int = DEFAULT_SIZE, kind: str = "wav") -> str:
    return f"{name}-t{kind}-s{size}"


def size_of(id: str) -> int:
    found = re.search(r"-s(\d+)$", id)
    return int(found.group(1)) if found else DEFAULT_SIZE


def media_chunks(id: str, size: int | None = None) -> Iterator[bytes]:
    """The keystream of AES-256-CTR under SHA-256("<id>:<size>") with a zero IV, `size` bytes of it."""
    left = size_of(id) if size is None else size
    key = hashlib.sha256(f"{id}:{left}".encode()).digest()
    cipher = Cipher(AES(key), CTR(bytes(16))).encryptor()
    while left > 0:
        piece = min(left, CHUNK)
        yield cipher.update(bytes(piece))
        left -= piece


def media_bytes(id: str) -> bytes:
    return b"".join(media_chunks(id))


def media_sha256(id: str) -> str:
    digest = hashlib.sha256()
    for piece in media_chunks(id):
        digest.update(piece)
    return digest.hexdigest()
