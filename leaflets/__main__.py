"""`python -m leaflets`."""

from leaflets.cli.main import main

main()
