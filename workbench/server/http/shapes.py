"""Shapes of bodies and answers, for checking and for the OpenAPI document. What is not named here is passed over."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from workbench.sync.wire import GROUP_OPS, PULL_ROWS

UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
ID = r"^[\w./:@+-]*$"
"""Its length is bounded apart: counted in the pattern, each look at an id costs ten times as much."""
ID_LENGTH = 200
_INSTANT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$"
_NO_NUL = r"^[^\x00]*$"

Uuid = Annotated[str, StringConstraints(pattern=UUID)]
Id = Annotated[str, StringConstraints(pattern=ID, min_length=1, max_length=ID_LENGTH)]
MaybeId = Annotated[str, StringConstraints(pattern=ID, max_length=ID_LENGTH)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,79}$")]
Moment = Annotated[str, StringConstraints(pattern=_INSTANT)]
Line = Annotated[str, StringConstraints(max_length=500, pattern=_NO_NUL)]
Prose = Annotated[str, StringConstraints(max_length=100_000, pattern=_NO_NUL)]
Secret = Annotated[str, StringConstraints(max_length=1000)]
Cursor = Annotated[str, StringConstraints(max_length=100, pattern=r"^[\x21-\x7e]*$")]
Municipality = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(strict=True, ge=0, le=2**53)]


# -- who is asking ---------------------------------------------------------------------------------------


class SignInBody(TypedDict):
    username: Secret
    password: Secret
    code: NotRequired[Secret]
    client_id: Uuid
    device_name: NotRequired[Line]


class EnrolBody(TypedDict):
    token: Secret
    client_id: Uuid
    device_name: NotRequired[Line]


class RefreshBody(TypedDict):
    refresh_token: Secret
    client_id: Uuid


class PasswordBody(TypedDict):
    old: Secret
    new: Secret


class SignedAnswer(TypedDict):
    access_token: str
    access_expires_at: str
    refresh_token: str
    refresh_expires_at: str
    person_id: str
    name: str


class DeviceAnswer(TypedDict):
    client_id: str
    name: str
    made_at: str
    last_seen_at: str
    revoked: bool
    lost: bool
    this: bool


class DevicesAnswer(TypedDict):
    devices: list[DeviceAnswer]


class SessionBody(TypedDict):
    client_id: Uuid
    app: NotRequired[Line]
    protocol: Count
    schema: NotRequired[Line]
    epoch: NotRequired[Line]


class Limits(TypedDict):
    push_ops: int
    push_bytes: int
    group_ops: int
    pull_rows: int
    wait_seconds: int
    blob_chunk: int


class SessionAnswer(TypedDict):
    epoch: str
    server_time: str
    person_id: str
    protocol: int
    schema: str
    offline_days: int
    quarantine_days: int
    features: list[str]
    adopts: bool
    limits: Limits


# -- push and pull ---------------------------------------------------------------------------------------


class OpBody(TypedDict):
    op_id: Uuid
    type: Literal["create", "patch", "delete", "move"]
    kind: Name
    id: Id
    scope: NotRequired[MaybeId]
    base_rev: NotRequired[Count]
    after_op: NotRequired[MaybeId]
    patch: NotRequired[dict[str, Any]]
    derived: NotRequired[dict[str, Any]]


class ClaimBody(TypedDict):
    generation: Count
    numbers: Annotated[list[Count], Field(max_length=GROUP_OPS)]


class GroupBody(TypedDict):
    group_id: Uuid
    n: NotRequired[Count]
    command: Name
    version: NotRequired[Count]
    args: NotRequired[dict[str, Any] | None]
    at: Moment
    actor: MaybeId
    municipality: NotRequired[MaybeId]
    arrangement: NotRequired[MaybeId]
    undoes: NotRequired[MaybeId]
    about: NotRequired[Annotated[list[MaybeId], Field(min_length=2, max_length=2)]]
    title: NotRequired[Line]
    words: NotRequired[dict[str, Any]]
    reason: NotRequired[Prose]
    resolves: NotRequired[Annotated[list[Uuid], Field(max_length=1000)]]
    held: NotRequired[Annotated[dict[Id, ClaimBody], Field(max_length=100)]]
    ops: NotRequired[Annotated[list[OpBody], Field(max_length=GROUP_OPS)]]


class PushBody(TypedDict):
    epoch: NotRequired[Line]
    acked_through: NotRequired[Count]
    groups: Annotated[list[GroupBody], Field(max_length=GROUP_OPS)]


class EntryAnswer(TypedDict, total=False):
    seq: int
    scope: str
    kind: str
    id: str
    op: str
    rev: int
    data: dict[str, Any]
    gen: int
    role: str
    valid_to: str | None


class OpAnswer(TypedDict):
    op_id: str
    rev: int
    seq: int
    scope: str


class ClashAnswer(TypedDict, total=False):
    kind: str
    id: str
    fields: list[str]
    by: str
    at: str


class ResultAnswer(TypedDict):
    group_id: str
    status: Literal["applied", "conflict", "rejected", "blocked"]
    ops: NotRequired[list[OpAnswer]]
    rows: NotRequired[list[EntryAnswer]]
    why: NotRequired[str]
    code: NotRequired[str]
    message: NotRequired[str]
    conflicts: NotRequired[list[ClashAnswer]]
    incident: NotRequired[str]


class PushAnswer(TypedDict):
    results: list[ResultAnswer]
    horizon: str


class PageAnswer(TypedDict):
    entries: list[EntryAnswer]
    next: str
    more: bool
    horizon: str
    server_time: str
    digests: NotRequired[dict[str, list[Any]]]
    revoked: NotRequired[bool]


class WaitAnswer(TypedDict):
    horizon: str
    changed: bool


class AuditAnswer(TypedDict):
    entries: list[dict[str, Any]]
    more: bool


class SignAnswer(TypedDict):
    code: str
    reason: str


class ViewingAnswer(TypedDict):
    at: str
    person_id: str
    person: str
    kind: str
    id: str
    number: str
    reason: str
    signs: list[SignAnswer]


class UnusualAnswer(TypedDict):
    viewings: list[ViewingAnswer]


class HeldAnswer(TypedDict):
    series: str
    generation: int
    next: int
    holder: str
    name: str
    municipality: str
    since: str | None
    mine: bool


class HeldListAnswer(TypedDict):
    held: list[HeldAnswer]


class LeaseAnswer(TypedDict):
    holder: str
    name: str
    until: str | None
    mine: bool


# -- contents of files -----------------------------------------------------------------------------------


class BlobBody(TypedDict):
    municipality: Municipality
    sha256: Sha256
    size: Count


class MissingBody(TypedDict):
    blobs: Annotated[list[BlobBody], Field(max_length=PULL_ROWS)]


class MissingBlob(TypedDict):
    municipality: str
    sha256: str
    offset: int


class MissingAnswer(TypedDict):
    missing: list[MissingBlob]


class PieceAnswer(TypedDict):
    offset: int
    done: bool


class StateAnswer(TypedDict):
    status: str
