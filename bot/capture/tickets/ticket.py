"""One-time tickets of capture links: the link holds the secret, the database only its hash."""

import base64
import hashlib
import secrets


def new_ticket() -> tuple[str, bytes]:
    """Make a ticket: 32 random bytes as 43 base64url characters, and the hash to store."""
    ticket = secrets.token_urlsafe(32)
    return ticket, ticket_hash(ticket)


def ticket_from(seed: str) -> tuple[str, bytes]:
    """Return the ticket derived from a secret, in the same form, and the hash to store."""
    digest = hashlib.sha256(f"capture {seed}".encode("utf-8", "surrogatepass")).digest()
    ticket = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return ticket, ticket_hash(ticket)


def ticket_hash(ticket: str) -> bytes:
    """Return the 32 bytes of SHA-256 under which a ticket is stored, so that a leaked table opens nothing."""
    return hashlib.sha256(ticket.encode("utf-8", "surrogatepass")).digest()
