"""The oracles themselves, against answers that others published."""

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.oracle import envelopes
from tests.oracle.config import merged
from tests.oracle.crc32c import crc32c_base64
from tests.oracle.media import media_bytes, media_id, size_of
from tests.oracle.wait import DeadlineExceeded, wait_until

# aws/amazon-s3-encryption-client-go, v4/internal/key_derivation_test.go: data key, message id, body key, commitment.
KEY_DERIVATION = [
    ("80d90dc4cc7e77d8a6332efa44eba56230a7fe7b89af37d1e501ab2e07c0a163",
     "b8ea76bed24c7b85382a148cb9dcd1cfdfb765f55ded4dfa6e0c4c79",
     "6dd14f546cc006e639126e83f5d4d1b118576bb5df97f38c6fb3a1db87bbc338",
     "f89818bc0a346d3a3426b68e9509b6b2ae5fe1f904aa329fb73625db"),
    ("501afb8227d22e75e68010414b8abdaf3064c081e8e922dafef4992036394d60",
     "61a00b4981a5aacfd136c55cb726e32d2a547dc7600a7d4675c69127",
     "e14786a714748d1d2c3a4a6816dec56ddf1881bbeabb4f39420ffb9f63700b2f",
     "5c1e73e47f6fe3a70d6d094283aceaa76d2975feb829212d88f0afc1"),
]


def v3_metadata(key: bytes, data_key: bytes, message_id: bytes, commitment: bytes) -> dict[str, str]:
    iv = os.urandom(12)
    wrapped = iv + AESGCM(key).encrypt(iv, data_key, b"115")
    encoded = {name: envelopes.b64encode_text(value)
               for name, value in (("x-amz-3", wrapped), ("x-amz-i", message_id), ("x-amz-d", commitment))}
    return {"x-amz-c": "115", "x-amz-w": "02", "x-amz-m": '{"keyId":"k"}', **encoded}


@pytest.mark.parametrize(("data_key", "message_id", "body_key", "commitment"), KEY_DERIVATION)
def test_v3_key_derivation_matches_the_official_client(data_key: str, message_id: str, body_key: str,
                                                       commitment: str) -> None:
    parts = (bytes.fromhex(text) for text in (data_key, message_id, commitment))
    assert envelopes.v3_body_key(v3_metadata(bytes(32), *parts), bytes(32)).hex() == body_key


def test_v3_refuses_a_wrong_key_and_a_wrong_commitment() -> None:
    data_key, message_id, _, commitment = (bytes.fromhex(text) for text in KEY_DERIVATION[0])
    with pytest.raises(envelopes.CannotOpen, match="unwrap"):
        envelopes.v3_body_key(v3_metadata(bytes(32), data_key, message_id, commitment), b"x" * 32)
    with pytest.raises(envelopes.CannotOpen, match="commitment"):
        envelopes.v3_body_key(v3_metadata(bytes(32), data_key, message_id, bytes(28)), bytes(32))


def test_origin_opens_and_refuses_a_changed_body() -> None:
    key, iv, plain = bytes(32), bytes(12), b"hello" * 100
    metadata = {"encryption": "aes-256-gcm", "iv": envelopes.b64encode_text(iv)}
    body = AESGCM(key).encrypt(iv, plain, None)
    assert b"".join(envelopes.open_chunks(metadata, [body[:7], body[7:]], {"k": key})) == plain
    with pytest.raises(envelopes.CannotOpen, match="tag"):
        list(envelopes.open_chunks(metadata, [b"x" + body[1:]], {"k": key}))


def test_media_bytes_depend_on_id_and_size_alone() -> None:
    id = media_id("call-1", 100_000, "mp3")
    assert size_of(id) == 100_000 == len(media_bytes(id))
    assert media_bytes(id) == media_bytes(id) != media_bytes(media_id("call-2", 100_000, "mp3"))
    assert media_bytes(media_id("empty", 0)) == b""


def test_crc32c_known_answer() -> None:
    assert crc32c_base64(b"123456789") == envelopes.b64encode_text(bytes.fromhex("e3069283"))  # RFC 3720, B.4


def test_wait_until_returns_the_answer_or_names_what_it_waited_for() -> None:
    answers = iter([0, 0, 7])
    assert wait_until(lambda: next(answers), 5) == 7
    with pytest.raises(DeadlineExceeded, match="the moon"):
        wait_until(lambda: False, 0, "the moon")


def test_config_changes_are_laid_over_map_by_map() -> None:
    assert merged({"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"c": 4}, "d": None}) == {"a": {"b": 1, "c": 4}}
