"""A workstation that was away for longer than the server tells of what was taken away."""

from __future__ import annotations

from tests.server.people import POLICY
from tests.sync.stations import Region
from workbench.cases.edit import EditCase
from workbench.cases.parts import RemoveView, SaveView
from workbench.domain import whole_domain
from workbench.server.desk import Desk
from workbench.server.tidying import tidy
from workbench.store.blobs import BlobStore


def test_it_fetches_everything_anew_and_its_own_waiting_work_arrives(place: Region) -> None:
    here, there = place.join("registrar", name="here"), place.join("registrar", name="there")
    there.run(SaveView(name="Omat", query={}, view_id="v1"))
    there.sync()
    here.sync()
    assert here.rows("saved_view", id="v1")
    (case,) = here.rows("case_file", title="Asia 0")
    there.run(RemoveView(view_id="v1"))
    there.sync()
    here.run(EditCase(case_id=str(case["id"]), changes={"summary": "Tehty poissa ollessa"}))
    place.server.move(days=401)
    desk = Desk(
        place.server.database, whole_domain(), POLICY, BlobStore(place.folder / "b", POLICY.key),
        place.folder / "uploads", there.clock,
    )  # fmt: skip
    there.clock.at = place.server.at
    assert tidy(desk).entries >= 1
    report = here.sync()
    assert report.received > 10 and not here.rows("saved_view", id="v1")
    place.assert_converged(here)
    there.sync()
    assert there.row("case_file", str(case["id"]))["summary"] == "Tehty poissa ollessa"
    assert here.sync().received == 0
