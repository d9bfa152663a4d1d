"""Where the fixtures are: each plugin below holds those of its topic."""

from hypothesis import settings

pytest_plugins = [
    "tests.support.runs",
    "tests.support.databases",
    "tests.support.application",
    "tests.support.live",
    "tests.support.browser",
    "tests.support.deadlocks",
]

# The same examples in each run; `make test ARGS=--hypothesis-profile=default` looks for new ones.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")
