import datetime

import pytest
from django.core.exceptions import ValidationError

from exchange.models import ApiClient, EditFate, ImportBatch, ImportRow, SheetEdit, SheetUpload
from tests.constraints import Forbidden, check_database_refuses, check_form_is_told
from tests.rows import saved_row, valid_row

NOW = datetime.datetime(2027, 1, 5, 20, 30, tzinfo=datetime.UTC)

CASES = [
    Forbidden("api_client_name_present", ApiClient, {"name": ""}),
    Forbidden("import_batch_confirmed_at_and_by", ImportBatch, {"confirmed_at": NOW}),
    Forbidden(
        "import_batch_undone_at_and_by",
        ImportBatch,
        {"confirmed_at": NOW, "confirmed_by": lambda cast: cast.tam.user, "undone_at": NOW},
    ),
    Forbidden(
        "import_batch_undone_after_confirmed",
        ImportBatch,
        {"undone_at": NOW, "undone_by": lambda cast: cast.tam.user},
    ),
    Forbidden("import_row_unique", ImportRow, after={}),
    Forbidden("import_row_outcome_known", ImportRow, {"outcome": "lost"}),
    Forbidden("sheet_upload_saved_once_confirmed", SheetUpload, {"saved": 1}),
    Forbidden("sheet_edit_unique", SheetEdit, after={}),
    Forbidden("sheet_edit_fate_known", SheetEdit, {"fate": "lost"}),
    Forbidden(
        "sheet_edit_refused_with_sentence", SheetEdit, {"fate": EditFate.REFUSED, "sentence": ""}
    ),
    Forbidden("sheet_edit_saved_for_a_pupil", SheetEdit, {"enrollment": None}),
]

every_case = pytest.mark.parametrize("case", CASES, ids=str)


@every_case
def test_the_database_refuses(case, cast):
    check_database_refuses(case, cast)


@every_case
def test_a_form_is_told_why(case, cast):
    check_form_is_told(case, cast)


@pytest.mark.parametrize("name", ["name", "token_digest"])
def test_name_and_token_belong_to_one_client(cast, name):
    first = saved_row(ApiClient, cast)
    second = valid_row(ApiClient, cast, name="Khác", token_digest="2" * 64)
    setattr(second, name, getattr(first, name))
    with pytest.raises(ValidationError) as refusal:
        second.validate_unique()
    assert set(refusal.value.message_dict) == {name}


def test_a_revoked_client_is_not_authenticated(cast):
    assert valid_row(ApiClient, cast).is_authenticated
    assert not valid_row(ApiClient, cast, revoked_at=cast.school_year.starts_on).is_authenticated
