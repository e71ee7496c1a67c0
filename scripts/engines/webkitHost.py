"""Opens pages in WebKitGTK for whoever writes commands to its standard input, one JSON object a line:

    {"id": 1, "method": "open", "url": "..."}                    a page in a window of its own; answers {"page": 1} once it begins to load
    {"id": 2, "method": "evaluate", "page": 1, "source": "..."}  a JavaScript expression, awaited; answers its value as JSON text
    {"id": 3, "method": "press", "page": 1, "x": 10, "y": 20}    a click of the mouse, which counts as a user's gesture
    {"id": 4, "method": "close", "page": 1}
    {"id": 5, "method": "version"}

Each answer is a line {"id", "result"} or {"id", "error"}; errors of a page come unasked as {"page", "problem"}.
It ends with its standard input. Needs python3-gi, gir1.2-webkit2-4.1 and an X server.
"""
import json
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gdk, Gio, GLib, Gtk, WebKit2

# Errors reach the host as a test in Chromium sees them: uncaught ones, and what is written with console.error.
WATCH = """(() => {
  const tell = (...parts) => webkit.messageHandlers.problem.postMessage(parts.map(String).join(' '));
  addEventListener('error', (event) => { if (event.message) tell(event.message); });
  addEventListener('unhandledrejection', (event) => tell(event.reason));
  const { error } = console;
  console.error = (...parts) => { tell(...parts); error.apply(console, parts); };
})();"""

pages = {}
opened = 0


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def make_settings(options):
    settings = WebKit2.Settings()
    for name in ("enable-media-stream", "enable-webaudio", "enable-webrtc", "enable-encrypted-media"):
        if settings.find_property(name):
            settings.set_property(name, True)
    settings.set_property("media-playback-requires-user-gesture", bool(options.get("strictAutoplay")))
    return settings


def on_permission(request, options):
    if options.get("denyMicrophone") and isinstance(request, WebKit2.UserMediaPermissionRequest):
        request.deny()
    else:
        request.allow()
    return True


def open_page(url, options, answer):
    global opened
    opened += 1
    number = opened
    content = WebKit2.UserContentManager()
    content.register_script_message_handler("problem")
    content.connect(
        "script-message-received::problem",
        lambda _content, message: say({"page": number, "problem": message.get_js_value().to_string()}),
    )
    content.add_script(
        WebKit2.UserScript.new(WATCH, WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START, None, None)
    )
    autoplay = WebKit2.AutoplayPolicy.ALLOW_WITHOUT_SOUND if options.get("strictAutoplay") else WebKit2.AutoplayPolicy.ALLOW
    view = WebKit2.WebView(
        user_content_manager=content,
        settings=make_settings(options),
        website_policies=WebKit2.WebsitePolicies(autoplay=autoplay),
        is_ephemeral=True,
    )
    view.connect("permission-request", lambda _view, request: on_permission(request, options))
    view.connect("web-process-terminated", lambda _view, why: say({"page": number, "problem": f"The page's process ended: {why.value_nick}"}))
    window = Gtk.Window()
    window.set_default_size(1280, 800)
    window.add(view)
    window.show_all()
    pages[number] = (window, view)
    view.connect("load-changed", lambda _view, event: event == WebKit2.LoadEvent.COMMITTED and answer({"page": number}))
    view.connect("load-failed", lambda _view, _event, _url, error: answer(error=error.message))
    view.load_uri(url)


def evaluate(view, source, answer):
    def done(view, result):
        try:
            answer(result=json.loads(view.call_async_javascript_function_finish(result).to_string()))
        except GLib.Error as error:
            answer(error=error.message)

    body = f"const value = await ({source}\n); return JSON.stringify(value === undefined ? null : value);"
    view.call_async_javascript_function(body, -1, None, None, None, None, done)


def press(view, x, y):
    """A click of the mouse, put where GTK takes its events from: the page sees a user's gesture."""
    view.grab_focus()
    for kind in (Gdk.EventType.BUTTON_PRESS, Gdk.EventType.BUTTON_RELEASE):
        event = Gdk.Event.new(kind)
        event.window = view.get_window()
        event.send_event = False
        button = event.button
        button.time = GLib.get_monotonic_time() // 1000 & 0xFFFFFFFF
        button.x, button.y, button.button = x, y, 1
        _ok, root_x, root_y = view.get_window().get_origin()
        button.x_root, button.y_root = root_x + x, root_y + y
        button.state = Gdk.ModifierType.BUTTON1_MASK if kind == Gdk.EventType.BUTTON_RELEASE else Gdk.ModifierType(0)
        event.set_device(Gdk.Display.get_default().get_default_seat().get_pointer())
        view.event(event)


def close_page(number):
    window, view = pages.pop(number, (None, None))
    if window:
        view.try_close()
        window.destroy()


def obey(command):
    def answer(result=None, error=None):
        say({"id": command["id"], "error": error} if error else {"id": command["id"], "result": result})

    method, number = command["method"], command.get("page")
    if number is not None and number not in pages:
        return answer(error="The page is closed.")
    try:
        if method == "version":
            answer({"version": ".".join(str(part()) for part in (WebKit2.get_major_version, WebKit2.get_minor_version, WebKit2.get_micro_version))})
        elif method == "open":
            open_page(command["url"], command.get("options", {}), answer)
        elif method == "evaluate":
            evaluate(pages[number][1], command["source"], answer)
        elif method == "press":
            press(pages[number][1], command["x"], command["y"])
            answer()
        elif method == "close":
            close_page(number)
            answer()
        else:
            answer(error=f"There is no method {method}.")
    except Exception as error:  # whatever it is, the one who asked has to hear of it
        answer(error=str(error))


def on_line(stream, result):
    line, _length = stream.read_line_finish_utf8(result)
    if line is None:
        return Gtk.main_quit()
    if line:
        obey(json.loads(line))
    stream.read_line_async(GLib.PRIORITY_DEFAULT, None, on_line)


commands = Gio.DataInputStream.new(Gio.UnixInputStream.new(0, False))
commands.read_line_async(GLib.PRIORITY_DEFAULT, None, on_line)
Gtk.main()
