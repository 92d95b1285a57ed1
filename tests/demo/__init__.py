"""The demo: everything from nothing to verified archive, in front of your eyes. Run by scripts/demo."""
