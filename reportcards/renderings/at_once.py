"""A document for somebody who waits for it: the stored file, or laid out here and now."""

from contextlib import suppress

from django.conf import settings

from reportcards.documents.rendering import render
from reportcards.errors import RenderingLost
from reportcards.models import Rendering, RenderingState
from reportcards.renderings.contents import Content
from reportcards.renderings.files import pdf_in


def pages_of(content: Content) -> bytes:
    """The same pages either way; what is laid out for one reader is not stored."""
    stored = Rendering.objects.filter(
        kind=content.kind, content_digest=content.digest, state=RenderingState.READY
    ).first()
    if stored is not None:
        with suppress(RenderingLost):  # the same pages can be laid out again
            return pdf_in(stored)
    return render(content.kind, content.body, public_address=settings.PUBLIC_ADDRESS)
