"""One writer of read models at a time.

Facts, counts and copies look at rows of other disclosures; two transactions that do not see each other would settle them
wrongly. The lock is taken before any row lock, so writers queue and never deadlock; reading and extracting go on beside it.
"""

from django.db import connection

READ_MODELS = 7_301_455
MACHINES = 7_301_457


def one_writer() -> None:
    """Wait for our turn; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [READ_MODELS])


def one_machine() -> None:
    """The same for a worker with many documents: workers queue among themselves first.

    So at most one of them stands in the line, and a person's click waits for one batch, not for one of each worker.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MACHINES])
    one_writer()


def unhurried() -> None:
    """Let this transaction end before it has reached the disk: for work that is done again when a power cut loses it.

    What is kept of pages never goes this way. The log is written in order, so nothing that a person's commit rests on is
    lost without that commit; a killed worker loses nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
