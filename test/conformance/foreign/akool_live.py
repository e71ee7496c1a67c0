"""A client of Akool's hosted avatar over REST, made from its description alone (sections B1 to B6)."""
import time

import live_room
from akool_rest import KEY, call, code_of, data_of
from report import check, equal, expect

SESSION = "/api/open/v4/liveAvatar/session"
KNOWLEDGE = "/api/open/v4/knowledge"
CREDENTIALS = {"agora_uid": int, "agora_app_id": str, "agora_channel": str, "agora_token": str}


def token():
    answer = call("POST", "/api/open/v3/getToken", {"clientId": "me", "clientSecret": KEY}, headers={})
    expect(answer["code"] == 1000 and isinstance(answer["token"], str) and "data" not in answer, "the token is not at the top")
    bearer = {"Authorization": f"Bearer {answer['token']}"}
    equal(code_of("GET", "/api/open/v3/language/list", headers=bearer), 1000)
    # Of both the token counts, good or bad.
    equal(code_of("GET", "/api/open/v3/language/list", headers={**bearer, "x-api-key": "wrong"}), 1000)
    equal(code_of("GET", "/api/open/v3/language/list", headers={"Authorization": "Bearer wrong", "x-api-key": KEY}), 1101)


def refuses():
    equal(code_of("POST", "/api/open/v3/getToken", {"clientId": "me", "clientSecret": "wrong"}, headers={}), 1101)
    equal(code_of("POST", f"{SESSION}/create", {"avatar_id": "a"}, headers={"x-api-key": "wrong"}), 1101)
    equal(code_of("POST", f"{SESSION}/create", {"avatar_id": "a"}, headers={}), 1102)


def avatars():
    body = {"url": "https://example.com/a.mp4", "avatar_id": "Foreign1", "name": "Foreign", "type": 2, "url_from": 1}
    created = data_of("POST", "/api/open/v3/avatar/create", body)
    expect(created["status"] in (1, 2, 3), "a new avatar without a status")
    equal(data_of("GET", "/api/open/v3/avatar/detail", query={"id": created["_id"]})["avatar_id"], "Foreign1")
    equal(data_of("GET", "/api/open/v4/liveAvatar/avatar/detail", query={"avatar_id": "Foreign1"})["_id"], created["_id"])
    equal(code_of("POST", "/api/open/v3/avatar/create", {**body, "avatar_id": "not_this"}), 1003)
    found = data_of("GET", "/api/open/v4/liveAvatar/avatar/list", query={"page": 1, "size": 100})
    equal(found["count"], len(found["result"]))
    for entry in found["result"]:
        expect(entry["type"] == 2 and isinstance(entry["available"], bool) and entry["from"] in (2, 3, 4), f"an odd avatar: {entry!r}")
    first, second = (data_of("GET", "/api/open/v4/liveAvatar/avatar/list", query={"page": page, "size": 1})["result"] for page in (1, 2))
    expect(len(first) == len(second) == 1 and first != second, "pages of one are not two different ones")


def catalog():
    voices = data_of("GET", "/api/open/v4/voice/list", query={"type": 2, "page": 1, "size": 10})
    expect(voices["page"] == 1 and voices["size"] == 10 and voices["count"] == len(voices["result"]), "the page is not described")
    for voice in voices["result"]:
        expect(isinstance(voice["support_stream"], bool) and isinstance(voice["style"], list) and voice["voice_id"], f"an odd voice: {voice!r}")
    streaming = data_of("GET", "/api/open/v4/voice/list", query={"type": 2, "support_stream": 1})["result"]
    expect(streaming and all(voice["support_stream"] for voice in streaming), "a voice that does not stream was listed")
    equal(code_of("GET", "/api/open/v4/voice/list"), 1003)
    for language in data_of("GET", "/api/open/v3/language/list")["lang_list"]:
        equal(sorted(language), ["lang_code", "lang_name", "url"])


def knowledge():
    body = {"name": "n", "prologue": "Hello", "prompt": "Be kind", "docs": [{"name": "a.pdf", "url": "https://example.com/a.pdf", "size": 12}], "urls": []}
    entry = data_of("POST", f"{KNOWLEDGE}/create", body)["_id"]
    equal(data_of("GET", f"{KNOWLEDGE}/detail", query={"id": entry})["docs"], body["docs"])
    data_of("POST", f"{KNOWLEDGE}/update", {"id": entry, "prompt": "Be brief"})
    changed = data_of("GET", f"{KNOWLEDGE}/detail", query={"id": entry})
    equal([changed["prompt"], changed["prologue"]], ["Be brief", "Hello"])
    found = data_of("GET", f"{KNOWLEDGE}/list", query={"page": 1, "size": 10, "name": "n"})
    found = found["knowledge_list"] if isinstance(found, dict) else found
    equal([item["_id"] for item in found], [entry])
    data_of("DELETE", f"{KNOWLEDGE}/delete", {"id": entry})
    expect(code_of("GET", f"{KNOWLEDGE}/detail", query={"id": entry}) in (1008, 1014), "what was deleted is still there")
    equal(code_of("POST", f"{KNOWLEDGE}/create", {"name": "x" * 101}), 1003)


def create():
    session = data_of("POST", f"{SESSION}/create", {"avatar_id": "dvp_Tristan_cloth2_1080P", "duration": 600, "mode_type": 1})
    equal([session["status"], session["stream_type"]], [1, "agora"])
    equal({name: type(session["credentials"][name]) for name in CREDENTIALS}, CREDENTIALS)
    return session


def becomes_ready(session):
    """Asks every 50 ms, as a public integrator does every second."""
    seen = []
    for _ in range(400):
        detail = data_of("GET", f"{SESSION}/detail", query={"id": session["_id"]})
        equal([detail["_id"], detail["credentials"]], [session["_id"], session["credentials"]])
        seen.append(detail["status"])
        if detail["status"] == 3:
            break
        time.sleep(0.05)
    expect(seen == sorted(seen) and seen[-1] == 3, f"it went through {seen}")
    ready = data_of("GET", f"{SESSION}/list", query={"page": 1, "size": 100, "status": 3})
    expect(session["_id"] in [entry["_id"] for entry in ready["result"]], "a ready session is not listed")
    failed = data_of("GET", f"{SESSION}/list", query={"status": 4})
    equal([failed["count"], failed["result"]], [0, []])


def create_refused():
    for change in ({"duration": 3601}, {"avatar_id": ""}, {"mode_type": "two"}, {"e2e_type": "openai"}):
        equal([change, code_of("POST", f"{SESSION}/create", {"avatar_id": "a", **change})], [change, 1003])


def close(session):
    """`id` closes; `session_id`, as one sample of the vendor has it, closes nothing (G1)."""
    expect(code_of("POST", f"{SESSION}/close", {"session_id": session["_id"]}) != 1000, "session_id closed a session")
    equal(data_of("GET", f"{SESSION}/detail", query={"id": session["_id"]})["status"], 3)
    data_of("POST", f"{SESSION}/close", {"id": session["_id"]})
    equal(code_of("GET", f"{SESSION}/detail", query={"id": session["_id"]}), 1219)
    equal(code_of("GET", f"{SESSION}/detail", query={"id": "0" * 24}), 1216)


def main():
    check("token", token)
    check("refuses", refuses)
    check("avatars", avatars)
    check("catalog", catalog)
    check("knowledge", knowledge)
    session = check("create", create)
    check("becomes-ready", becomes_ready, session)
    check("create-refused", create_refused)
    live_room.converse(session["credentials"])
    check("close", close, session)


main()
