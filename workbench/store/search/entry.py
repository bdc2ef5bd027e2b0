"""What a kind offers to be found by, and the scope tokens that carry rights into the index."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SearchEntry:
    """``title`` is shown in hits; ``body`` is what excerpts are cut from; ``root_id`` is the object a
    hit leads to."""

    title: str
    body: str
    root_id: str


def acl_tokens(scope_id: str, readers: str = "") -> list[str]:
    """Tokens of a scope, coarse and fine, so that a wide right costs one term.

    ``unit:924/hallinto/10`` → municipality, office, office and main class, municipality and main class.
    ``case:<id>``, ``doc:<id>`` → the tokens of its ``readers``. ``user:<id>``, ``global`` → one token.
    """
    kind, _, rest = scope_id.partition(":")
    if kind == "unit":
        municipality, office, main_class = rest.split("/")
        return [
            municipality_token(municipality),
            office_token(municipality, office),
            f"c{municipality}_{office}_{main_class}",
            class_token(municipality, main_class),
        ]
    if is_restricted(scope_id):
        return readers.split()
    return [single_token(scope_id)]


def is_restricted(scope_id: str) -> bool:
    """Whether a scope stands apart: that of one secret case or document."""
    return scope_id.startswith(("case:", "doc:"))


def municipality_token(municipality: str) -> str:
    """Everything ordinary of one municipality."""
    return f"m{municipality}"


def office_token(municipality: str, office: str) -> str:
    """Everything ordinary of one office."""
    return f"o{municipality}_{office}"


def class_token(municipality: str, main_class: str) -> str:
    """Everything ordinary of one main class in one municipality."""
    return f"k{municipality}_{main_class}"


def secret_token(municipality: str, office: str = "") -> str:
    """Everything restricted of one municipality, or of one office of it."""
    return f"s{municipality}_{office}" if office else f"s{municipality}"


def person_token(municipality: str, person_id: str) -> str:
    """Everything restricted of one municipality that one person has been given a right to."""
    return f"p{municipality}_{person_id.replace('-', '')}"


def single_token(scope_id: str) -> str:
    """A scope that stands alone: ``user:…``, ``global``."""
    kind, _, rest = scope_id.partition(":")
    return f"x{kind}_{rest.replace('-', '')}" if rest else f"x{kind}"
