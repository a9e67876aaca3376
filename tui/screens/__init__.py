"""The six screens."""

from tui.screens.documents import Documents
from tui.screens.formulas import Formulas
from tui.screens.matches import Matches

SCREENS = {"matches": Matches, "formulas": Formulas, "documents": Documents}
"""The screens by the id of the action that shows them."""
