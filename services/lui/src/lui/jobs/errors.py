"""What can be wrong with a job or with what is asked of it."""

from common.contracts.problem import Problem


class JobNotFound(Problem):
    """No such job, or not the caller's to see."""

    status, slug, title = 404, "job-not-found", "There is no such job"


class StepNotDefined(Problem):
    """Nobody has filled in this step yet."""

    status, slug, title = 404, "step-not-defined", "The step is not defined yet"


class StepLocked(Problem):
    """Other steps have to be defined first."""

    status, slug, title = 409, "step-locked", "Other steps come first"


class JobNotEditable(Problem):
    """The job is authorized or over: its steps can only be looked at."""

    status, slug, title = 409, "job-not-editable", "The job can no longer be edited"


class ActionNotAllowed(Problem):
    """The stage of the job does not allow it."""

    status, slug, title = 409, "action-not-allowed", "The job does not allow this now"


class JobNotReady(Problem):
    """Something is missing; `problems` lists what, step by step."""

    status, slug, title = 409, "job-not-ready", "The job is not ready"


class PreflightFailed(Problem):
    """The job cannot be sent like this; `problems` says why, and which of them may be overridden."""

    status, slug, title = 409, "preflight-failed", "The job cannot be sent like this"


class AuthorizationVoid(Problem):
    """What would be sent is not what was authorized."""

    status, slug, title = 409, "authorization-void", "The job changed after it was authorized"


class TestNotFound(Problem):
    """No such test of this job."""

    __test__ = False
    status, slug, title = 404, "test-not-found", "There is no such test"


class TestOutdated(Problem):
    """The job was changed after the test was sent."""

    __test__ = False
    status, slug, title = 409, "test-outdated", "The test shows an older version"
