"""`python -m interview` is the command `interview`."""

import sys

from interview.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
