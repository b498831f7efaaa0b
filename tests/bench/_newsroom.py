"""The loopback newsroom of ``tests/bench/ingest.py``: finished answers from memory, so that serving costs next to nothing."""

from __future__ import annotations

import asyncio
import hashlib
import re
from typing import Any

from tests.bench._articles import KINDS

ASKED = re.compile(rb"GET /(\w+)/(\d+) ")
KNOWN = re.compile(rb"\r\nif-none-match: *(\S+)", re.I)


def answers(count: int) -> dict[tuple[bytes, int], tuple[bytes, bytes]]:
    """For each kind and number of page the ETag and the whole answer."""
    made = {}
    for kind, page in KINDS.items():
        for number in range(count):
            body = page(number)
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'.encode()
            head = b"HTTP/1.1 200 OK\r\nETag: %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (
                tag,
                len(body),
            )
            made[kind.encode(), number] = tag, head + body
    return made


def serve(port: Any, count: int) -> None:
    """`/<kind>/<number>` is a page with an ETag; nothing is forbidden. Runs until it is ended."""
    asyncio.run(_serve(port, answers(count)))


async def _serve(port: Any, made: dict[tuple[bytes, int], tuple[bytes, bytes]]) -> None:
    class Talk(asyncio.Protocol):
        def connection_made(self, transport: Any) -> None:
            self.transport = transport

        def data_received(self, data: bytes) -> None:
            asked, known = ASKED.match(data), KNOWN.search(data)
            found = made.get((asked[1], int(asked[2]))) if asked else None
            if found is None:
                self.transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            elif known and known[1] == found[0]:
                self.transport.write(b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % found[0])
            else:
                self.transport.write(found[1])

    server = await asyncio.get_running_loop().create_server(Talk, "127.0.0.1", 0)
    port.value = server.sockets[0].getsockname()[1]
    await server.serve_forever()
