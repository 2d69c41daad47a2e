"""Files of prints from documents that stand in the storage, however they came there."""

import hashlib
import io
import json
from zipfile import ZIP_STORED, ZipFile

import pytest
from pikepdf import Pdf

from audit.errors import DomainError
from reportcards.errors import FileLost, RenderingLost
from reportcards.models import (
    DocumentKind,
    PrintedDocument,
    PrintOutput,
    PrintPart,
    PrintRun,
    Rendering,
    RenderingState,
)
from reportcards.prints.files import write_files
from reportcards.renderings.files import rendered_storage, store
from tests import factories
from tests.reportcards.digital_cards import pupils_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def blank_pages(count: int) -> bytes:
    with Pdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page(page_size=(595, 842))
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


@pytest.fixture
def run(cast):
    return PrintRun.objects.create(
        school=cast.school,
        document=PrintedDocument.YEAR,
        output=PrintOutput.BOTH,
        title="Học bạ lớp 4A, 2026-2027",
        started_by=cast.van.user,
    )


def add(run, enrollment, *, kind=DocumentKind.YEAR, pages=2, state=RenderingState.READY):
    """One more document of the run, stored as a worker stores it."""
    position = run.parts.count() + 1
    pdf = blank_pages(pages)
    rendering = Rendering(
        school=run.school,
        kind=kind,
        enrollment=enrollment,
        content={},
        content_digest=f"{position:064}",
        digest=hashlib.sha256(pdf).hexdigest(),
        page_count=pages,
        state=state,
        refusal="Không được." if state == RenderingState.FAILED else "",
    )
    rendering.name = store(rendering, pdf)
    rendering.save()
    PrintPart.objects.create(run=run, position=position, rendering=rendering)
    return rendering


def merged(run):
    target = io.BytesIO()
    write_files(run, merged=target)
    return target


def originals(run):
    target = io.BytesIO()
    write_files(run, originals=target)
    return ZipFile(target)


def manifest(run):
    return json.loads(originals(run).read("manifest.json"))


class TestNames:
    def test_a_file_is_named_by_code_and_class(self, cast, run):
        cast.anh.student.ministry_code = "2700000001"
        cast.anh.student.save(update_fields=["ministry_code"])
        add(run, cast.anh)
        assert "2700000001_4A.pdf" in originals(run).namelist()

    def test_who_has_no_code_is_found_by_her_number(self, cast, run):
        cast.anh.student.ministry_code = None
        cast.anh.student.save(update_fields=["ministry_code"])
        add(run, cast.anh)
        assert "stt001_4A.pdf" in originals(run).namelist()

    def test_a_class_with_a_slash_makes_no_folder(self, cast, run):
        school_class = factories.make_class(cast.school_year, "1/2", (1,))
        add(run, factories.enroll(factories.make_student("Nông Thị Mây"), school_class))
        [name, *_manifests] = originals(run).namelist()
        assert name.endswith("_1-2.pdf")

    def test_several_documents_of_a_pupil_are_told_apart(self, cast, run):
        add(run, cast.anh, kind=DocumentKind.FRONT, pages=3)
        add(run, cast.anh)
        [front, year, *_manifests] = originals(run).namelist()
        assert front.endswith("_4A_bia.pdf")
        assert year.endswith("_4A_2026-2027.pdf")


class TestManifest:
    def test_a_pupil_has_one_number_however_many_documents(self, cast, run):
        anh, duc, _hhen = pupils_of(cast)
        add(run, anh, kind=DocumentKind.FRONT, pages=3)
        add(run, anh)
        add(run, duc)
        entries = manifest(run)["files"]
        assert [entry["number"] for entry in entries] == [1, 1, 2]
        assert [entry["pages"] for entry in entries] == [3, 2, 2]
        assert entries[2]["full_name"] == duc.student.full_name

    def test_size_and_digest_are_those_of_the_file(self, cast, run):
        rendering = add(run, cast.anh)
        [entry] = manifest(run)["files"]
        assert entry["sha256"] == rendering.digest
        assert entry["size"] == rendered_storage().size(rendering.name)

    def test_it_goes_with_the_file_to_print_too(self, cast, run):
        add(run, cast.anh)
        with Pdf.open(merged(run)) as pdf:
            names = set(pdf.attachments)
            enclosed = pdf.attachments["manifest.json"].get_file().read_bytes()
        assert names == {"manifest.csv", "manifest.json"}
        assert json.loads(enclosed)["documents"] == 1


class TestPages:
    def test_a_pupils_documents_are_bound_before_they_are_joined(self, cast, run):
        """The year lies open: its two pages are a left and a right one."""
        anh, duc, _hhen = pupils_of(cast)
        add(run, anh, kind=DocumentKind.FRONT, pages=2)
        add(run, anh)
        add(run, duc)
        with Pdf.open(merged(run)) as pdf:
            assert len(pdf.pages) == 6 + 2

    def test_what_failed_is_left_out(self, cast, run):
        anh, duc, _hhen = pupils_of(cast)
        add(run, anh, state=RenderingState.FAILED)
        add(run, duc)
        with Pdf.open(merged(run)) as pdf:
            assert len(pdf.pages) == 2
        assert [entry["full_name"] for entry in manifest(run)["files"]] == [duc.student.full_name]

    def test_both_are_made_in_one_reading(self, cast, run):
        add(run, cast.anh)
        page_file, zip_file = io.BytesIO(), io.BytesIO()
        write_files(run, merged=page_file, originals=zip_file)
        assert page_file.getvalue().startswith(b"%PDF")
        assert len(ZipFile(zip_file).namelist()) == 3

    def test_nothing_is_compressed_twice(self, cast, run):
        add(run, cast.anh)
        assert {entry.compress_type for entry in originals(run).infolist()} == {ZIP_STORED}


class TestLost:
    def refused(self, run):
        with pytest.raises(DomainError) as refusal:
            merged(run)
        return refusal.type

    def test_a_file_that_is_not_there(self, cast, run):
        rendered_storage().delete(add(run, cast.anh).name)
        assert self.refused(run) == RenderingLost

    def test_a_file_that_was_changed(self, cast, run):
        rendering = add(run, cast.anh)
        with rendered_storage().open(rendering.name, "wb") as file:
            file.write(blank_pages(3))
        assert self.refused(run) == RenderingLost

    def test_a_card_without_its_signed_file(self, cast, run):
        add(run, cast.anh, kind=DocumentKind.DISPLAY)
        assert self.refused(run) == FileLost


def test_the_queries_do_not_grow_with_the_pupils(cast, run, django_assert_num_queries):
    add(run, cast.anh)
    with django_assert_num_queries(1):
        merged(run)
    for row in pupils_of(cast)[1:]:
        add(run, row)
    with django_assert_num_queries(1):
        merged(run)
