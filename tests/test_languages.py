"""Everything that a person reads goes through gettext, and no page carries style or script."""

import ast
import re

import pytest

from tests.source import ROOT, code_files, name_of, template_files, tree_of
from tests.vietnamese import is_vietnamese

# Vietnamese that is not a screen's text: the regulation, the ministry's codes and headers,
# the alphabet, invented people.
VIETNAMESE_ON_PURPOSE = [
    "rulesets/",
    "schools/names.py",
    "assessments/comment_drafts.py",  # {tên} and the words that stand before names: what is typed
    "assessments/mentions.py",
    "assessments/models/comments.py",
    "exchange/class_sheets/layout.py",  # what stands in the sheets
    "exchange/comments/sheet.py",
    "students/ministry_codes.py",
    "exchange/columns.py",
    "exchange/ministry_results/columns.py",
    "exchange/students_sheet_writer.py",
    "exchange/rewards/sheet.py",
    "reportcards/card_files.py",  # what is stamped on the ministry's form
    "reportcards/display/",
    "reportcards/documents/card_on_paper.py",
    "reportcards/differences.py",  # the words of the card
    "reportcards/handovers/minutes.py",
    "reportcards/prints/manifest.py",
    "reportcards/prints/wording.py",
    "reportcards/documents/display_pdf.py",
    "reportcards/documents/card_year.py",
    "reportcards/documents/paper_form.py",
    "reportcards/documents/period_report.py",
    "reportcards/profiles/",
    "reportcards/signing/card_stamps.py",  # what is seen of a signature on paper
    "reportcards/signing/certificates.py",  # what a demo certificate says of itself
    "reportcards/signing/demo_authority.py",
    "reportcards/signing/stamps.py",
    "reportcards/verification_text.py",
    "reportcards/verify/__main__.py",  # read before anything can be translated
    "reportcards/summary_sheets/paper.py",
    "reportcards/rewards/paper.py",
    "hocba/demo/",
    "hocba/gallery_samples.py",
]
# English for programmers, who read of the circular's letters and of invented people.
API_DOCUMENTATION = [
    "exchange/api/examples.py",
    "exchange/api/payload_serializers.py",
    "exchange/api/serializers.py",
]
# What is stored or printed in Vietnamese, whatever language the screen has.
NEVER_TRANSLATED = ("Việt Nam", "Tiếng Việt", "Học bạ", "Nữ", r"^lớp\s+")
PRINTED = ["templates/reportcards/document/"]  # on the ministry's form, never in a browser
TEMPLATES_IN_ONE_LANGUAGE = [
    *PRINTED,
    "templates/hocba/gallery",  # invented people
    "templates/layouts/language_switch.html",  # each language by its own name
]
PRODUCT = {"hocba"}
TRANSLATORS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}

COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
BLOCK = re.compile(r"{%\s*blocktranslate\b.*?endblocktranslate\s*%}", re.DOTALL)
TRANSLATE = re.compile(r"{%\s*translate\b.*?%}|_\((\"[^\"]*\"|'[^']*')\)", re.DOTALL)
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
NOT_READ = re.compile(  # names of classes, keys of the keyboard, entities
    r"{%\s*block layout\s*%}.*?{%\s*endblock.*?%}|<kbd>.*?</kbd>|&[a-z]+;", re.DOTALL
)
HTML_TAG = re.compile(r"<[^>]*>")
SEEN_ATTRIBUTE = re.compile(r"\b(?:title|alt|placeholder|aria-label)=\"([^\"]*)\"")
INLINE = {
    "a style element": re.compile(r"<style\b"),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)"),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a javascript: address": re.compile(r"javascript:"),
}


def untranslated_in_template(source: str) -> list[str]:
    """Words in the text or in the attributes that people see, outside every translation."""
    for pattern in (COMMENT, BLOCK, TRANSLATE, NOT_READ):
        source = pattern.sub(" ", source)
    in_tags = [tag for tag in TEMPLATE_TAG.findall(source) if is_vietnamese(tag)]
    markup = TEMPLATE_TAG.sub(" ", source)
    texts = [HTML_TAG.sub(" ", markup), *SEEN_ATTRIBUTE.findall(markup)]
    words = [word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)]
    return in_tags + [word for word in words if word not in PRODUCT]


def untranslated_in_code(tree: ast.Module) -> list[str]:
    """Vietnamese literals that are neither documentation nor an argument of gettext."""
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in TRANSLATORS:
            skipped |= {id(part) for part in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in skipped
        and is_vietnamese(node.value)
        and not node.value.startswith(NEVER_TRANSLATED)
    ]


def is_listed(name: str, prefixes: list[str]) -> bool:
    return any(name.startswith(prefix) for prefix in prefixes)


def test_templates_translate_what_is_read():
    found = {
        name_of(path): words
        for path in template_files()
        if not is_listed(name_of(path), TEMPLATES_IN_ONE_LANGUAGE)
        and (words := untranslated_in_template(path.read_text()))
    }
    assert not found


@pytest.mark.parametrize("what", INLINE)
def test_templates_carry_neither_style_nor_script(what):
    found = [
        name_of(path)
        for path in template_files()
        if not (what == "a style attribute" and is_listed(name_of(path), PRINTED))
        and INLINE[what].search(COMMENT.sub(" ", path.read_text()))
    ]
    assert not found


def test_code_translates_what_is_read():
    excepted = VIETNAMESE_ON_PURPOSE + API_DOCUMENTATION
    found = {
        name_of(path): words
        for path in code_files()
        if not is_listed(name_of(path), excepted)
        and "/management/commands/" not in name_of(path)
        and (words := untranslated_in_code(tree_of(path)))
    }
    assert not found


@pytest.mark.parametrize("name", VIETNAMESE_ON_PURPOSE + API_DOCUMENTATION)
def test_what_is_excepted_exists(name):
    assert list(ROOT.glob(f"{name}*"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Xin chào</p>", ["Xin", "chào"]),
        ('<p>{% translate "Xin chào" %}</p>', []),
        ("<p>{% blocktranslate %}Chào {{ name }}{% endblocktranslate %}</p>", []),
        ("<p>Trang {{ page }}</p>", ["Trang"]),
        ('<img alt="Ảnh bìa" class="cover" />', ["Ảnh", "bìa"]),
        ("{# Ghi chú #}{% comment %}Ghi chú{% endcomment %}", []),
        ('{% include "x.html" with a="Gửi" %}', ['{% include "x.html" with a="Gửi" %}']),
        ('{% include "x.html" with a=_("Gửi") %}', []),
        ("<kbd>Enter</kbd>&nbsp;", []),
    ],
)
def test_untranslated_words_of_a_template_are_found(source, found):
    assert untranslated_in_template(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("title = 'Đã gửi'", ["Đã gửi"]),
        ("title = _('Đã gửi')", []),
        ("title = ngettext('%d lớp đã gửi', '%d lớp đã gửi', count)", []),
        ("title = _('Lớp %(name)s') % {'name': 'Đội'}", ["Đội"]),
        ("title = f'Lớp {name}, đã gửi'", ["Lớp ", ", đã gửi"]),
        ("def name():\n    'Sở Giáo dục'", []),
        ("title = 'class-name'", []),
    ],
)
def test_untranslated_text_of_code_is_found(source, found):
    assert untranslated_in_code(ast.parse(source)) == found


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("<style>p {}</style>", "a style element"),
        ('<td style="height: 3mm">', "a style attribute"),
        ("<script>alert()</script>", "an inline script"),
        ('<button class="x" onclick="go()">', "an event handler"),
        ('<a href="javascript:go()">', "a javascript: address"),
    ],
)
def test_inline_style_and_script_are_found(source, what):
    assert [name for name, pattern in INLINE.items() if pattern.search(source)] == [what]


def test_a_script_of_our_own_is_not_inline():
    source = '<script type="module" src="/static/js/grid.js"></script>'
    assert not any(pattern.search(source) for pattern in INLINE.values())
