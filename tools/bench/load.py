"""A closed-loop load generator: keep-alive connections in separate processes, each requesting one path."""

import asyncio
import multiprocessing
import time
from urllib.parse import urlsplit

PROCESSES = 2


def measure_requests_per_second(url: str, connections: int, seconds: float, cookies: str = "") -> float:
    """How many answers a second come on so many connections, each asking with these cookies.

    The kernel assigns connections to workers, and an uneven split (15 to 1) would halve the figure. So the
    server has one worker, or (see `servers`) each worker its own port, and the connections are distributed
    evenly over the `url`s, which are separated by spaces.
    """
    urls = url.split()
    jobs = [
        (urls[number % len(urls)], connections // PROCESSES, seconds, cookies) for number in range(PROCESSES)
    ]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        return sum(pool.starmap(_run_process, jobs))


def _run_process(url: str, connections: int, seconds: float, cookies: str) -> float:
    return asyncio.run(_run_connections(url, connections, seconds, cookies))


async def _run_connections(url: str, connections: int, seconds: float, cookies: str) -> float:
    deadline = time.monotonic() + seconds
    done = await asyncio.gather(*(_run_connection(url, deadline, cookies) for _ in range(connections)))
    return sum(done) / seconds


async def _run_connection(url: str, deadline: float, cookies: str) -> int:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    cookie = f"Cookie: {cookies}\r\n" if cookies else ""
    request = f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\n{cookie}\r\n".encode()
    count = 0
    while time.monotonic() < deadline:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        status, _, fields = head.decode("latin-1").partition("\r\n")
        if " 200 " not in status:
            raise RuntimeError(f"{url} answered {status}")
        lengths = [line for line in fields.split("\r\n") if line.lower().startswith("content-length:")]
        await reader.readexactly(int(lengths[0].partition(":")[2]))
        count += 1
        if "connection: close" in fields.lower():
            writer.close()
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.close()
    return count
