"""What a card's PDF has in it besides its text: one attachment, its fields, and nothing that acts.

A reader runs scripts, opens addresses, hides layers, shows notes and pictures of words; a card has
none of these, and is told by what it has, not by what is known to be bad.
"""

from collections.abc import Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reportcards.profiles.document import DATA_FILE
from reportcards.verify.findings import Finding
from reportcards.verify.pdf_fields import UNREADABLE

OF_CATALOG = {
    "/AF",
    "/AcroForm",
    "/Extensions",
    "/Lang",
    "/MarkInfo",
    "/Metadata",
    "/Names",
    "/Outlines",
    "/OutputIntents",
    "/PageLabels",
    "/Pages",
    "/Perms",
    "/StructTreeRoot",
    "/Type",
    "/Version",
    "/ViewerPreferences",
}
OF_FORM = {"/DA", "/DR", "/Fields", "/SigFlags"}
# Wherever they stand in a dictionary, a reader acts on them, hides or replaces something.
ACTING = {"/AA", "/JS", "/OC", "/OpenAction", "/URI", "/XFA"}
ACTIONS = {
    "/GoTo3DView",
    "/GoToE",
    "/GoToR",
    "/Hide",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Named",
    "/Rendition",
    "/ResetForm",
    "/RichMediaExecute",
    "/SetOCGState",
    "/Sound",
    "/SubmitForm",
    "/Thread",
    "/Trans",
    "/URI",
}
CONFORMANCE = "3B"
INTENT = "/GTS_PDFA1"


def contents_findings(content: bytes, slot_keys: frozenset[str]) -> Iterator[Finding]:
    """Codes: unexpected_content, not_pdf_a, pdf_damaged."""
    try:
        with Pdf.open(BytesIO(content)) as document:
            unexpected = sorted(set(_unexpected(document, slot_keys)))
            yield from (Finding("unexpected_content", {"name": name}) for name in unexpected)
            if not _is_archival(document):
                yield Finding("not_pdf_a")
            if document.check_pdf_syntax():
                yield Finding("pdf_damaged")
    except UNREADABLE:
        yield Finding("pdf_damaged")


def _unexpected(document: Pdf, slot_keys: frozenset[str]) -> Iterator[str]:
    yield from set(document.Root.keys()) - OF_CATALOG
    yield from _in_form(document, slot_keys)
    yield from _in_attachments(document)
    for page in document.pages:
        yield from _in_annotations(page.obj.get(Name.Annots, Array()), slot_keys)
    for held in document.objects:
        yield from _acting(held)


def _in_form(document: Pdf, slot_keys: frozenset[str]) -> Iterator[str]:
    form = document.Root.get(Name.AcroForm, Dictionary())
    yield from set(form.keys()) - OF_FORM
    if any(str(field.get(Name.T, "")) not in slot_keys for field in form.get(Name.Fields, Array())):
        yield "/Fields"


def _in_annotations(annotations: Object, slot_keys: frozenset[str]) -> Iterator[str]:
    for each in annotations:
        if each.get(Name.Subtype) != Name.Widget or str(each.get(Name.T, "")) not in slot_keys:
            yield "/Annots"


def _in_attachments(document: Pdf) -> Iterator[str]:
    """The data node alone, once, under its one name."""
    names = document.Root.get(Name.Names, Dictionary())
    files = names.get(Name.EmbeddedFiles, Dictionary())
    listed = files.get(Name.Names, Array())
    is_alone = set(names.keys()) <= {"/Dests", "/EmbeddedFiles"} and set(files.keys()) == {"/Names"}
    if not is_alone or len(listed) != 2 or str(listed[0]) != DATA_FILE:
        yield "/EmbeddedFiles"
    if sum(_is_attached_file(held) for held in document.objects) != 1:
        yield "/EmbeddedFile"


def _is_attached_file(held: Object) -> bool:
    return isinstance(held, Stream) and held.get(Name.Type) == Name.EmbeddedFile


def _acting(held: Object) -> Iterator[str]:
    """In the object itself and in the dictionaries and arrays that stand in it directly."""
    waiting = [held]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Array):
            waiting += [value for value in each if not _is_elsewhere(value)]
        elif isinstance(each, Dictionary | Stream):
            yield from _acting_names(each)
            waiting += [value for value in each.values() if not _is_elsewhere(value)]


def _is_elsewhere(value: object) -> bool:
    return not isinstance(value, Object) or value.is_indirect


def _acting_names(each: Object) -> Iterator[str]:
    yield from ACTING & set(each.keys())
    if isinstance(each, Stream) and each.get(Name.Subtype) == Name.Image:
        yield str(Name.Image)
    action = each.get(Name.S)
    if isinstance(action, Name) and str(action) in ACTIONS:
        yield str(action)


def _is_archival(document: Pdf) -> bool:
    """What PDF/A-3b says of itself; whether all of it is true, no tool at hand can tell."""
    intents = document.Root.get(Name.OutputIntents, Array())
    has_intent = any(intent.get(Name.S) == Name(INTENT) for intent in intents)
    return has_intent and document.open_metadata().pdfa_status == CONFORMANCE
