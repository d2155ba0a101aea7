"""The shipped nginx configuration, run in a real nginx with its own certificate."""

import datetime as dt
import ssl
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.programs.copied_code import ROOT
from tests.support.programs.ports import free_port

NGINX = "/usr/sbin/nginx"
_SHIPPED = ROOT / "deploy" / "nginx"
_MAIN = """daemon off;
user root;
pid {folder}/pid;
error_log {folder}/main.error.log crit;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/*.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class PreparedNginx:
    """An nginx that is not started yet: its port and its folder."""

    folder: Path
    port: int

    @property
    def address(self):
        return f"https://127.0.0.1:{self.port}"

    @property
    def client_context(self):
        """Return the SSL context of a phone that trusts this nginx's certificate."""
        return ssl.create_default_context(cafile=str(self.folder / "tls" / "fullchain.pem"))

    def read_logs(self):
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    def command(self, *more):
        return [NGINX, "-p", str(self.folder), "-c", str(self.folder / "main"), *more]


def prepare_nginx(folder):
    """Make a folder with a certificate for 127.0.0.1 and a free port."""
    (folder / "tls").mkdir(parents=True)
    write_self_signed_certificate(folder / "tls")
    return PreparedNginx(folder, free_port())


def write_configuration(front, upstream, without="", instead=None):
    """Write the shipped files with this test's paths and ports, less `without`, with `instead` replaced."""
    changes = {
        "/etc/nginx/tls": str(front.folder / "tls"),
        "/var/log/nginx": str(front.folder),
        "listen 443 ": f"listen 127.0.0.1:{front.port} ",
        "listen 80 ": f"listen 127.0.0.1:{free_port()} ",
        "server 127.0.0.1:8000;": f"server {urlsplit(upstream).netloc};",
        **({without: ""} if without else {}),
        **(instead or {}),
    }
    (front.folder / "main").write_text(_MAIN.format(folder=front.folder))
    for shipped in _SHIPPED.glob("*.conf"):
        text = shipped.read_text(encoding="utf-8")
        for theirs, ours in changes.items():
            text = text.replace(theirs, ours)
        (front.folder / shipped.name).write_text(text, encoding="utf-8")


@contextmanager
def run_nginx(front, upstream, without="", instead=None):
    """Run nginx in front of the service at `upstream`."""
    write_configuration(front, upstream, without, instead)
    with subprocess.Popen(front.command()) as process:  # noqa: S603 - the system's nginx
        try:
            _wait_for(front.folder / "pid", process)
            yield
        finally:
            process.terminate()


def _wait_for(path, process):
    until = time.monotonic() + 30
    while not (path.exists() and path.read_text().strip()):
        assert process.poll() is None, "nginx stopped"
        assert time.monotonic() < until, "nginx did not start"
        time.sleep(0.02)


def write_self_signed_certificate(folder):
    """Write a key and a self-signed certificate: `privkey.pem`, `fullchain.pem`."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pension-bot test")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
