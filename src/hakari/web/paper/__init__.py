"""Paper without a browser: what a page says, set as a PDF."""

from hakari.web.paper.setting import set_pdf

__all__ = ["set_pdf"]
