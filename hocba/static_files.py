from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

IMPORT = r"""(?P<matched>from "(?P<url>\.{1,2}/[^"]+)")"""


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed names inside the imports of our ES modules too: each is found, and cached for good.

    Django's own switch for this reads every package's scripts, among them some of htmx that
    import what they do not ship.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((IMPORT, 'from "%(url)s"'),)),
    )
