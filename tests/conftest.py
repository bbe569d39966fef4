"""The plugins that give tests their fixtures; nothing is imported from here."""

pytest_plugins = [
    "tests.support.engines",
    "tests.support.databases",
    "tests.support.http",
    "tests.support.logs",
]
