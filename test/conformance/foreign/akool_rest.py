"""Akool's REST API as a client sees it: an envelope with a code, and HTTP 200 even for errors (section B)."""
import json
import urllib.error
import urllib.parse
import urllib.request

from report import equal, expect, options

BASE = options()["akoolApiUrl"]
KEY = options()["apiKey"]


def call(method, path, body=None, headers=None, query=None):
    """The whole answer, whatever its code."""
    url = BASE + path + ("?" + urllib.parse.urlencode(query) if query else "")
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **({"x-api-key": KEY} if headers is None else headers)}, method=method)
    with urllib.request.urlopen(request, timeout=10) as response:
        equal(response.status, 200)
        answer = json.load(response)
    expect(isinstance(answer["code"], int), "an answer without a code")
    return answer


def data_of(method, path, body=None, query=None):
    """The data of an answer, which must be a good one."""
    answer = call(method, path, body, query=query)
    expect(answer["code"] == 1000, f"{answer!r} instead of 1000")
    return answer.get("data")


def code_of(method, path, body=None, query=None, headers=None):
    return call(method, path, body, headers, query)["code"]
