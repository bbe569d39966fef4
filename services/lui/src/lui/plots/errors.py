"""What can be wrong with drawing."""

from common.contracts.problem import Problem


class PlotUnavailable(Problem):
    """Too many plots are being drawn, or one took too long."""

    status, slug, title = 503, "plot-unavailable", "The plot could not be drawn now"
