"""The controls of the grids, written without a template each.

A class of 45 has hundreds; a template for every one takes two thirds of the page's time.
The tests hold each against Django's own.
"""

from functools import cache
from html import escape
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Attributes = dict[str, Any]


def _attributes(attributes: Attributes) -> SafeString:
    """Django's `flatatt`, which takes a sixth of the page's time; every value is escaped."""
    parts = [
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None and value is not False
    ]
    return mark_safe("".join(parts))  # noqa: S308


class LevelSelect(forms.Select):
    def render(
        self, name: str, value: Any, attrs: Attributes | None = None, renderer: Any = None
    ) -> SafeString:
        attributes = _attributes(self.build_attrs(self.attrs, attrs))
        choices = tuple(self.choices)
        options = _options(choices, value if value in dict(choices) else "")
        return format_html('<select name="{}"{}>{}</select>', name, attributes, options)


@cache
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    selected = _attributes({"selected": True})
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, selected if code == chosen else "", label) for code, label in choices),
    )


class ShortText(forms.TextInput):
    def render(
        self, name: str, value: Any, attrs: Attributes | None = None, renderer: Any = None
    ) -> SafeString:
        shown = self.format_value(value)
        held = {} if shown is None else {"value": shown}
        attributes = _attributes({**self.build_attrs(self.attrs, attrs), **held})
        return format_html('<input type="text" name="{}"{}>', name, attributes)


class Base(forms.HiddenInput):
    """What the page was made from, beside its control; found by its name, it needs no id."""

    def render(
        self, name: str, value: Any, attrs: Attributes | None = None, renderer: Any = None
    ) -> SafeString:
        shown = self.format_value(value)
        held = "" if shown is None else format_html(' value="{}"', shown)
        return format_html('<input type="hidden" name="{}"{}>', name, held)


class LongText(forms.Textarea):
    def render(
        self, name: str, value: Any, attrs: Attributes | None = None, renderer: Any = None
    ) -> SafeString:
        # A line break first in the element is not part of its text.
        return format_html(
            '<textarea name="{}"{}>\n{}</textarea>',
            name,
            _attributes(self.build_attrs(self.attrs, attrs)),
            self.format_value(value) or "",
        )
