"""`python -m reuse` is the command `textreuse`."""

import sys

from reuse.cli import main

sys.exit(main())
