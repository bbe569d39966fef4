"""What can be wrong with arming."""

from common.contracts.problem import Problem


class NothingToArm(Problem):
    """Nothing is held back."""

    status, slug, title = 409, "nothing-to-arm", "Nothing is held back"
