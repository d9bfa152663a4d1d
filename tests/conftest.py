"""Where the fixtures are: each plugin below holds those of its topic."""

pytest_plugins = [
    "tests.support.runs",
    "tests.support.databases",
    "tests.support.application",
    "tests.support.live",
    "tests.support.browser",
]
