from collections.abc import Iterable, Iterator
from typing import Any

import fontpkg_be_vietnam_pro
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

WEIGHTS = ("Regular", "Medium", "SemiBold")


class TypefaceFinder(BaseFinder):
    """Be Vietnam Pro out of its pip package: the three weights that the stylesheets name."""

    prefix = "fonts"
    file_names = tuple(f"BeVietnamPro-{weight}.ttf" for weight in WEIGHTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=fontpkg_be_vietnam_pro.ROOT / "files")
        self.storage.prefix = self.prefix  # type: ignore[attr-defined]
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        folder, _, file_name = path.partition("/")
        if folder != self.prefix or file_name not in self.file_names:
            return []
        found = self.storage.path(file_name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        for file_name in self.file_names:
            yield file_name, self.storage
