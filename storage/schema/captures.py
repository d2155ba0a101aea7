"""Tables of captures and their results: links, consents, certifications and the keys of receipts."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, LargeBinary, Table, Text, false, text

from storage.schema.columns import BigId, Holds, UtcDateTime, metadata, partial_index, sealed

captures = Table(
    "captures",
    metadata,
    Column("ticket_hash", LargeBinary, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    sealed("request", by=("ticket_hash", "account"), holds=Holds.REQUEST, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("consent_version", Text),
    Column("consented_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("outcome", Text),
    Column("reason", Text),
    Column("challenge", Text),
    Column("starts", Integer, nullable=False, server_default="0"),
    Column("handed_over", Boolean, nullable=False, server_default=false()),
    Column("bound_to", Text),
    Column("redraws", Integer, nullable=False, server_default="0"),
    Column("scores", JSON(none_as_null=True)),
    Column("language", Text, nullable=False, server_default="zh"),
    Column("id_type", Text),
    Column("number_blind", LargeBinary),
    Column("platform_key", LargeBinary),
    Column("platform_begun_at", UtcDateTime),
    Index("ix_captures_person", "number_blind", "id_type", "finished_at"),
)
"""`attempts` holds a link's retries, pictures taken again at no cost; `starts` holds the challenges begun. A
failure is a row whose `outcome` says so."""

platform_proofs = Table(
    "platform_proofs",
    metadata,
    Column("proof_hash", LargeBinary, primary_key=True),
    Column("ticket_hash", LargeBinary, nullable=False),
    Column("brought_at", UtcDateTime, nullable=False),
)

_PASSED = ("receipt", "ticket_hash", "account", "scheme", "id_type", "number_blind")
_STANDS = (*_PASSED, "city", "certified_at", "due_on", "channel", "mark", "signature", "revoked_at")
"""What a pass states, how it is signed, and whether it was revoked: changed together or not at all.

`recorded_at` is not among them: it decides only which export holds a pass. None stands for `certified_at`.
"""

_REVOKED = text("revoked_at IS NOT NULL")
certifications = Table(
    "certifications",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("receipt", Text, nullable=False, unique=True),
    Column("ticket_hash", LargeBinary, nullable=False, unique=True),
    Column("account", Text, nullable=False, index=True),
    Column("scheme", Text, nullable=False),
    Column("id_type", Text, nullable=False),
    Column("number_blind", LargeBinary, nullable=False),
    sealed("people", by=_PASSED, holds=Holds.PEOPLE, nullable=False),
    Column("city", Text, nullable=False),
    Column("certified_at", UtcDateTime, nullable=False, index=True),
    Column("due_on", Date, nullable=False),
    Column("channel", Text, nullable=False),
    Column("scores", JSON, nullable=False),
    Column("signature", Text),
    Column("revoked_at", UtcDateTime),
    sealed("revocation", by=_STANDS),
    Column("mark", Text, nullable=False, server_default="sure"),
    Column("recorded_at", UtcDateTime, index=True),
    Index("ix_certifications_person", "number_blind", "id_type", "scheme", "certified_at"),
    partial_index("ix_certifications_revoked_at", "revoked_at", where=_REVOKED),
)

receipt_keys = Table(
    "receipt_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("public_key", Text, nullable=False),
    sealed("proof", by=("key_id", "public_key")),
)

live_lines = Table(
    "live_lines",
    metadata,
    Column("writer", Text, primary_key=True),
    Column("inside", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("agreed_at", UtcDateTime, nullable=False),
)
