import pytest

from common.contracts.problem import Invalid
from hub.accounts import rules
from hub.accounts.errors import AccountBeyondReach, OwnAccount
from hub.accounts.rights import EXPLANATIONS, Right
from hub.accounts.rules import Administrator
from hub.accounts.weak_passwords import WEAK_PASSWORDS


def pointer_of(problem: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [error["pointer"] for error in problem.value.facts["errors"]]


@pytest.mark.parametrize(
    "password", ["ten chars!", "correct horse battery", "äöüß äöüß äöüß", "五文字以上の長い合言葉"]
)
def test_any_ten_characters_will_do(password: str) -> None:
    rules.require_strong_password(password, names=("ada", None))


@pytest.mark.parametrize("password", ["", "nine char", "x" * 257, "abababababab", "QWERTYUIOP1", "Ada Lovelace"])
def test_passwords_that_are_guessed_first_are_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.require_strong_password(password, names=("ada lovelace", None), pointer="/new_password")
    assert pointer_of(refused) == ["/new_password"]


def test_a_password_is_the_same_however_its_letters_are_composed() -> None:
    assert rules.normal_password("caf\u00e9 au lait") == rules.normal_password("cafe\u0301 au lait")


def test_the_list_of_weak_passwords_holds_none_that_length_refuses_already() -> None:
    assert [word for word in WEAK_PASSWORDS if len(word) < rules.PASSWORD_MINIMUM] == []
    assert {word.casefold() for word in WEAK_PASSWORDS} == WEAK_PASSWORDS


def test_every_right_is_explained() -> None:
    assert set(EXPLANATIONS) == set(Right)


def test_rights_come_in_the_catalogues_order_and_once() -> None:
    assert rules.chosen_rights(["see_reports", "create_jobs", "see_reports"]) == (Right.CREATE_JOBS, Right.SEE_REPORTS)


def test_every_unknown_right_is_pointed_at() -> None:
    with pytest.raises(Invalid) as refused:
        rules.chosen_rights(["fly", "create_jobs", "swim"])
    assert pointer_of(refused) == ["/rights/0", "/rights/2"]


@pytest.mark.parametrize(("address", "kept"), [(None, None), ("  ", None), (" a@example.org ", "a@example.org")])
def test_a_contact_address_may_be_missing(address: str | None, kept: str | None) -> None:
    assert rules.checked_contact_address(address) == kept


@pytest.mark.parametrize(
    "address", ["a", "@example.org", "a@", "a@.", "a@b@c", "a b@example.org", "a@example.org\n", "a" * 250 + "@b.org"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Invalid):
        rules.checked_contact_address(address + "x" if address.endswith("\n") else address)


def test_an_administrator_without_a_group_reaches_all_others_their_own_group() -> None:
    everyone, group = Administrator("1", None, frozenset()), Administrator("2", "g", frozenset())
    assert everyone.reaches(None)
    assert everyone.reaches("g")
    assert group.reaches("g")
    assert not group.reaches(None)
    assert not group.reaches("h")


def test_rights_not_held_are_neither_granted_nor_managed() -> None:
    by = Administrator("1", None, frozenset({"administer_accounts", "create_jobs"}))
    rules.require_may_grant(by, ["create_jobs"])
    rules.require_may_manage(by, ["create_jobs"])
    with pytest.raises(Invalid, match="see_reports"):
        rules.require_may_grant(by, ["create_jobs", "see_reports"])
    with pytest.raises(AccountBeyondReach) as refused:
        rules.require_may_manage(by, ["create_jobs", "see_reports"])
    assert refused.value.facts == {"rights": ["see_reports"]}


def test_nobody_closes_themselves() -> None:
    by = Administrator("1", None, frozenset())
    rules.require_other(by, "2", "close")
    with pytest.raises(OwnAccount, match="close"):
        rules.require_other(by, "1", "close")
