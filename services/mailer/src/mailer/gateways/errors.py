"""What can be wrong with a request about gateways."""

from common.contracts.problem import Problem


class GatewayNotFound(Problem):
    """There is no gateway of that id."""

    status, slug, title = 404, "gateway-not-found", "There is no such gateway"


class GatewayOfDeployment(Problem):
    """The default gateway is changed where mailer is deployed."""

    status, slug, title = 409, "gateway-of-deployment", "This gateway is set up by the deployment"


class GatewayNameTaken(Problem):
    """Another gateway is called that, in whatever case."""

    status, slug, title = 409, "gateway-name-taken", "There is a gateway of that name"


class DestinationLimitNotFound(Problem):
    """Nothing was set for that destination."""

    status, slug, title = 404, "destination-limit-not-found", "There is no limit for this destination"


class CheckBusy(Problem):
    """Several checks are under way."""

    status, slug, title = 503, "gateway-checks-busy", "Other gateways are being checked"
