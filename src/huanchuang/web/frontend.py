"""Installs the front-end files that pages use, from npm by the lock file; nothing is vendored into git.

`install` runs `npm ci` in a throw-away folder, copies only the files named in `WANTED`, cuts the icon style sheet
down to the icons listed in `frontend/icons.txt`, and leaves them in `build/frontend/vendor/`, where Django's static files
look (`settings.STATICFILES_DIRS`). A stamp of the inputs makes the second run free.

    python -m huanchuang.web.frontend npm            # with the npm on the path
    python -m huanchuang.web.frontend python -m …    # or any command that stands for npm
    python -m huanchuang.web.frontend --is-current   # status 0 when nothing is to be done
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SOURCE = Path("frontend")
TARGET = Path("build/frontend")
WANTED = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": "icons/tabler-icons.woff2",
    "@tabler/icons-webfont/LICENSE": "licences/tabler-icons.txt",
    "echarts/dist/echarts.common.min.js": "echarts/echarts.common.min.js",
    "echarts/LICENSE": "licences/echarts.txt",
    "echarts/NOTICE": "licences/echarts-notice.txt",
    "echarts/licenses/LICENSE-d3": "licences/echarts-d3.txt",
    "zrender/LICENSE": "licences/zrender.txt",
}
STAMP = "stamp.txt"
ICON_SHEET = "@tabler/icons-webfont/dist/tabler-icons.css"
TABLER_LICENCE = "Tabler (@tabler/core), MIT licence, https://tabler.io\nContains Bootstrap, MIT licence, https://getbootstrap.com\n"
FACE = """@font-face {
  font-family: "tabler-icons";
  font-display: block;
  src: url("tabler-icons.woff2") format("woff2");
}
.ti { font-family: "tabler-icons" !important; font-style: normal; font-weight: 400; line-height: 1; speak: none; }
"""
SOURCE_MAP = re.compile(r"\s*(?:/\*|//)# sourceMappingURL=\S+(?:\s*\*/)?\s*$", re.MULTILINE)
ICON_RULE = re.compile(r"\.ti-([a-z0-9-]+):before\s*\{\s*content:\s*(\"\\[0-9a-f]+\");?\s*\}")


class FrontendError(Exception):
    """The files could not be installed; the text says why and what to do."""


def install(npm: Sequence[str], source: Path = SOURCE, target: Path = TARGET) -> bool:
    """Install the files into `target`/vendor; False when they were there already.

    `npm` is the command that stands for npm. Raises FrontendError with npm's last words when it fails,
    or when an icon in icons.txt does not exist. A failed run leaves the former files in place.
    """
    if is_current(source, target):
        return False
    vendor = target / "vendor"
    with tempfile.TemporaryDirectory(prefix="huanchuang-frontend-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(source / name, work / name)
        _run_npm([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], work)
        fresh = work / "vendor"
        _collect(work / "node_modules", fresh, icon_names(source))
        (fresh / STAMP).write_text(_stamp(source), encoding="ascii")
        shutil.rmtree(vendor, ignore_errors=True)
        vendor.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(fresh, vendor)
    return True


def is_current(source: Path = SOURCE, target: Path = TARGET) -> bool:
    """Whether the installed files were made from the lock file and icon list as they are now."""
    stamp = target / "vendor" / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == _stamp(source)


def icon_names(source: Path = SOURCE) -> list[str]:
    """The icons that pages may use: one name a line in icons.txt, `#` starts a remark."""
    lines = (source / "icons.txt").read_text(encoding="utf-8").splitlines()
    return sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})


def icon_sheet(css: str, names: Sequence[str]) -> str:
    """The style sheet with only `names`, cut from Tabler's own. Raises FrontendError for an unknown icon."""
    glyphs = dict(ICON_RULE.findall(css))
    unknown = [name for name in names if name not in glyphs]
    if unknown:
        raise FrontendError(
            f"frontend/icons.txt：没有名为 {', '.join(unknown)} 的图标。请在 Tabler Icons 中核对名称。"
        )
    return FACE + "".join(f".ti-{name}:before {{ content: {glyphs[name]}; }}\n" for name in names)


def _stamp(source: Path) -> str:
    digest = hashlib.sha256()
    for path in (source / "package-lock.json", source / "icons.txt", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run_npm(command: Sequence[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise FrontendError(
            f"npm：无法运行 {command[0]}（{error.strerror}）。请安装 npm 或改用 ./run 自带的 Node。"
        ) from None
    if done.returncode:
        last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-5:])
        raise FrontendError(f"npm：安装页面文件失败（{done.returncode}）。请检查网络或包缓存后重试。\n{last}")


def _collect(modules: Path, vendor: Path, names: Sequence[str]) -> None:
    for origin, place in WANTED.items():
        (vendor / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(modules / origin, vendor / place)
    sheet = vendor / "tabler/tabler.min.css"
    sheet.write_text(SOURCE_MAP.sub("\n", sheet.read_text(encoding="utf-8")), encoding="utf-8")
    css = icon_sheet((modules / ICON_SHEET).read_text(encoding="utf-8"), names)
    (vendor / "icons/icons.css").write_text(css, encoding="utf-8")
    (vendor / "licences/tabler.txt").write_text(TABLER_LICENCE, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Exit status 0 when the files are in place, 1 (with one clear line after an attempt) otherwise."""
    if list(arguments) == ["--is-current"]:
        return 0 if is_current() else 1
    try:
        install(list(arguments) or ["npm"])
    except FrontendError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
