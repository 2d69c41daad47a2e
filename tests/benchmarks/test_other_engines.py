"""Other engines are given the same document: its HTML, its styles, its typefaces."""

import io
import shutil

import pikepdf
import pytest

from benchmarks import other_engines
from benchmarks.documents import pages_of, report_engine
from benchmarks.signed_forms import a_display_html
from reportcards.display.reading import page_texts
from reportcards.documents.display_pdf import STYLESHEET

pytestmark = pytest.mark.any_database

OF_A_USUAL_CARD = 4


@pytest.fixture(scope="module")
def html():
    return a_display_html()


class TestStyles:
    def test_what_is_imported_stands_in_its_place(self):
        assert "@import" not in other_engines.styles(STYLESHEET)

    def test_shared_and_own_rules_are_both_there(self):
        styles = other_engines.styles(STYLESHEET)
        shared = (other_engines.ROOT / "static/css/documents/shared.css").read_text()
        assert shared.strip().splitlines()[-1] in styles
        assert ".frame" in styles

    def test_typefaces_are_files_that_exist(self):
        addresses = other_engines.styles(STYLESHEET).split('url("file://')[1:]
        paths = [address.partition('"')[0] for address in addresses]
        assert paths
        assert all(other_engines.Path(path).is_file() for path in paths)

    def test_no_address_is_left_that_only_we_understand(self):
        assert "static:" not in other_engines.styles(STYLESHEET)


def test_the_page_that_is_printed_holds_styles_and_html(html, tmp_path):
    page = other_engines.written(tmp_path, html, STYLESHEET).read_text()
    assert page.startswith('<meta charset="utf-8"><style>')
    assert page.endswith(html)


def test_weasyprint_as_it_comes_lays_out_the_same_card(html):
    pdf = other_engines.weasyprint_as_it_comes(html, STYLESHEET)()
    assert pages_of(pdf) == OF_A_USUAL_CARD
    assert "HỌC BẠ" in page_texts(pdf)[0]


def test_a_program_that_is_not_there_gives_no_work(html):
    assert other_engines.in_a_process("no-such-program", html, STYLESHEET, list) is None


def test_a_program_is_given_the_page_and_its_pdf_is_read(html, tmp_path):
    copied = other_engines.in_a_process("cp", html, STYLESHEET, lambda page, pdf: [page, pdf])
    assert copied().decode().endswith(html)


@pytest.mark.skipif(shutil.which(other_engines.CHROMIUM) is None, reason="without a browser")
def test_chromium_prints_the_same_card(html):
    assert pages_of(other_engines.chromium(html, STYLESHEET)()) == OF_A_USUAL_CARD


class TestReporting:
    def test_what_is_left_out_is_said_and_is_no_figure(self, capsys):
        report_engine("wkhtmltopdf", None, 3)
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err == "wkhtmltopdf is not installed, so it is left out\n"

    def test_of_the_others_clock_processor_and_pages_are_told(self, capsys):
        with pikepdf.new() as document:
            document.add_blank_page()
            written = io.BytesIO()
            document.save(written)
        report_engine("ours", written.getvalue, 3)
        lines = capsys.readouterr().out.splitlines()
        assert [line.split('"')[3] for line in lines] == [
            "same_html_ours_clock_p50",
            "same_html_ours_processor_p50",
            "same_html_ours_pages",
        ]
