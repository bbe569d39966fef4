import pytest

from lui.audience.detection import EncodingProbe, NotText, detect_settings


def probed(*pieces: bytes) -> str:
    probe = EncodingProbe()
    for piece in pieces:
        probe.feed(piece)
    return probe.encoding()


@pytest.mark.parametrize(
    ("octets", "encoding"),
    [
        (b"plain", "utf-8"),
        ("Grüße".encode(), "utf-8"),
        ("Grüße".encode("utf-8-sig"), "utf-8-sig"),
        ("Grüße".encode("utf-16"), "utf-16"),
        ("Grüße".encode("cp1252"), "cp1252"),
        (b"\x81\xe4", "iso8859-1"),
        (b"cut in two \xc3", "cp1252"),
    ],
)
def test_the_encoding_is_recognised(octets: bytes, encoding: str) -> None:
    assert probed(octets) == encoding


def test_one_foreign_octet_at_the_end_of_a_long_file_counts() -> None:
    assert probed(b"a" * 1000, b"b" * 1000, b"\xe4") == "cp1252"


def test_a_character_cut_in_two_by_pieces_is_no_fault() -> None:
    assert probed(b"a\xc3", b"\xa4b") == "utf-8"


@pytest.mark.parametrize(
    ("octets", "kind"),
    [
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x89PNG\r\n", "picture"),
        (b"a,b\n\x00", "NUL"),
        (bytes(range(1, 32)) * 10, "control characters"),
    ],
)
def test_what_is_no_text_is_named(octets: bytes, kind: str) -> None:
    with pytest.raises(NotText, match=kind):
        probed(octets)


def test_a_nul_in_a_later_piece_is_seen() -> None:
    with pytest.raises(NotText):
        probed(b"a,b\n", b"c\x00d")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_makes_rows_alike(separator: str) -> None:
    rows = [["email", "name", "note"], ["a@example.org", "Ada", "hi, there; you"], ["b@example.org", "Bob", "x"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    settings = detect_settings(text.encode(), "utf-8")
    assert (settings.separator, settings.quote, settings.header) == (separator, '"', True)


def test_one_column_needs_no_separator() -> None:
    settings = detect_settings(b"a@example.org\nb@example.org\n", "utf-8")
    assert (settings.separator, settings.header) == (",", False)


@pytest.mark.parametrize(
    ("first", "header"),
    [
        ("email,name", True),
        ("a@example.org,Ada", False),
        ("E-Mail,", True),
    ],
)
def test_a_first_row_without_an_address_is_a_header(first: str, *, header: bool) -> None:
    assert detect_settings(f"{first}\nb@example.org,Bob\n".encode(), "utf-8").header is header


@pytest.mark.parametrize(("only", "header"), [("name,city", True), ("1,2", False), ("name,", False)])
def test_without_any_address_a_header_is_words(only: str, *, header: bool) -> None:
    assert detect_settings(f"{only}\nx,y\n".encode(), "utf-8").header is header


def test_apostrophes_around_cells_are_quotes() -> None:
    text = "'email';'name'\n'a@example.org';'Ada; Countess'\n'b@example.org';'Bob'\n"
    settings = detect_settings(text.encode(), "utf-8")
    assert (settings.quote, settings.separator) == ("'", ";")


def test_an_apostrophe_in_a_name_is_no_quote() -> None:
    assert detect_settings(b"email,name\na@example.org,O'Hara\n", "utf-8").quote == '"'


def test_nothing_is_detected_in_nothing() -> None:
    assert detect_settings(b"", "utf-8").header is False
