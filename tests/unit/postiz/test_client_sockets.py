"""Over real sockets on this machine: connections are used again, and a cancelled one is closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from postengine.postiz import AsyncPostizClient, PostizClient, PostizUnreachable

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n{"connected":true}'


class Server:
    """Counts connections; answers at once, or never."""

    def __init__(self, *, answers: bool) -> None:
        self._answers = answers
        self.connections = 0
        self.is_asked = asyncio.Event()
        self.is_left = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while await reader.readline():
            while (await reader.readline()).strip():
                pass
            self.is_asked.set()
            if self._answers:
                writer.write(ANSWER)
        self.is_left.set()
        writer.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def test_both_clients_use_their_connection_again() -> None:
    async def ask() -> tuple[int, int]:
        one, other = Server(answers=True), Server(answers=True)
        async with one.running() as url, AsyncPostizClient(base_url=url, api_key="k") as client:
            await client.is_connected()
            await client.is_connected()
        async with other.running() as url:
            await asyncio.to_thread(twice, url)
        return one.connections, other.connections

    def twice(url: str) -> None:
        with PostizClient(base_url=url, api_key="k") as client:
            client.is_connected()
            client.is_connected()

    assert asyncio.run(ask()) == (1, 1)


def test_a_cancelled_call_hangs_up() -> None:
    async def cancel() -> bool:
        server = Server(answers=False)
        async with server.running() as url, AsyncPostizClient(base_url=url, api_key="k") as client:
            task = asyncio.create_task(client.is_connected())
            await server.is_asked.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(server.is_left.wait(), 10)
        return server.is_left.is_set()

    assert asyncio.run(cancel())


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    async def find_free() -> str:
        async with Server(answers=True).running() as url:
            return url

    with PostizClient(base_url=asyncio.run(find_free()), api_key="k", tries=1) as client:
        with pytest.raises(PostizUnreachable):
            client.is_connected()
        assert "No connection to 127.0.0.1" in client.probe().summary
