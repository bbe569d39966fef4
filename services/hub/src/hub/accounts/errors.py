"""What can be wrong with a request about accounts."""

from common.contracts.problem import Problem


class AccountNotFound(Problem):
    """There is no such account, or not one the caller may see."""

    status, slug, title = 404, "account-not-found", "There is no such account"


class AccountNameTaken(Problem):
    """The group (or the accounts without one) has an account of that name, in whatever case."""

    status, slug, title = 409, "account-name-taken", "There is an account of that name"


class AccountBeyondReach(Problem):
    """The account may do more than the one who would change it."""

    status, slug, title = 403, "account-beyond-reach", "You may not change this account"


class OwnAccount(Problem):
    """Nobody closes or strips the account they are using."""

    status, slug, title = 409, "own-account", "This cannot be done to your own account"
