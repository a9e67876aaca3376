"""For all tests: a busy machine makes no property false."""

from hypothesis import settings

settings.register_profile("project", deadline=None)
settings.load_profile("project")
