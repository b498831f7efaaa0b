"""Django's database backend over the embedded server: the first connection starts it."""

from typing import Any

from django.db.backends.postgresql import base

from .server import Server


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL whose `HOST` is a data folder, not an address."""

    def get_connection_params(self) -> dict[str, Any]:
        server = Server.at(self.settings_dict["HOST"], durable=self.settings_dict.get("DURABLE", True))
        params = super().get_connection_params()
        params["host"] = str(server.join())
        params["user"] = server.superuser
        server.create_database(params["dbname"])
        return params
