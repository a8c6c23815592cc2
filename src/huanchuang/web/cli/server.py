"""`migrate`, `serve`, and the two processes beside the web server: the worker and the ticker."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
import threading
import time
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

from huanchuang.jobs import services as jobs
from huanchuang.web import health
from huanchuang.web.cli.children import Child, Supervisor
from huanchuang.web.cli.publishing import static
from huanchuang.web.cli.words import CommandError, say

TICK_SECONDS = 5
BEAT_SECONDS = 5
ME = [sys.executable, "-m", "huanchuang.web.cli"]


def migrate(options: argparse.Namespace) -> int:
    """Make or upgrade the tables."""
    call_command("migrate", interactive=False, verbosity=0)
    say("数据库已是最新。", "The database is up to date.")
    return 0


def serve(options: argparse.Namespace) -> int:
    """Web server, worker and ticker until SIGTERM or SIGINT."""
    if waiting_migrations():
        raise CommandError(
            "数据库：还没有建立或需要升级，请先运行 huanchuang migrate",
            "database: not up to date; run huanchuang migrate first",
        )
    _check_port(options.host, options.port)
    static(options)
    health.forget_beats()
    say(
        f"环创已启动：http://{options.host}:{options.port}（Ctrl+C 停止）",
        f"huanchuang serves http://{options.host}:{options.port} (Ctrl+C stops)",
    )
    sys.stdout.flush()
    _link_here(options)
    children = [
        Child("web", _web(options)),
        Child("worker", [*ME, "worker"]),
        Child("ticker", [*ME, "ticker"]),
    ]
    try:
        Supervisor(children).run()
    finally:
        health.forget_beats()
    return 0


def _link_here(options: argparse.Namespace) -> None:
    """Links in mails and calendars lead to where this is served, unless the installation names its address."""
    host = "127.0.0.1" if options.host in ("0.0.0.0", "::") else options.host  # noqa: S104  (read, not bound)
    os.environ.setdefault(
        "HUANCHUANG_LINK_BASE", f"http://{f'[{host}]' if ':' in host else host}:{options.port}"
    )


def _web(options: argparse.Namespace) -> list[str]:
    place = ["--host", options.host, "--port", str(options.port), "--workers", str(options.processes)]
    quiet = [
        "--log-level",
        "warning",
        "--no-ws",
        "--blocking-threads",
        "4",
        "--backpressure",
        "64",
        "--workers-kill-timeout",
        "10",
        "--respawn-failed-workers",
    ]
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        *place,
        *quiet,
        "huanchuang.web.wsgi:application",
    ]


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host}:{port}：不能在此地址提供服务（{error.strerror}），请停止占用它的程序或用 --port 换一个端口",
                f"{host}:{port}: cannot serve here ({error.strerror}); stop what uses it or choose another --port",
            ) from None


def waiting_migrations() -> int:
    """How many migrations are not applied yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def worker(options: argparse.Namespace) -> int:
    """Does the jobs one after the other. Its heartbeat is a thread of its own, since a job may take long."""
    threading.Thread(target=_beat_forever, args=("worker",), daemon=True).start()
    call_command("db_worker", queue_name="*", interval=0.5, startup_delay=False, reload=False, verbosity=0)
    return 0


def _beat_forever(name: str) -> None:
    while threading.main_thread().is_alive():
        health.beat(name)
        time.sleep(BEAT_SECONDS)


class _Stop(Exception):
    """SIGTERM came."""


def ticker(options: argparse.Namespace) -> int:
    """Calls the regular work of the slices every few seconds (each says how often it wants to be called)."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise _Stop

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    logging.getLogger("huanchuang.serve").info("ticker starts, data %s", settings.HUANCHUANG_DATA.name)
    try:
        while True:
            health.beat("ticker")
            close_old_connections()
            jobs.tick()
            time.sleep(TICK_SECONDS)
    except _Stop:
        return 0
