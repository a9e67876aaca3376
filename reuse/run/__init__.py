"""The stored run: its schema, writing it, reading it."""
