"""Documents that people add by hand: a pasted text or files, kept as they came."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from signals.ingest import store
from signals.models import Disclosure, Fetch, Source, SourceEvent
from signals.services import fetch, pipeline
from signals.services import source as sources

pytestmark = pytest.mark.django_db
TEXT = "Northern Rare Earth made 4,100 tonnes of oxides\n\nNorthern Rare Earth made 4,100 tonnes of rare earth oxides in May 2026, its letter to investors says.\n"


@pytest.fixture
def queue(monkeypatch):
    """The fetches that workers were told of."""
    sent = []
    monkeypatch.setattr("signals.tasks.read_fetches.delay", sent.extend)
    return sent


def given(**fields):
    return {"source": "manual", "text": "", "url": "", "title": "", "publisher": "", "published_on": "", "language": "", **fields}  # fmt: skip


def test_a_pasted_text_is_kept_byte_for_byte_and_read(known, as_editor, queue):
    answer = as_editor.post("/disclosures/add/", given(text=TEXT, published_on="2026-06-04", publisher="A bank"))
    [row] = Fetch.objects.all()
    assert (answer.status_code, answer["Location"]) == (302, f"/disclosures/added/?id={row.pk}")
    assert queue == [row.pk]
    assert store.load(row.capture.snapshot_id).decode().replace("\r\n", "\n") == TEXT
    assert "hx-get" in as_editor.get(answer["Location"]).text  # not read yet: it looks again
    assert pipeline.read(row.pk) == "done"
    [disclosure] = Disclosure.objects.all()
    assert (str(disclosure.published_on), disclosure.publisher) == ("2026-06-04", "A bank")
    page = as_editor.get(answer["Location"]).text
    assert f'href="/disclosures/{disclosure.pk}/"' in page
    assert "1 figure" in page
    assert "hx-get" not in page.split("live-added")[1]
    event = SourceEvent.objects.get(kind="brought")
    assert (event.by.username, event.text) == ("editor", "1 document was added by hand.")


def test_files_go_to_the_source_that_was_chosen(known, as_editor, queue):
    Source.objects.create(key="wire", name="A wire", kind="manual", enabled=True)
    files = [
        SimpleUploadedFile("same.txt", TEXT.encode()),
        SimpleUploadedFile("same.txt", b"Another text altogether.\n"),
    ]
    as_editor.post("/disclosures/add/", {**given(source="wire"), "uploads": files})
    assert [row.source.key for row in Fetch.objects.all()] == ["wire", "wire"]
    assert len({row.url for row in Fetch.objects.all()}) == 2  # a name in common does not make them one document
    assert {pipeline.read(pk) for pk in queue} == {"done"}


def test_what_cannot_be_kept_says_why(as_editor, queue):
    as_editor.post("/disclosures/add/", {**given(), "uploads": [SimpleUploadedFile("empty.txt", b"")]})
    [row] = Fetch.objects.all()
    assert row.state == "rejected"
    assert "The file is empty" in as_editor.get(f"/disclosures/added/?id={row.pk}").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Paste a text or choose files"),
        ({"text": TEXT, "url": "https://user:key@press.example/a"}, "cannot be used"),
        ({"text": TEXT, "source": "press"}, "Select a valid choice"),
        ({"text": TEXT, "published_on": "yesterday"}, "Enter a valid date"),
    ],
)
def test_a_form_that_is_wrong_keeps_nothing(as_editor, queue, fields, words):
    answer = as_editor.post("/disclosures/add/", given(**fields))
    assert answer.status_code == 422
    assert words in answer.text
    assert not Fetch.objects.exists()


def test_a_paste_does_not_pass_for_an_edit_of_a_watched_page(known, as_editor, queue):
    press = Source.objects.create(key="press", name="Press", kind="rss", enabled=True)
    pipeline.read(fetch.keep(press, "https://press.example/a", TEXT.encode()))
    answer = as_editor.post("/disclosures/add/", given(text="Other words.", url="https://press.example/a#top"))
    assert answer.status_code == 422
    assert "kept already" in answer.text
    assert f'href="/disclosures/{Disclosure.objects.get().pk}/"' in answer.text


def test_sources_that_people_fill_offer_it_to_editors(client, as_analyst, as_editor):
    sources.manual_source()
    link = 'href="/disclosures/add/?source=manual"'
    assert link in as_editor.get("/sources/manual/").text
    assert link in as_editor.get("/sources/").text
    assert link not in as_analyst.get("/sources/").text
    assert "/disclosures/add/" not in client.get("/sources/").text


def test_a_full_disk_keeps_what_was_typed_on_the_page(as_editor, queue, monkeypatch):
    def full(*given, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("signals.services.snapshot.capture", full)
    answer = as_editor.post("/disclosures/add/", given(text=TEXT))
    assert answer.status_code == 507
    assert "could not be kept: No space left on device" in answer.text
    assert "4,100 tonnes" in answer.text
    assert (Fetch.objects.count(), queue) == (0, [])
