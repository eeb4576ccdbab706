"""How the truth's tables came to be, one revision after another; shipped with the package."""
