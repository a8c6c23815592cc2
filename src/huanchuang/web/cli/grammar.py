"""Every command and its words. Actions are named as `module:function` and imported only when called."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn

from huanchuang.web.cli.words import language, say_error


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one line, and ends with status 2."""

    def error(self, message: str) -> NoReturn:
        """One line instead of the whole usage."""
        hint = f"see {self.prog} --help" if language() == "en" else f"用法见 {self.prog} --help"
        say_error(f"{self.prog}：{message}（{hint}）")
        raise SystemExit(2)


if (
    TYPE_CHECKING
):  # argparse has no public name for what add_subparsers returns, and at run time it takes no parameter
    Commands = argparse._SubParsersAction[Parser]


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = Parser(
        prog="huanchuang",
        description="环创：区域创新生态的运行平台 / operating platform of a regional innovation ecosystem",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    _reading(commands)
    _deciding(commands)
    _packs(commands)
    _running(commands)
    _people(commands)
    _sheets(commands)
    _files_out(commands)
    _keeping(commands)
    _making(commands)
    return parser


def _add(commands: Commands, name: str, action: str, text: str, *, django: bool = True) -> Parser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(action=action, django=django)
    return parser


def _group(commands: Commands, name: str, text: str) -> Commands:
    parser = commands.add_parser(name, help=text, description=text)
    return parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND", parser_class=Parser)


def _reading(commands: Commands) -> None:
    read = _add(
        commands,
        "read",
        "reading:read_files",
        "读方案、政策、复函，得出任务台账 / read papers into a ledger",
        django=False,
    )
    read.add_argument("files", nargs="+", metavar="FILE", help="docx, pdf, html, txt, md")
    read.add_argument(
        "--json",
        metavar="OUT",
        help="JSON（- 为标准输出；不写任何输出选项时默认）/ JSON, - is standard output",
    )
    read.add_argument("--xlsx", metavar="OUT", help="工作台账 / an Excel ledger")
    read.add_argument("--docx", metavar="OUT", help="配档表 / a Word table of tasks")
    read.add_argument(
        "--text",
        metavar="OUT",
        help="位置所指的文本；多个文件时为文件夹 / the text that offsets count; a folder for several files",
    )


def _deciding(commands: Commands) -> None:
    assess = _add(
        commands,
        "assess",
        "assess:assess_file",
        "判断企业能享受哪些政策、还差多少 / decide which policies organisations may have, and how far they are",
        django=False,
    )
    assess.add_argument(
        "--facts",
        metavar="F",
        required=True,
        help="csv、xlsx、parquet：每个单位每年一行，列名用指标字典里的名称 / a row per organisation and year",
    )
    assess.add_argument(
        "--as-of", metavar="D", required=True, help="基准日，如 2026-01-01 / day of the question"
    )
    assess.add_argument(
        "--policy", metavar="ID", action="append", help="可重复；缺省为全部 / may be repeated; default: all"
    )
    assess.add_argument("--out", metavar="F", required=True, help="csv、parquet、jsonl")
    assess.add_argument(
        "--quick",
        action="store_true",
        help="不算 missing 与 distance，百万家几秒 / leave missing and distance blank: a million in seconds",
    )


def _packs(commands: Commands) -> None:
    packs = _group(commands, "packs", "定义包 / definition packs")
    check = _add(
        packs, "check", "packing:check", "检查定义包及其样例 / check packs and their cases", django=False
    )
    check.add_argument("folder", nargs="?", metavar="DIR", help="缺省为自带的包 / default: the shipped ones")
    _add(packs, "list", "packing:listing", "列出定义包 / list packs", django=False)
    show = _add(packs, "show", "packing:show", "显示一个定义包 / show a pack", django=False)
    show.add_argument("id", metavar="ID")
    new = _add(packs, "new", "packing:new", "新建定义包骨架 / make the skeleton of a pack", django=False)
    new.add_argument("kind", metavar="KIND")
    new.add_argument("id", metavar="ID")
    new.add_argument("--where", metavar="DIR", default=".", help="放在哪个文件夹 / folder to put it in")


def _running(commands: Commands) -> None:
    _add(commands, "migrate", "server:migrate", "建立或升级数据库 / make or upgrade the database")
    for name, action, text in (
        ("serve", "server:serve", "启动网站、后台处理和定时器 / web server, worker and ticker"),
        ("demo", "demo:demo", "载入演示区（首次）并启动 / load the demonstration (first time) and serve"),
    ):
        serve = _add(commands, name, action, text)
        serve.add_argument("--host", default="127.0.0.1")
        serve.add_argument("--port", type=_port, default=8000)
        serve.add_argument(
            "--processes",
            type=int,
            choices=range(1, 65),
            default=1,
            metavar="N",
            help="网站进程数 / web processes",
        )
        if name == "demo":
            serve.add_argument(
                "deed",
                nargs="?",
                choices=("serve", "load"),
                default="serve",
                help="load：只载入，不启动 / only load",
            )
    _add(commands, "worker", "server:worker", "后台处理（serve 会启动它）/ the worker that serve starts")
    _add(commands, "ticker", "server:ticker", "定时器（serve 会启动它）/ the ticker that serve starts")


def _people(commands: Commands) -> None:
    user = _group(commands, "user", "用户 / accounts")
    add = _add(user, "add", "users:add", "新增用户 / add an account")
    add.add_argument("username", metavar="USERNAME")
    add.add_argument("--name", required=True, help="姓名 / name shown")
    add.add_argument("--role", required=True, help="角色（user roles 列出）/ role, see user roles")
    _password_option(add)
    _add(user, "list", "users:listing", "列出用户 / list accounts")
    _add(user, "roles", "users:roles", "列出角色 / list roles")
    role = _add(user, "role", "users:role", "改角色 / change the role")
    role.add_argument("username", metavar="USERNAME")
    role.add_argument("role", metavar="ROLE")
    password = _add(user, "password", "users:password", "重设密码 / set a new password")
    password.add_argument("username", metavar="USERNAME")
    _password_option(password)
    deactivate = _add(user, "deactivate", "users:deactivate", "停用 / deactivate an account")
    deactivate.add_argument("username", metavar="USERNAME")


def _sheets(commands: Commands) -> None:
    sheet = _add(commands, "import", "importing:import_file", "导入表格 / import a sheet into the register")
    sheet.add_argument(
        "kind",
        metavar="KIND",
        help="organisation, person, achievement, patent, need …；everything：装入全部数据的归档 / load an archive of all data",
    )
    sheet.add_argument("file", metavar="FILE", help="xlsx, csv；everything: zip")
    sheet.add_argument("--check", action="store_true", help="只检查，不写入 / check only, write nothing")
    sheet.add_argument(
        "--good", action="store_true", help="有问题的行跳过，其余写入 / take the rows without problems"
    )
    sheet.add_argument("--user", metavar="NAME", help="以这个账户的权限 / with the rights of this account")
    sheet.add_argument("--sheet", metavar="NAME", default="", help="工作表 / sheet of the workbook")
    sheet.add_argument(
        "--set",
        metavar="FIELD=TEXT",
        action="append",
        default=[],
        help="全表统一填写，例如 kind=技术需求 / one value for all rows",
    )
    sheet.add_argument(
        "--months", action="store_true", help="只写到年月的日期按当月第一天 / read a month as its first day"
    )
    sheet.add_argument("--problems", metavar="OUT", help="问题行另存为 xlsx / write the rows with problems")


def _files_out(commands: Commands) -> None:
    out = _add(
        commands, "export", "exporting:export_file", "导出登记或全部数据 / export a kind, or everything"
    )
    out.add_argument(
        "kind",
        metavar="KIND",
        help="organisation, person, achievement, patent, need … facts；everything：全部数据的归档 / an archive of all data",
    )
    out.add_argument("file", metavar="FILE", help="xlsx, csv, jsonl；everything: zip")
    out.add_argument("--user", metavar="NAME", help="以这个账户的权限 / with the rights of this account")
    out.add_argument(
        "--status", choices=("all", "in-force", "retired"), default="all", help="缺省 all / default: all"
    )
    out.add_argument(
        "--with-personal", action="store_true", help="含联系方式，须写明用途 / with contacts, needs a purpose"
    )
    out.add_argument(
        "--purpose", metavar="TEXT", help="查看个人信息的用途，记入审计 / why, kept in the trail"
    )


def _password_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stdin",
        action="store_true",
        help="从标准输入读密码；缺省自动生成并显示一次 / read the password from standard input; default: generated and shown once",
    )


def _keeping(commands: Commands) -> None:
    audit = _group(commands, "audit", "审计记录 / audit trail")
    verify = _add(audit, "verify", "auditing:verify", "验证审计记录未被改动 / prove that the trail is whole")
    verify.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="HEX",
        help="别处记下的封印 / a sealed head known from elsewhere",
    )
    _add(audit, "seal", "auditing:seal", "立即封印 / seal now")
    backup = _add(
        commands, "backup", "backup:backup", "备份数据库和文件（可在运行中）/ back up database and files"
    )
    backup.add_argument("file", metavar="FILE")
    restore = _add(commands, "restore", "restore:restore", "从备份恢复 / restore a backup")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument(
        "--yes", action="store_true", help="允许替换现有数据 / replace the data that is there"
    )


def _making(commands: Commands) -> None:
    _add(
        commands, "messages", "making:messages", "编译英文界面 / compile the English catalogues", django=False
    )
    _add(commands, "static", "publishing:static", "收集网页文件 / collect the static files")
    openapi = _add(commands, "openapi", "publishing:openapi", "输出接口说明 / print the API description")
    openapi.add_argument("--out", metavar="FILE", default="-")


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"“{text}”不是端口号 / not a port number")
    return int(text)
