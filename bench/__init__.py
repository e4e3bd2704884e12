"""Measurements of docs/performance.md; each module is one command."""
