from schools.places import communes, provinces


def test_there_are_34_provinces_and_3321_communes() -> None:
    assert len(provinces()) == 34
    assert len(communes()) == 3321


def test_codes_keep_their_leading_zeros() -> None:
    assert provinces()["01"].name == "Hà Nội"
    assert communes()["00070"].full_name == "Phường Hoàn Kiếm"


def test_every_commune_lies_in_a_province_that_exists() -> None:
    assert {commune.province_code for commune in communes().values()} == provinces().keys()


def test_codes_have_the_lengths_that_the_models_keep() -> None:
    assert {len(code) for code in provinces()} == {2}
    assert {len(code) for code in communes()} == {5}
