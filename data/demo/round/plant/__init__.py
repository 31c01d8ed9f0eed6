"""Planted problems and their innocent look-alikes, one module per area."""
