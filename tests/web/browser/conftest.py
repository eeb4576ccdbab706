"""A real Chromium before the real server, both started once for all tests of this folder."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

from hakari.planning.scorecard import Scorecard
from hakari.web.app import create_app
from hakari.words import Language
from tests.web import sample
from tests.web.company import SampleCompany
from tests.web.defined import defined_company
from tests.web.planned import ROWS as PLANNED

CHROMIUM = Path("/usr/bin/chromium")
Answer = TypeVar("Answer")
Browse = Callable[[Callable[[Browser], Answer]], Answer]
Serve = Callable[[Callable[[Language], Scorecard]], str]


@pytest.fixture(scope="session")
def browse() -> Iterator[Browse[object]]:
    """Runs a function with the browser, in the one thread the browser lives in.

    Playwright's synchronous interface keeps an event loop in its thread, which other tests would trip over.
    """
    if not CHROMIUM.exists():
        reason = f"There is no {CHROMIUM}: apt-get install chromium fonts-noto-cjk libatomic1."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with ThreadPoolExecutor(max_workers=1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(
            lambda: playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        ).result()
        yield lambda visit: thread.submit(visit, browser).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """The address of a server that shows the company in the asked state; started once a state."""
    running: dict[str, tuple[uvicorn.Server, threading.Thread, str]] = {}

    def start(make: Callable[[Language], Scorecard]) -> str:
        if make.__name__ not in running:
            running[make.__name__] = _start(make)
        return running[make.__name__][2]

    yield start
    for server, thread, _ in running.values():
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def url(serve: Serve) -> str:
    return serve(sample.full)


@pytest.fixture(scope="session")
def defined_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real company's server, for pages that change something."""
    with defined_company(tmp_path_factory.mktemp("defined")) as company:
        server, thread, url = _run(create_app(company, clock=lambda: sample.NOW))
        yield url
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def planned_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real company's server, for the plan."""
    with defined_company(tmp_path_factory.mktemp("planned"), rows=PLANNED) as company:
        server, thread, url = _run(create_app(company, clock=lambda: sample.NOW))
        yield url
        server.should_exit = True
        thread.join(timeout=10)


def _start(make: Callable[[Language], Scorecard]) -> tuple[uvicorn.Server, threading.Thread, str]:
    return _run(create_app(SampleCompany(make), clock=lambda: sample.NOW))


def _run(app: FastAPI) -> tuple[uvicorn.Server, threading.Thread, str]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        if time.monotonic() > deadline:
            pytest.fail("The server did not start within 20 s.")
        time.sleep(0.02)
    return server, thread, f"http://127.0.0.1:{listening.getsockname()[1]}"
