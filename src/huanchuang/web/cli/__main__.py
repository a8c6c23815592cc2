"""`python -m huanchuang.web.cli …`"""

import sys

from huanchuang.web.cli.run import main

sys.exit(main())
