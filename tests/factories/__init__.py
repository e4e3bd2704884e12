"""Makers of rows for tests, one module per app; every maker gives the smallest valid row."""
