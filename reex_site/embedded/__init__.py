"""The default for one machine: PostgreSQL from the wheel, and `manage.py up`.

As a Django database engine (`ENGINE = "reex_site.embedded"`) this package is PostgreSQL with one difference: the first
connection starts the server. Whatever never connects, never starts one.
"""
