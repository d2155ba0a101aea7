"""Characters that no XML document may hold, read or written."""

import re

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything but `Char` of XML 1.0, production 2."""
