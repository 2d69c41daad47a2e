"""What the archive is asked, and what it answers: nothing to whoever brings a forgery."""

from operator import attrgetter

import pytest

from reportcards.verify.archived import Archived, asked_for, with_answer, with_archived
from reportcards.verify.findings import Finding
from reportcards.verify.report import Archive, CardReport

pytestmark = pytest.mark.any_database

UUID = "123e4567-e89b-42d3-a456-556642440000"
XML, PDF, OTHER = "a" * 64, "b" * 64, "c" * 64
KEPT = Archived(XML, pdf_digest=PDF)


def archive(uuid):
    return KEPT if uuid == UUID else None


class TestAsking:
    def test_without_an_archive_nothing_is_asked(self):
        assert asked_for(UUID, XML, None, attrgetter("digest")) == (None, Archive.NOT_ASKED)

    @pytest.mark.parametrize(("kind", "digest"), [("digest", XML), ("pdf_digest", PDF)])
    def test_the_archived_file_is_the_same(self, kind, digest):
        assert asked_for(UUID, digest, archive, attrgetter(kind)) == (KEPT, Archive.SAME)

    @pytest.mark.parametrize(("kind", "digest"), [("digest", PDF), ("pdf_digest", XML)])
    def test_a_file_of_the_other_kind_is_another(self, kind, digest):
        assert asked_for(UUID, digest, archive, attrgetter(kind)) == (KEPT, Archive.DIFFERENT)

    def test_a_card_that_the_archive_does_not_have_is_unknown(self):
        stranger = UUID.replace("1", "2")
        assert asked_for(stranger, XML, archive, attrgetter("digest")) == (None, Archive.UNKNOWN)

    def test_a_file_without_a_number_is_unknown_and_the_archive_is_left_alone(self):
        def never(uuid):
            raise AssertionError(uuid)

        assert asked_for("", XML, never, attrgetter("digest")) == (None, Archive.UNKNOWN)

    def test_a_card_without_a_signed_pdf_has_no_pdf_that_is_the_same(self):
        old = Archived(XML)
        answer = asked_for(UUID, PDF, lambda _uuid: old, attrgetter("pdf_digest"))
        assert answer == (old, Archive.DIFFERENT)


class TestAnswering:
    def report(self, answer, *findings):
        return CardReport(findings=findings, uuid=UUID, archive=answer)

    def codes(self, report):
        return [finding.code for finding in report.findings]

    def test_of_the_same_file_there_is_nothing_to_say(self):
        assert self.codes(with_answer(self.report(Archive.SAME), KEPT)) == []

    def test_a_file_that_is_right_by_itself_and_another_one_is_told_of(self):
        told = with_answer(self.report(Archive.DIFFERENT), KEPT)
        assert self.codes(told) == ["differs_from_archive"]

    def test_one_that_the_archive_does_not_have_is_a_warning(self):
        [finding] = with_answer(self.report(Archive.UNKNOWN), None).findings
        assert (finding.code, finding.is_warning) == ("not_in_archive", True)

    def test_a_forgery_learns_nothing(self):
        forged = self.report(Archive.DIFFERENT, Finding("not_intact"))
        told = with_answer(forged, KEPT)
        assert (told.archive, self.codes(told)) == (Archive.NOT_ASKED, ["not_intact"])

    def test_not_even_of_a_card_that_was_withdrawn(self):
        withdrawn = Archived(XML, is_in_force=False)
        told = with_answer(self.report(Archive.DIFFERENT, Finding("not_intact")), withdrawn)
        assert "not_in_force" not in self.codes(told)

    def test_the_file_itself_of_a_withdrawn_card_is_told_of(self):
        withdrawn = Archived(XML, is_in_force=False)
        assert self.codes(with_answer(self.report(Archive.SAME), withdrawn)) == ["not_in_force"]


def test_what_the_archive_knows_is_added_to_the_grounds():
    class Known:
        def with_more(self, crls, school_names):
            return crls, school_names

    kept = Archived(XML, crls=("list",), school_names=("TH Kim Đồng",))
    assert with_archived(Known(), kept) == (("list",), ("TH Kim Đồng",))


def test_without_it_the_grounds_stay_as_they_are():
    grounds = object()
    assert with_archived(grounds, None) is grounds
