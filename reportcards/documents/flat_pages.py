"""Pages as paper takes them: what a signature shows becomes part of the page, and stands still."""

from io import BytesIO

from pikepdf import Name, Pdf

# Of a page that is read on a screen; paper has neither links nor a structure.
OF_THE_SCREEN = ("/Annots", "/StructParents", "/Tabs")
OVER = Name("/LaidOver")


def flat_pdf(document: bytes) -> Pdf:
    """The pages look as they did, and no signature and no field is left in them."""
    pdf = Pdf.open(BytesIO(document))
    pdf.flatten_annotations("print")
    for page in pdf.pages:
        for key in OF_THE_SCREEN:
            if key in page:
                del page[key]
    return pdf


def lay_over(pdf: Pdf, over: bytes) -> None:
    """The first page of `over` on every page that is not blank; it is stored once."""
    with Pdf.open(BytesIO(over)) as source:
        laid = pdf.copy_foreign(source.pages[0].as_form_xobject())
    before, after = pdf.make_stream(b"q\n"), pdf.make_stream(b"\nQ q %s Do Q\n" % bytes(OVER))
    for page in pdf.pages:
        if "/Contents" in page:
            page.add_resource(laid, Name.XObject, OVER)
            page.contents_add(before, prepend=True)
            page.contents_add(after)


def overlaid(document: bytes, over: bytes) -> bytes:
    """The flat pages of a document, with the same stamp on each."""
    with flat_pdf(document) as pdf:
        pages = Pdf.new()
        pages.pages.extend(pdf.pages)
        pages.docinfo["/Title"] = pdf.docinfo.get("/Title", "")
        lay_over(pages, over)
        target = BytesIO()
        pages.save(target)
    return target.getvalue()
