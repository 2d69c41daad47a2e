from collections.abc import Iterator

import pytest
from django.test import override_settings


@pytest.fixture(scope="package", autouse=True)
def demo_authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The authority that the seeds of these tests make, away from a developer's own."""
    trust_file = tmp_path_factory.mktemp("demo-ca") / "trust.pem"
    with override_settings(SIGNING_TRUST_FILE=str(trust_file)):
        yield
