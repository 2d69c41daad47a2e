"""Our modules as production serves them: collected, with hashed names."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.module_loading import import_string

from hocba.settings import STORAGES

SOURCE = settings.BASE_DIR / "static"
MODULES = sorted(path.relative_to(SOURCE) for path in (SOURCE / "js").rglob("*.js"))
IMPORT = re.compile(r'from "([^"]+)"')
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    shutil.copytree(SOURCE / "js", tmp_path / "js")
    storage_class = import_string(STORAGES["staticfiles"]["BACKEND"])
    storage = storage_class(location=tmp_path, base_url=staticfiles_storage.base_url)
    for _name, _hashed, processed in storage.post_process(
        {str(name): (storage, str(name)) for name in MODULES}
    ):
        assert not isinstance(processed, Exception), processed
    return tmp_path


def test_modules_import_modules_by_their_hashed_names(collected: Path):
    hashed = [path for path in (collected / "js").rglob("*.js") if HASHED.search(path.name)]
    imports = [(module, name) for module in hashed for name in IMPORT.findall(module.read_text())]

    assert imports
    for module, name in imports:
        assert HASHED.search(name), f"{module.name} imports {name}"
        assert (module.parent / name).is_file()


@pytest.mark.parametrize("name", MODULES, ids=str)
def test_a_module_is_short_and_writes_its_imports_as_the_storage_reads_them(name: Path):
    text = (SOURCE / name).read_text()

    assert len(text.splitlines()) < 400
    assert text.count("\nimport ") == len(IMPORT.findall(text))
