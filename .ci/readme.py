"""Runs each command of a page's blocks marked "console" and compares its output with the lines that the page shows below it.

A line "..." stands for any number of lines; "..." at the end of a line stands for the rest of the line. A command
without shown lines may print anything. Standard error is not compared. Paths below the working folder are compared as
relative paths.
"""

import pathlib
import re
import subprocess
import sys
import time


def blocks(page):
    """Returns (line number, command, shown lines) for each command."""
    found, inside = [], False
    for number, line in enumerate(pathlib.Path(page).read_text().splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            found.append((number, line[2:], []))
        elif inside and found:
            found[-1][2].append(line)
    for _, _, shown in found:
        while shown and not shown[-1].strip():
            shown.pop()
    return found


def pattern(shown):
    lines = []
    for line in shown:
        if line.strip() == "...":
            lines.append(r"(?:.*\n)*?")
        elif line.endswith("..."):
            lines.append(re.escape(line[:-3]) + r".*\n")
        else:
            lines.append(re.escape(line.rstrip()) + r"[ \t\r]*\n")
    return "".join(lines)


def difference(shown, printed):
    """Returns the first difference between the shown lines and the output, or None."""
    if re.fullmatch(pattern(shown), printed):
        return None
    for upto in range(1, len(shown) + 1):
        if not re.match(pattern(shown[:upto]), printed):
            return f"does not print: {shown[upto - 1]}"
    return "prints more lines than these"


def main(page):
    commands = blocks(page)
    if not commands:
        sys.exit(f"No commands in {page}")
    wrong = []
    for number, command, shown in commands:
        print("$", command, flush=True)
        started = time.monotonic()
        ran = subprocess.run(["bash", "-euo", "pipefail", "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        print(ran.stdout, end="")
        print(f"   ({time.monotonic() - started:.0f} s)", flush=True)
        if ran.returncode != 0:
            sys.exit(f"{page}:{number}: exit code {ran.returncode}")
        printed = ran.stdout.replace(f"{pathlib.Path.cwd()}/", "").rstrip("\n") + "\n"
        lacks = difference(shown, printed) if any(line.strip() for line in shown) else None
        if lacks:
            wrong.append(f"{page}:{number}: {command}\n  {lacks}")
    print(f"{len(commands)} commands of {page}, {len(wrong)} with another output than it shows")
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1])
