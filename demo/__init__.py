"""The demo campaign: the sample ledgers plus a year of invented records, labelled 演示数据 on every page and export.

Nothing here is imported by the product; `manage.py demo` makes it and `manage.py demo --wipe` takes it away.
"""
