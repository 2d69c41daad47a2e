import pytest
from django.core.exceptions import ValidationError

from exchange.models import ApiClient
from tests.constraints import Forbidden, check_database_refuses, check_form_is_told
from tests.rows import saved_row, valid_row

CASES = [Forbidden("api_client_name_present", ApiClient, {"name": ""})]

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
