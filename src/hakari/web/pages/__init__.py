"""One folder a page: what it shows (`page.py`) and how it stands (`page.html`)."""
