"""What is too large or too empty to be kept."""

from pathlib import Path

MAX_SIZE = 50 * 1024 * 1024  # bytes; larger than any filing seen, smaller than what would hurt a worker


def refusal(data: bytes) -> str:
    """Why these bytes are not taken, in words; empty when they are."""
    if not data.strip():
        return "The file is empty. Nothing was kept; drop it again when it has content."
    return _too_large(len(data))


def read_file(path: Path) -> bytes | str:
    """The bytes of a dropped file, or the reason why it is refused (a 200 MB file is not even read)."""
    reason = _too_large(path.stat().st_size)
    if reason:
        return reason
    data = path.read_bytes()
    return refusal(data) or data


def _too_large(size: int) -> str:
    if size <= MAX_SIZE:
        return ""
    megabytes, limit = size // 1_000_000, MAX_SIZE // 1_000_000
    return f"The file has {megabytes} MB; the limit is {limit} MB. Split it or save the article alone."
