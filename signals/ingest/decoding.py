"""Content encodings undone in bounded steps: a small answer that unpacks to gigabytes is stopped at the limit."""

import zlib
from collections.abc import Iterable, Iterator

STEP = 256 * 1024  # bytes unpacked at a time


class DecodingError(Exception):
    """The body is too large or not packed as it says."""


def decoded(parts: Iterable[bytes], encoding: str, max_size: int) -> Iterator[bytes]:
    """The plain bytes of a body. Raises DecodingError beyond ``max_size`` bytes, packed or plain."""
    names = [
        name.strip().lower() for name in encoding.split(",") if name.strip() and name.strip().lower() != "identity"
    ]
    if len(names) > 1:
        raise DecodingError(f"The answer is packed several times over ({encoding})")
    if names and names[0] not in ("gzip", "x-gzip", "deflate"):
        raise DecodingError(f"The answer is packed as {names[0]!r}, which was not asked for")
    total = 0
    for piece in _unpacked(parts, names[0]) if names else parts:
        total += len(piece)
        if total > max_size:
            raise DecodingError(f"The answer is larger than {max_size // 1_000_000} MB")
        yield piece


def _unpacked(parts: Iterable[bytes], name: str) -> Iterator[bytes]:
    unpack = zlib.decompressobj(15 + 32 if name != "deflate" else 15)
    first = True
    for part in parts:
        waiting = part
        while waiting:
            try:
                piece = unpack.decompress(waiting, STEP)
            except zlib.error as error:
                if not (first and name == "deflate"):
                    raise DecodingError(f"The answer is not packed as it says ({error})") from error
                unpack = zlib.decompressobj(-15)  # many servers send the bare stream
                piece = unpack.decompress(waiting, STEP)
            first = False
            if piece:
                yield piece
            waiting = unpack.unconsumed_tail
            if unpack.eof:
                return
    if not unpack.eof and not first:
        raise DecodingError("The packed answer breaks off")
