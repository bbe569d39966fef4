"""What can go wrong with settings."""

from common.contracts.problem import Problem


class SettingsBeyondReach(Problem):
    """An account in a group looks beyond it."""

    status, slug, title = 403, "settings-beyond-reach", "These settings are not yours to see or change"


class GroupUnknown(Problem):
    """There is no group of that id."""

    status, slug, title = 404, "group-unknown", "There is no such group"
