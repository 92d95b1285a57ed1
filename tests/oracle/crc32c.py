"""CRC-32C (Castagnoli), as S3 shows it: base64 of the big-endian sum. Slow; for small bodies."""

from base64 import b64encode

POLYNOMIAL = 0x82F63B78


def _row(value: int) -> int:
    for _ in range(8):
        value = (value >> 1) ^ (POLYNOMIAL if value & 1 else 0)
    return value


TABLE = [_row(value) for value in range(256)]


def crc32c_base64(body: bytes) -> str:
    crc = 0xFFFFFFFF
    for byte in body:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return b64encode((crc ^ 0xFFFFFFFF).to_bytes(4, "big")).decode()
