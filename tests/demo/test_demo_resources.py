"""The demonstration region is whole, invented, and fits the shipped plan."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from stdnum.fi import ytunnus

from workbench.cases.plan.codes import CASE_TYPES
from workbench.cases.plan.lookup import selectable
from workbench.cases.plan.plan_json import common_plan
from workbench.resources import resource_text

REGION: dict[str, Any] = json.loads(resource_text("demo", "region.json"))
MATTERS: dict[str, Any] = json.loads(resource_text("demo", "matters.json"))
PLAN = common_plan()
ROLES = {"registrar", "preparer", "decider", "secretary", "manager", "archivist", "administrator"}


def contrast_with_white(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)


def test_five_municipalities_with_calendars_and_readable_colours() -> None:
    found = REGION["municipalities"]
    assert [m["code"] for m in found] == ["074", "236", "421", "849", "924"]
    assert len({m["colour"] for m in found}) == 5
    for m in found:
        assert ytunnus.is_valid(m["business_id"])
        assert contrast_with_white(m["colour"]) >= 4.5
        assert m["email"].endswith(".example") and m["genitive"].endswith("n")
        assert m["office_hours"]
        spans = [(date.fromisoformat(c["from"]), date.fromisoformat(c["to"])) for c in m["closings"]]
        assert all(a <= b for a, b in spans)
        assert any(a <= date(2026, 7, 15) <= b for a, b in spans)


def test_sixty_staff_and_every_role_in_every_municipality() -> None:
    offices = {o["id"]: o["municipality"] for o in REGION["offices"]}
    people = REGION["people"]
    assert len(people) >= 60
    assert len({p["email"] for p in people}) == len(people)
    held: dict[str, set[str]] = {}
    for person in people:
        for post in person["posts"]:
            assert offices[post["office"]] == post["municipality"]
            assert set(post["roles"]) <= ROLES
            assert post["relationship"] in {"virka", "työsuhde"}
            assert not ("decider" in post["roles"] and post["relationship"] == "työsuhde"), person["id"]
            held.setdefault(post["municipality"], set()).update(post["roles"])
    assert all(roles == ROLES for roles in held.values()) and len(held) == 5
    assert sum(len({q["municipality"] for q in p["posts"]}) > 1 for p in people) >= 8


def test_bodies_and_the_regional_council() -> None:
    bodies = {b["id"]: b for b in REGION["bodies"]}
    for code in ("074", "236", "421", "849", "924"):
        assert bodies[f"{code}-kv"]["members"] % 2 == 1
        assert {f"{code}-kh", f"{code}-tark", f"{code}-siv"} <= set(bodies)
    regional = bodies["421-seutu"]
    assert regional["members"] == sum(regional["seats_by_municipality"].values()) == 15


def test_sixty_kinds_of_matters_fit_the_plan() -> None:
    matters = MATTERS["matters"]
    assert len(matters) >= 60 and len({m["id"] for m in matters}) == len(matters)
    classes = {c.code: c for c in selectable(PLAN)}
    for matter in matters:
        node = classes[matter["class"]]
        assert matter["case_type"] in CASE_TYPES
        assert set(matter["actions"]) <= {a.name for a in node.actions}, matter["id"]
        assert matter["decision"].endswith(".")


def test_letters_are_letters_and_every_slot_can_be_filled() -> None:
    shared = set(MATTERS["slots"]) | set(MATTERS["slots"]["filled_by_program"])
    texts: set[str] = set()
    for matter in MATTERS["matters"]:
        assert 2 <= len(matter["letters"]) <= 4 and matter["follow_ups"], matter["id"]
        for letter in matter["letters"]:
            assert 80 <= len(letter["text"].split()) <= 300, (matter["id"], letter["sender"])
        for text in (*matter["letters"], *matter["follow_ups"]):
            assert text["sender"] in MATTERS["senders"]
            texts.add(text["text"])
        tied = {frozenset(letter["slots"]) for letter in matter["letters"]}
        assert len(tied) == 1, "every letter must name the same slots, or the title stays unfilled"
        slots = set(re.findall(r"\{(\w+)\}", json.dumps(matter)))
        assert slots <= shared | set(matter["slots"]) | set(*tied), matter["id"]
        assert not re.search(r"\}[a-zäö]", json.dumps(matter, ensure_ascii=False)), matter["id"]
    assert len(texts) == sum(len(m["letters"]) + len(m["follow_ups"]) for m in MATTERS["matters"])


def test_values_by_municipality_cover_all_five_and_belong_to_it() -> None:
    pools = [MATTERS["slots"], *(m["slots"] for m in MATTERS["matters"])]
    by_municipality = [v for pool in pools for v in pool.values() if isinstance(v, dict)]
    assert len(by_municipality) >= 4
    for values in by_municipality:
        assert set(values) == {"074", "236", "421", "849", "924"} and all(values.values())
    for code, numbers in MATTERS["slots"]["property"].items():
        assert all(re.fullmatch(rf"{code}-\d{{3}}-\d+-\d+", n) for n in numbers)
