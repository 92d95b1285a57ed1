"""Runs the benchmarks: python -m bench.runner (scripts/bench)."""
