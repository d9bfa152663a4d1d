"""The country of phone numbers without a country code."""

from pathlib import Path

import pytest

from tests.settings.loading import load


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("America/Panama", "PA"),
        ("America/Argentina/Buenos_Aires", "AR"),
        ("US/Eastern", "US"),
        ("UTC", ""),
        ("Etc/GMT+5", ""),
    ],
)
def test_the_country_is_that_of_the_time_zone(tmp_path: Path, zone: str, country: str) -> None:
    found = load(tmp_path, TIME_ZONE=zone).country
    assert found == country
    assert load(tmp_path, TIME_ZONE=zone, COUNTRY="co").country == "CO"
