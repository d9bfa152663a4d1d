"""A real nginx with TLS before a dashboard, with the configuration that docs/deploy shows."""

import ipaddress
import os
import shutil
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.live import LiveServer, free_port
from tests.support.prefix_client import MountedClient
from tests.support.test_run import ROOT

DEPLOY = ROOT / "docs" / "deploy"
PREFIX = "/convoca"
START = 10.0
"""Seconds until nginx must listen."""
# What surrounds a site in the nginx.conf of a distribution, with files of the test's own. In one process: a master of several
# writes its title over the environment that says which run of the suite it belongs to.
MAIN = """
daemon off;
master_process off;
pid {directory}/nginx.pid;
error_log {directory}/error.log;
events {{ worker_connections 128; }}
http {{
    include /etc/nginx/mime.types;
    access_log {directory}/access.log;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    include {directory}/site.conf;
    server {{
        listen 127.0.0.1:{prefix_port} ssl;
        server_name localhost;
        ssl_certificate {directory}/certificate.pem;
        ssl_certificate_key {directory}/key.pem;
        include {directory}/prefix.conf;
    }}
}}
"""


class Nginx:
    """An nginx before one dashboard: at `root` it has a name of its own, at `mounted` it is under a path.

    Args:
        directory: an empty directory for its files.
        server: the dashboard, started with `TRUSTED_PROXIES=1`.
    """

    def __init__(self, directory: Path, server: LiveServer) -> None:
        self.directory = directory
        ports: set[int] = set()
        while len(ports) < 3:
            ports.add(free_port())
        self.plain_port, port, prefix_port = ports
        self.root, self.mounted = f"https://localhost:{port}", f"https://localhost:{prefix_port}{PREFIX}"
        directory.mkdir()
        make_certificate(directory)
        main = MAIN.format(directory=directory, prefix_port=prefix_port)
        (directory / "nginx.conf").write_text(main)
        replaced = {
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
            "reuniones.example.com;": "localhost;",
            "/etc/ssl/certs/reuniones.pem;": f"{directory}/certificate.pem;",
            "/etc/ssl/private/reuniones.key;": f"{directory}/key.pem;",
            "root /opt/convoca;": f"root {server.directory};",
            "//127.0.0.1:8000": f"//127.0.0.1:{server.port}",
        }
        for documented, name in (("nginx.conf", "site.conf"), ("nginx-prefix.conf", "prefix.conf")):
            text = (DEPLOY / documented).read_text()
            for old, new in replaced.items():
                assert name != "site.conf" or old in text, f"{documented} no longer says {old!r}"
                text = text.replace(old, new)
            (directory / name).write_text(text)

    def __enter__(self) -> Self:
        command = [find_nginx(), "-p", str(self.directory), "-c", str(self.directory / "nginx.conf")]
        with (self.directory / "output").open("wb") as output:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self._wait_until_it_listens()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)

    def client(self, url: str) -> MountedClient:
        """A person's browser without JavaScript at `root` or `mounted`, which trusts its certificate."""
        return MountedClient(url, self.directory / "certificate.pem")

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + START
        while self._process.poll() is None and time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", urlsplit(self.root).port or 0)) == 0:
                    return
            time.sleep(0.02)
        said = (self.directory / "output").read_text() + (self.directory / "error.log").read_text()
        raise AssertionError(f"nginx did not start:\n{said}")


def find_nginx() -> str:
    """The path of nginx, which root's PATH has and others' may not."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/local/sbin:/usr/sbin:/sbin")
    if found is None:
        raise RuntimeError("nginx is missing; on Debian and Ubuntu: sh tests/install-system.sh")
    return found


def make_certificate(directory: Path) -> None:
    """Write `certificate.pem` and `key.pem`, for localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    (directory / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (directory / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
