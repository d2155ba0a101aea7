"""Builds outside the tree; everything else stands in `pyproject.toml`.

`pip install .` packs whatever lies in `build/`, also the modules and migrations of the version that was
installed from this tree before.
"""

from tempfile import TemporaryDirectory

from setuptools import setup

with TemporaryDirectory() as folder:
    setup(options={"build": {"build_base": folder}})
