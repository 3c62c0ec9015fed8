"""``python -m extract``: the same as the installed command."""

from extract.cli import main

main()
