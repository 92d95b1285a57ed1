"""Runs the benchmarks: python -m runner (scripts/bench)."""
