"""What changed between two versions of a plan, in Finnish sentences a records manager can read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.cases.plan.model import (
    FIELD_NAMES,
    RETENTION_FIELDS,
    Defaults,
    PlanAction,
    PlanClass,
    PlanDocument,
    PlanVersion,
)
from workbench.cases.plan.rules import FIELD_LABELS, retention_text
from workbench.i18n import _


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``kind`` is ``added``, ``removed``, ``renamed`` or ``changed``; ``text`` the sentence."""

    kind: str
    code: str
    text: str


def diff(old: PlanVersion, new: PlanVersion) -> list[Change]:
    """Every change from ``old`` to ``new`` in code order; empty when the classes say the same."""
    before = {c.code: c for c in old.classes}
    after = {c.code: c for c in new.classes}
    changes: list[Change] = []
    for code in sorted(before.keys() | after.keys()):
        was, now = before.get(code), after.get(code)
        if was is None and now is not None:
            changes.append(Change("added", code, _("Luokka {label} lisättiin").format(label=now.label)))
        elif was is not None and now is None:
            changes.append(Change("removed", code, _("Luokka {label} poistettiin").format(label=was.label)))
        elif was is not None and now is not None and was != now:
            changes.extend(_class_changes(was, now))
    return changes


def _class_changes(was: PlanClass, now: PlanClass) -> Iterator[Change]:
    if was.name != now.name:
        yield Change(
            "renamed",
            now.code,
            _("Luokan {code} nimi: {old} → {new}").format(code=now.code, old=was.name, new=now.name),
        )
    for line in _value_lines(was.process, now.process):
        yield Change("changed", now.code, _("Luokka {label}: {line}").format(label=now.label, line=line))
    for line in (*_plain_lines(was, now), *_action_lines(was, now)):
        yield Change("changed", now.code, _("Luokka {label}: {line}").format(label=now.label, line=line))


def _plain_lines(was: PlanClass, now: PlanClass) -> Iterator[str]:
    pairs = (
        (_("yläluokka"), was.parent, now.parent),
        (_("asian otsikon malli"), was.case_title_pattern, now.case_title_pattern),
        (_("käsittelyvaiheet"), ", ".join(was.phases), ", ".join(now.phases)),
        (_("käsittelyn tavoiteaika, päivää"), was.handling_target_days, now.handling_target_days),
        (_("vihjesanat"), ", ".join(was.hints), ", ".join(now.hints)),
        (_("asiatyypit"), ", ".join(was.case_types), ", ".join(now.case_types)),
    )
    for label, old, new in pairs:
        if old != new:
            yield _arrow(label, old, new)


def _value_lines(was: Defaults, now: Defaults) -> Iterator[str]:
    old_retention, new_retention = _retention(was), _retention(now)
    if any(getattr(was, f) != getattr(now, f) for f in RETENTION_FIELDS) and old_retention != new_retention:
        yield _arrow(_("säilytysaika"), old_retention, new_retention)
    for name in FIELD_NAMES:
        old, new = getattr(was, name), getattr(now, name)
        if old != new and not (name in RETENTION_FIELDS and old_retention != new_retention):
            yield _arrow(_(FIELD_LABELS[name]), old, new)


def _retention(values: Defaults) -> str | None:
    return None if values.kind is None else retention_text(values)


def _action_lines(was: PlanClass, now: PlanClass) -> Iterator[str]:
    before, after = _by_place(was.actions), _by_place(now.actions)
    for place in (*before, *(p for p in after if p not in before)):
        old, new = before.get(place), after.get(place)
        phase, name, _nth = place
        if old is None:
            yield _("uusi toimenpide {name} vaiheeseen {phase}").format(name=name, phase=phase)
        elif new is None:
            yield _("toimenpide {name} poistettiin vaiheesta {phase}").format(name=name, phase=phase)
        elif old != new:
            for line in (*_value_lines(old.defaults, new.defaults), *_document_lines(old, new)):
                yield _("toimenpide {name}: {line}").format(name=name, line=line)
    if before.keys() == after.keys() and list(before) != list(after):
        yield _("toimenpiteiden järjestys muuttui")


def _document_lines(was: PlanAction, now: PlanAction) -> Iterator[str]:
    before, after = _documents(was.document_types), _documents(now.document_types)
    for place in (*before, *(p for p in after if p not in before)):
        old, new = before.get(place), after.get(place)
        shown = _("{title} ({type})").format(title=place[1], type=place[0])
        if old is None:
            yield _("uusi asiakirja {document}").format(document=shown)
        elif new is None:
            yield _("asiakirja {document} poistettiin").format(document=shown)
        else:
            for line in _value_lines(old.defaults, new.defaults):
                yield _("asiakirja {document}: {line}").format(document=shown, line=line)
    if before.keys() == after.keys() and list(before) != list(after):
        yield _("asiakirjojen järjestys muuttui")


def _by_place(actions: tuple[PlanAction, ...]) -> dict[tuple[str, str, int], PlanAction]:
    found: dict[tuple[str, str, int], PlanAction] = {}
    for action in actions:
        nth = sum(1 for phase, name, _n in found if (phase, name) == (action.phase, action.name))
        found[(str(action.phase), action.name, nth)] = action
    return found


def _documents(documents: tuple[PlanDocument, ...]) -> dict[tuple[str, str, int], PlanDocument]:
    found: dict[tuple[str, str, int], PlanDocument] = {}
    for document in documents:
        nth = sum(1 for type_, title, _n in found if (type_, title) == (document.type, document.title))
        found[(document.type, document.title, nth)] = document
    return found


def _arrow(label: str, old: object, new: object) -> str:
    return _("{label} {old} → {new}").format(label=label, old=_shown(old), new=_shown(new))


def _shown(value: object) -> str:
    if value is None or value == "":
        return _("(peritään)") if value is None else _("(tyhjä)")
    if isinstance(value, bool):
        return _("kyllä") if value else _("ei")
    return str(value)
