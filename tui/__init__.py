"""The terminal user interface: it reads runs and is never imported by the engine."""
