"""What holds for every test."""

from hypothesis import settings

# The same examples in every run: nobody's change goes red by another's chance.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
