"""A row is read to its end, and what it says becomes records that lead back to their columns."""

import pytest

from graph.errors import EmptyCell, Locus, UnknownCode, UnreadColumn
from graph.schema.codes import Lifecycle
from graph.schema.nodes import Agency, Application
from graph.schema.records import EdgeRecord, NodeRecord, Origin, Reference
from graph.schema.relations import INTEGRATES_WITH, OWNS
from ingest.agencies import Agencies
from ingest.row import Row, record, stands_for_many

WHERE = Locus("katalog.xlsx", "Aplikasi", 17)
ORIGIN = Origin("katalog", "katalog.xlsx", "Aplikasi", 17)
COLUMNS = {"Nama": "name", "Status": "status", "OPD": "owner", "Kunci": "join_keys"}
CODES = {"status": {"aktif": "active", "tidak aktif": "inactive"}}


def row(
    cells: dict[str, str | None], columns: dict[str, str] | None = None, region: str = "35.19"
) -> Row:
    return Row(
        cells,
        WHERE,
        columns=columns or COLUMNS,
        codes=CODES,
        constants={"platform": "Web"},
        agencies=Agencies("2025", region),
        region=region,
    )


# ---------------------------------------------------------------- cells
def test_text_needs_a_value_and_maybe_none() -> None:
    r = row({"Nama": " SIAP \n Warga ", "Status": "-"})
    assert r.text("name") == "SIAP Warga"
    assert r.maybe("status") is None
    assert r.maybe("description") is None
    assert r.maybe("platform") == "Web"
    with pytest.raises(EmptyCell) as e:
        r.text("status")
    assert e.value.where == Locus("katalog.xlsx", "Aplikasi", 17, "Status")
    assert e.value.parts("en")["hint"]


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "N/A", "#N/A", "Tidak Ada", "NIHIL", None])
def test_words_for_nothing_are_empty(cell: str | None) -> None:
    assert row({"Nama": cell}).maybe("name") is None


def test_a_word_for_nothing_inside_a_cell_stays() -> None:
    assert row({"Nama": "tidak ada kendala"}).maybe("name") == "tidak ada kendala"


def test_codes_are_compared_without_case() -> None:
    assert row({"Status": "AKTIF"}).code("status") == "active"
    assert row({"Status": None}).choice("status", Lifecycle, Lifecycle.UNKNOWN) == "unknown"


def test_an_unknown_code_is_refused_with_the_nearest_word() -> None:
    with pytest.raises(UnknownCode) as e:
        row({"Status": "Akktif"}).code("status")
    assert e.value.parts("id")["hint"].count('"aktif"') == 1
    assert e.value.where == Locus("katalog.xlsx", "Aplikasi", 17, "Status")


def test_without_a_code_list_a_word_of_the_model_counts_and_no_other_refuses() -> None:
    r = Row(
        {"Status": "Active", "Dulu": "entah"},
        WHERE,
        columns={"Status": "status", "Dulu": "before"},
        codes={},
        constants={},
        agencies=Agencies(),
        region=None,
    )
    assert r.choice("status", Lifecycle, Lifecycle.UNKNOWN) is Lifecycle.ACTIVE
    assert r.choice("before", Lifecycle, Lifecycle.UNKNOWN) is Lifecycle.UNKNOWN


def test_a_cell_is_split_at_semicolons_and_line_breaks() -> None:
    assert row({"Kunci": "NIK; nomor KK\nNIK;;-"}).split("join_keys") == ("NIK", "nomor KK")


def test_a_filled_column_nobody_took_is_an_error() -> None:
    r = row({"Nama": "SIAP", "Status": "Aktif", "OPD": None, "Kunci": "NIK"})
    r.text("name")
    with pytest.raises(UnreadColumn) as e:
        r.done()
    assert e.value.facts["columns"] == '"Status", "Kunci"'
    r.take("status")
    r.split("join_keys")
    r.done()


def test_ignored_columns_and_those_of_persons_need_not_be_read() -> None:
    Row(
        {"No": "1", "Nama Pengelola": "x"},
        WHERE,
        columns={"No": "code", "Nama Pengelola": "contact_name"},
        codes={},
        constants={},
        agencies=Agencies(),
        region=None,
        ignore=["No"],
    ).done()


# ---------------------------------------------------------------- identity
def test_an_agency_that_the_row_implies_is_kept_once() -> None:
    r = row({"OPD": "Dinas Kesehatan"})
    assert r.agency("owner") == "agency:dinkes-35-19"
    assert r.agency("owner") == "agency:dinkes-35-19"
    assert [a.name for a in r.implied] == ["Dinas Kesehatan Kabupaten Madiun"]
    assert r.unsure == []


def test_a_central_body_is_known_by_its_id_and_a_class_is_none() -> None:
    r = row({"OPD": "Kemenkes; pemerintah daerah (umum)"})
    assert r.agencies_in("owner") == ("agency:kemenkes", None)
    assert r.implied == []


def test_what_is_not_sure_goes_to_the_queue() -> None:
    r = row({"OPD": "Tim Percepatan"})
    id = r.agency("owner")
    assert id == str(Reference("agency", "", "Tim Percepatan"))
    assert [(role, text) for role, text, _ in r.unsure] == [("owner", "Tim Percepatan")]


def test_an_application_is_recognised_by_the_words_of_the_row() -> None:
    r = row({})
    assert r.id("app", "SIAP", owner="agency:dinkes-35-19", address="siap.go.id") == str(
        Reference("app", "agency:dinkes-35-19", "SIAP", "siap.go.id")
    )


# ---------------------------------------------------------------- records
def test_a_record_holds_what_was_said_and_leads_to_its_columns() -> None:
    r = row({"Nama": "SIAP", "Status": "Aktif", "OPD": None})
    app = Application(id="app:siap", name=r.text("name"), status=Lifecycle.ACTIVE)
    assert record(app, r, ORIGIN) == NodeRecord(
        "Application",
        "app:siap",
        {"name": "SIAP", "status": "active"},
        ORIGIN,
        {"name": "Nama", "status": "Status"},
    )


def test_the_name_of_an_implied_agency_leads_to_the_column_that_names_it() -> None:
    r = row({"Nama": "SIAP", "OPD": "Dinas Kesehatan"})
    owner = r.agency("owner")
    assert owner
    agency = record(r.implied[0], r, ORIGIN)
    assert (agency.type, agency.columns) == ("Agency", {"name": "OPD"})
    edge = record(OWNS(owner, "app:siap"), r, ORIGIN)
    assert edge == EdgeRecord("OWNS", owner, "app:siap", {}, ORIGIN._replace(column="OPD"))


def test_an_exchange_comes_from_the_whole_row() -> None:
    r = row({"Nama": "SIAP"})
    r.place("app:a", name="name")
    edge = INTEGRATES_WITH("app:a", "app:b", kind="declared", status="live", join_keys=())
    assert record(edge, r, ORIGIN) == EdgeRecord(
        "INTEGRATES_WITH", "app:a", "app:b", {"kind": "declared", "status": "live"}, ORIGIN
    )


def test_a_mention_is_marked() -> None:
    r = row({"Nama": "SIAK"})
    mentioned = Application(id=r.id("app", "SIAK", mention=True), name="SIAK")
    described = Application(id=r.id("app", "SIAK"), name="SIAK")
    assert record(mentioned, r, ORIGIN).mention
    assert not record(described, r, ORIGIN).mention
    agency = Agency(id="agency:x", name="X")
    r.mention(agency.id)
    assert record(agency, r, ORIGIN).mention


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("3.487 lembaga pengguna", True),
        ("Semua lembaga pengguna", True),
        ("Perorangan", True),
        ("SSO instansi", True),
        ("SIMRS", True),
        ("Instansi lain", True),
        ("SIMRS RSUD Kota Depok", False),
        ("SIAK", False),
        ("Portal Kota Kediri", False),
        ("Kodefikasi umum", False),
    ],
)
def test_words_for_many_systems(text: str, many: bool) -> None:
    assert stands_for_many(text) is many
