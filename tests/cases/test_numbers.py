"""Case numbers: distinct, gap-free per municipality and year, never reused – whatever happens between."""

from __future__ import annotations

import contextlib
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fakes.world import OTHER_PUBLIC_CLASS, PUBLIC_CLASS, World, world
from workbench.cases.corrections import VoidCase
from workbench.cases.numbers import check_template, quoted_numbers
from workbench.errors import NotAllowed, Problems, UserError
from workbench.organisation.commands import ContinueSeries
from workbench.organisation.upkeep import CorrectSeries
from workbench.store import journal
from workbench.store.check import check_store

BEGIN = {"continue": ContinueSeries, "correct": CorrectSeries}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["register", "register", "fail", "void", "year", "continue", "correct"]),
        st.sampled_from(["924", "236"]),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(steps=STEPS)
def test_numbers_are_distinct_and_without_gaps(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int]]
) -> None:
    with world(tmp_path_factory.mktemp("n")) as w:
        given_numbers: dict[tuple[str, int], list[int]] = defaultdict(list)
        starts: dict[tuple[str, int], int] = {}
        cases: list[tuple[str, str]] = []
        year = 2026
        for step, code, n in steps:
            if step == "register":
                class_code = (PUBLIC_CLASS, OTHER_PUBLIC_CLASS)[n % 2]
                case_id = w.register(
                    f"Asia {n}", "both", code, class_code=class_code, parties=(), documents=()
                )
                row = w.row("case_file", case_id)
                assert row["number"] == f"{row['running']}/{class_code}/{year}" and row["year"] == year
                given_numbers[code, year].append(row["running"])
                cases.append((case_id, code))
            elif step == "fail":
                with pytest.raises(UserError):
                    w.register("Väärä", "both", code, class_code="99.99", parties=(), documents=())
            elif step == "void" and cases:
                case_id, owner = cases[n % len(cases)]
                with contextlib.suppress(UserError):
                    w.run(VoidCase(case_id=case_id, reason="virhe"), "both", owner)
            elif step == "year":
                year += 1
                w.clock.set(year, 1, 2)
            elif step in BEGIN:
                command = BEGIN[step](municipality=code, year=year, next_number=n + 1, reason="alku")
                try:
                    w.run(command, "admin", code)
                except UserError:
                    continue
                if not given_numbers[code, year]:
                    starts[code, year] = n + 1
        for key, numbers in given_numbers.items():
            first = starts.get(key, 1)
            assert numbers == list(range(first, first + len(numbers))), key
        assert check_store(w.store) == []


def test_the_year_is_the_finnish_one(plain: World) -> None:
    plain.clock.set(2026, 12, 31, 22)  # half past midnight in Finland
    assert plain.row("case_file", plain.register())["year"] == 2027


def test_a_series_continues_mid_year_but_never_leaves_a_gap(plain: World) -> None:
    plain.run(ContinueSeries(municipality="924", year=2026, next_number=412), "admin")
    assert plain.row("case_file", plain.register())["number"] == "412/10.03.03/2026"
    with pytest.raises(Problems, match="412"):
        plain.run(ContinueSeries(municipality="924", year=2026, next_number=500), "admin")
    with pytest.raises(UserError, match="vähintään 413"):
        plain.run(ContinueSeries(municipality="924", year=2026, next_number=5), "admin")
    assert plain.row("case_file", plain.register())["running"] == 413


def test_a_wrong_beginning_is_corrected_until_the_first_number(plain: World) -> None:
    def correct(n: int, **more: str) -> None:
        plain.run(
            CorrectSeries(municipality="924", year=2026, next_number=n, **{"reason": "lyöntivirhe"} | more),
            "admin",
        )

    plain.run(ContinueSeries(municipality="924", year=2026, next_number=4120), "admin")
    with pytest.raises(UserError, match="vähintään 4120"):
        plain.run(ContinueSeries(municipality="924", year=2026, next_number=412), "admin")
    with pytest.raises(UserError, match="peruste"):
        correct(412, reason="")
    with pytest.raises(UserError, match="vähintään 1"):
        correct(0)
    with pytest.raises(NotAllowed):
        plain.run(CorrectSeries(municipality="924", year=2026, next_number=412, reason="x"), "registrar")
    correct(412)
    case_id = plain.register()
    assert plain.row("case_file", case_id)["number"] == "412/10.03.03/2026"
    for n in (1, 412, 414, 5000):
        with pytest.raises(Problems, match="viimeksi 412"):
            correct(n)
    plain.run(VoidCase(case_id=case_id, reason="virhe"))  # a voided number is used too
    with pytest.raises(Problems, match="viimeksi 412"):
        correct(412)
    assert plain.row("case_file", plain.register())["running"] == 413
    with pytest.raises(Problems, match="viimeksi 413"):
        correct(413)  # no number is given twice
    assert check_store(plain.store) == []


def test_the_correction_of_a_series_is_in_the_log_and_is_not_undone(plain: World) -> None:
    plain.run(ContinueSeries(municipality="924", year=2026, next_number=4120), "admin")
    command = CorrectSeries(municipality="924", year=2026, next_number=412, reason="lyöntivirhe")
    made = plain.run(command, "admin")
    assert not made.undoable
    with plain.store.reader() as connection:
        newest = journal.history(connection, "924")[0]
    assert newest.title == "Korjattu asiatunnusten sarjaa 2026: seuraava numero on 412 (oli 4120)"
    assert newest.reason == "lyöntivirhe" and newest.actor_id == plain.people["admin"]


@pytest.mark.parametrize("template", ["{n}", "{year}", "{n}/{n}/{year}", "{n}/{year}/{kunta}", ""])
def test_a_template_that_cannot_number_is_refused(template: str) -> None:
    with pytest.raises(UserError):
        check_template(template)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Vs: 12/10.03.03/2026", ["12/10.03.03/2026"]),
        ("Dnro 12 / 10 03 03 / 2026 ja 3/00.01/2025", ["12/10.03.03/2026", "3/00.01/2025"]),
        ("012/10.03/2026", ["12/10.03/2026"]),
        ("24/12/2026 klo 12", ["24/12/2026"]),
        ("1234567/10/2026, a/10/2026", []),
    ],
)
def test_quoted_numbers_are_read_as_written_by_people(text: str, numbers: list[str]) -> None:
    assert list(quoted_numbers(text)) == numbers
