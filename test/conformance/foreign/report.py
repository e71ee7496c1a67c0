"""One JSON line per check on standard output; the test that started the script reads them."""
import json
import sys
import traceback


def check(name, test, *arguments):
    """Runs one check and reports it. Returns what the check returns; None when it failed."""
    try:
        result = test(*arguments)
    except Exception as error:  # whatever went wrong is what the check found
        line = traceback.extract_tb(error.__traceback__)[-1]
        emit({"check": name, "ok": False, "detail": f"{type(error).__name__}: {error} ({line.name}, line {line.lineno})"})
        return None
    emit({"check": name, "ok": True})
    return result


def emit(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} instead of {expected!r}")


def expect(condition, otherwise):
    if not condition:
        raise AssertionError(otherwise)


def options():
    """The script's one argument: a JSON object."""
    return json.loads(sys.argv[1])
