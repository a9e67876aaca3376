"""The six screens."""

from tui.screens.clusters import Clusters
from tui.screens.compare import Compare
from tui.screens.documents import Documents
from tui.screens.formulas import Formulas
from tui.screens.matches import Matches
from tui.screens.matrix import Matrix
from tui.screens.place import Place

SCREENS: dict[str, type[Place]] = {
    "matches": Matches,
    "formulas": Formulas,
    "documents": Documents,
    "matrix": Matrix,
    "clusters": Clusters,
    "compare": Compare,
}
"""The screens by the id of the action that shows them."""
