"""The screens, one module each, and what they have in common."""
