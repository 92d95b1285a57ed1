"""Opens encrypted objects from the formats' public descriptions alone.

`v3`: Amazon S3 Encryption Client, data format V3, algorithm suite 115 (AES-256-GCM, HKDF-SHA512, key commitment), data key
wrapped by AES-GCM. `origin`: ciphertext and tag under one static key, `iv` in the metadata.
"""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import AEADDecryptionContext, Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

TAG_BYTES = 16
SUITE = bytes.fromhex("0073")
V3_IV = b"\x01" * 12


class CannotOpen(Exception):
    """The object does not open: the text says which step refused."""


def b64encode_text(value: bytes) -> str:
    return b64encode(value).decode()


def _hmac512(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha512")


def key_id_of(metadata: Mapping[str, str]) -> str:
    """The key id that a v3 object's material description names."""
    return str(json.loads(metadata.get("x-amz-m", "{}")).get("keyId", ""))


def v3_body_key(metadata: Mapping[str, str], key: bytes) -> bytes:
    """Unwraps the data key, compares the commitment, derives the key of the body."""
    if metadata["x-amz-c"] != "115" or metadata["x-amz-w"] != "02":
        raise CannotOpen(f"suite {metadata['x-amz-c']}, wrap {metadata['x-amz-w']}: not 115 and 02")
    wrapped, message_id = b64decode(metadata["x-amz-3"]), b64decode(metadata["x-amz-i"])
    try:
        data_key = AESGCM(key).decrypt(wrapped[:12], wrapped[12:], b"115")
    except InvalidTag:
        raise CannotOpen("the data key does not unwrap under this key") from None
    prk = _hmac512(message_id, data_key)
    commitment = _hmac512(prk, SUITE + b"COMMITKEY\x01")[:28]
    if not hmac.compare_digest(commitment, b64decode(metadata["x-amz-d"])):
        raise CannotOpen("the key commitment differs")
    return _hmac512(prk, SUITE + b"DERIVEKEY\x01")[:32]


def body_decryptor(metadata: Mapping[str, str], keys: Mapping[str, bytes]) -> AEADDecryptionContext:
    """The cipher of an object's body; `keys` by id, for `origin` the only key or the one called "origin"."""
    if "x-amz-c" in metadata:
        key = keys.get(key_id_of(metadata))
        if key is None:
            raise CannotOpen(f"no key {key_id_of(metadata)!r}")
        cipher = Cipher(AES(v3_body_key(metadata, key)), GCM(V3_IV)).decryptor()
        cipher.authenticate_additional_data(SUITE)
        return cipher
    if metadata.get("encryption") == "aes-256-gcm":
        key = keys["origin"] if "origin" in keys else next(iter(keys.values()))
        return Cipher(AES(key), GCM(b64decode(metadata["iv"]))).decryptor()
    raise CannotOpen(f"unknown format: {sorted(metadata)}")


def open_chunks(metadata: Mapping[str, str], body: Iterable[bytes], keys: Mapping[str, bytes]) -> Iterator[bytes]:
    """The plaintext, piece by piece. Raises CannotOpen at the end when the tag refuses: only then is it authentic."""
    cipher = body_decryptor(metadata, keys)
    held = b""
    for piece in body:
        held += piece
        if len(held) > TAG_BYTES:
            yield cipher.update(held[:-TAG_BYTES])
            held = held[-TAG_BYTES:]
    if len(held) != TAG_BYTES:
        raise CannotOpen("shorter than a tag")
    try:
        cipher.finalize_with_tag(held)
    except InvalidTag:
        raise CannotOpen("the tag refuses the body") from None
