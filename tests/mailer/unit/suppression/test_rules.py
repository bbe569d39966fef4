from mailer.suppression.rules import address_hash


def test_one_mailbox_is_one_person_however_it_is_written() -> None:
    assert address_hash("Ann@Example.ORG") == address_hash(" ann@example.org ")
    assert address_hash("ann@example.org") != address_hash("bob@example.org")
