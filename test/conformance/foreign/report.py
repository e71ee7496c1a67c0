"""One JSON line per check on standard output; the test that started the script reads them."""
import json
import sys
import traceback

# A frame of audio is of no help to whoever reads a failure.
MAX_DETAIL = 400


def check(name, test, *arguments):
    """Runs one check and reports it. Returns what the check returns; None when it failed."""
    try:
        result = test(*arguments)
    except Exception as error:  # whatever went wrong is what the check found
        lines = [line for line in traceback.extract_tb(error.__traceback__) if line.name not in ("equal", "expect")]
        line = lines[-1]
        text = str(error)
        text = text if len(text) <= MAX_DETAIL else f"{text[:MAX_DETAIL]} ..."
        emit({"check": name, "ok": False, "detail": f"{type(error).__name__}: {text} ({line.name}, line {line.lineno})"})
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
