"""The real company is what the pages ask for; the type checker is the one who looks."""

from __future__ import annotations

from hakari import bootstrap
from hakari.web.company import Company


def test_the_real_company_answers_what_the_pages_ask() -> None:
    def accepted(real: bootstrap.Company) -> Company:
        return real

    assert callable(accepted)
