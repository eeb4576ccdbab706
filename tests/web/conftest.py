"""A browser without eyes: asks the pages of the hand-made company over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from hakari.planning.scorecard import Scorecard
from hakari.web.app import create_app
from hakari.words import Language
from tests.web import sample
from tests.web.company import SampleCompany

Visit = Callable[[Callable[[Language], Scorecard]], TestClient]


@pytest.fixture
def visit() -> Visit:
    """A client of the company in the state a function of `tests.web.sample` makes."""

    def open_site(make: Callable[[Language], Scorecard]) -> TestClient:
        app = create_app(SampleCompany(make), clock=lambda: sample.NOW, hosts=["hakari.example"])
        return TestClient(app, base_url="http://localhost")

    return open_site


@pytest.fixture
def client(visit: Visit) -> TestClient:
    return visit(sample.full)
