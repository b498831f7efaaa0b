#!/usr/bin/env python
"""Django's command line for this project; `./dev manage …` runs it inside the project's environment."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reex_site.settings")
    from django.core.management import execute_from_command_line

    from reex_site.lib.env import SettingError

    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.exit(f"Setting refused: {error}")
