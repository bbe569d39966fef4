import pytest

from lui.audience.rules.columns import columns_of_header, numbered_columns


def test_legal_names_stay_as_they_are() -> None:
    columns = columns_of_header(["email", "First_Name", "a1"])
    assert (columns.names, columns.warnings, columns.errors) == (("email", "First_Name", "a1"), (), ())


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("E-Mail", "E_Mail"),
        ("First name", "First_name"),
        ("  padded ", "padded"),
        ("Größe", "Grosse"),
        ("Prénom", "Prenom"),
        ("(city)", "city"),
        ("2nd line", "FIELD_2nd_line"),
        ("", "FIELD1"),
        ("x" * 100, "x" * 64),
    ],
)
def test_what_can_be_turned_into_a_name_is_with_a_warning(cell: str, name: str) -> None:
    columns = columns_of_header([cell])
    assert columns.names == (name,)
    assert len(columns.warnings) == 1
    assert columns.errors == ()


@pytest.mark.parametrize("cell", ["!!!", "—", "地址"])
def test_what_cannot_is_an_error_naming_the_column(cell: str) -> None:
    columns = columns_of_header(["email", cell])
    assert "column 2" in columns.errors[0]
    assert cell in columns.errors[0]


def test_a_name_used_twice_is_an_error_naming_both_places() -> None:
    assert columns_of_header(["email", "name", "NAME"]).errors == ("columns 2 and 3 are both called NAME",)


def test_without_a_header_columns_are_numbered() -> None:
    assert numbered_columns(3).names == ("FIELD1", "FIELD2", "FIELD3")


def test_a_column_is_found_by_its_name_or_by_what_the_header_says() -> None:
    columns = columns_of_header(["E-Mail", "name"])
    assert (columns.position("E_Mail"), columns.position("E-Mail"), columns.position("x")) == (0, 0, None)
