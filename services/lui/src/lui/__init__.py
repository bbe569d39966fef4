"""User interface API, the single-page application, jobs, audiences, reports, subscriber pages."""
