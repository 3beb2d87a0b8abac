"""The jobs that wait for pictures, done at once."""

import json

from django.db import connection

from bureaus.tasks import finish_picture, remove_files

JOBS = {f"bureaus.tasks.{job.__name__}": job for job in (finish_picture, remove_files)}


def work_off() -> None:
    """Do the jobs that wait for a picture, in the order in which the queue gives them out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        (worker,) = cursor.fetchone()
        while True:
            cursor.execute(
                "SELECT id, task_name, args FROM procrastinate_fetch_job_v2(%s, %s)",
                (["pictures"], worker),
            )
            number, task, arguments = cursor.fetchone()
            if number is None:
                return
            JOBS[task](**json.loads(arguments))
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)", (number,))
