"""How well reuse is found: measures, each computed from plain columns of passage pairs."""
