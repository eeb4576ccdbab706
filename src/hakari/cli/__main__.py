"""`python -m hakari.cli` is the `hakari` command."""

from hakari.cli.start import main

main()
