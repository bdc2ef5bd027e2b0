"""Forms: only what was changed is sent, nothing typed is lost."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.models.form import FormState

AT = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


def test_a_save_sends_changed_fields_alone_and_shows_when(qapp: object) -> None:
    form = FormState({"title": "Vanha", "handler": "Aino"})
    words: list[str] = []
    form.saved_changed.connect(words.append)
    form.edit("title", "Uusi")
    assert form.saving() == {"title": "Uusi"}
    form.saved(AT)
    assert not form.is_dirty() and words[-1] == "Tallennettu klo 9.30"


def test_typing_back_what_was_is_not_a_change(qapp: object) -> None:
    form = FormState({"title": "Vanha"})
    form.edit("title", "Uusi")
    form.edit("title", "Vanha")
    assert form.patch() == {}


def test_a_field_edited_during_its_save_stays_dirty(qapp: object) -> None:
    form = FormState({"title": "a"})
    form.edit("title", "b")
    form.saving()
    form.edit("title", "c")
    form.saved(AT)
    assert form.patch() == {"title": "c"}


def test_a_failed_save_keeps_the_words_and_says_why_at_the_field(qapp: object) -> None:
    form = FormState({"id": ""})
    form.edit("id", "123")
    form.saving()
    form.failed("Y-tunnus on muotoa 1234567-8.", "id")
    assert form.value("id") == "123" and form.error("id").startswith("Y-tunnus")
    form.edit("id", "1234567-8")
    assert form.error("id") == ""


def test_news_from_elsewhere_renews_only_untouched_fields(qapp: object) -> None:
    form = FormState({"title": "a", "handler": "Aino"})
    form.edit("title", "mine")
    assert form.news({"title": "theirs", "handler": "Eero"}) == ["title"]
    assert form.value("title") == "mine" and form.value("handler") == "Eero"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=20))
def test_the_patch_is_what_differs_from_the_base(edits: list[tuple[str, int]]) -> None:
    base = {"a": 0, "b": 0, "c": 0}
    form = FormState(base)
    now = dict(base)
    for field, value in edits:
        form.edit(field, value)
        now[field] = value
    assert form.patch() == {field: value for field, value in now.items() if value != base[field]}
