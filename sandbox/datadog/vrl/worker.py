"""Runs VRL's Datadog grok and Datadog search: one JSON request a line in, one JSON reply a line out.

A program is compiled once and then run on lists of values by its key. Each value has a bound of
processor time: SIGPROF ends the process when it is over, even inside native code, and the one who
started us runs the values again one by one. Standard input's end ends us.
"""

import json
import signal
import sys

from pyvrl import Transform

programs = {}


def literal(text):
    """A string of VRL; two braces would be a template."""
    for character, escape in (
        ("\\", "\\\\"),
        ('"', '\\"'),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\t", "\\t"),
        ("\0", "\\0"),
        ("{{", "\\{{"),
        ("}}", "\\}}"),
    ):
        text = text.replace(character, escape)
    return f'"{text}"'


def grok_source(program):
    """The first rule that matches gives its number and what it found; none gives null."""
    aliases = dict(program["support"])
    source = "null"
    tests = []
    # a dot of Datadog's rules matches line feeds, too
    for number, (name, pattern) in enumerate(program["rules"]):
        known = ", ".join(f"{literal(key)}: {literal(value)}" for key, value in aliases.items())
        whole = literal("(?m)" + pattern)
        tests.append(
            f"found, err = parse_groks(.text, patterns: [{whole}], "
            f"aliases: {{{known}}})\n"
            f'if err == null {{ {{"rule": {number}, "found": found}} }}'
        )
        # later rules may use earlier ones by name
        aliases[name] = pattern
    for test in reversed(tests):
        source = f"{test} else {{ {source} }}"
    return source


def match_source(program):
    calls = (f"match_datadog_query(., {literal(query)})" for query in program["queries"])
    return f"[{', '.join(calls)}]"


def user_agent_source(_program):
    return 'parse_user_agent(string!(.text), mode: "enriched")'


sources = {"grok": grok_source, "match": match_source, "user-agent": user_agent_source}


def compiled(program):
    return Transform(sources[program["kind"]](program))


def run_one(transform, value):
    try:
        return {"value": transform.remap(value)}
    except BaseException as error:  # a panic of Rust is no Exception
        return {"error": str(error)}


def run_all(transform, values, seconds):
    results = []
    for value in values:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        results.append(run_one(transform, value))
    signal.setitimer(signal.ITIMER_PROF, 0)
    return results


def answer(request):
    key = request["key"]
    if "program" in request:
        signal.setitimer(signal.ITIMER_PROF, request["compileSeconds"])
        try:
            programs[key] = compiled(request["program"])
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return {"results": run_all(programs[key], request["values"], request["seconds"])}


def reply_to(line):
    try:
        return json.dumps(answer(json.loads(line)), allow_nan=False, default=str)
    except BaseException as error:
        return json.dumps({"error": str(error)})


def main():
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for line in sys.stdin:
        sys.stdout.write(reply_to(line) + "\n")
        sys.stdout.flush()


main()
