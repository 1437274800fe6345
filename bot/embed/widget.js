/* Roundtable's widget: <script src="https://BOT/widget.js" data-event="EVENT"></script>
   data-lang zh|en · data-mode launcher|inline · data-target CSS selector (inline) · data-label · data-position left|right
   data-theme auto|light|dark · data-accent and further data-var-NAME: the page's CSS variables --rt-NAME
   data-player CSS selector of the video or player that a time moves; otherwise the one that plays the card's recording
   DOM events on the element it makes: roundtable:ready, roundtable:cite, roundtable:seek, roundtable:close */
(function () {
  "use strict";
  var VERSION = 1, WAIT = 8000, count = 0;
  var WORDS = {
    zh: { open: "问问这场活动", close: "关闭", full: "全屏", title: "问问这场活动",
      refused: "这个网站还没有开通，请主办方把 {origin} 加入允许列表。", direct: "直接打开",
      away: "现在连不上，可能是网络断了。", again: "重试" },
    en: { open: "Ask this talk", close: "Close", full: "Full screen", title: "Ask this talk",
      refused: "This site is not enabled yet; please ask the organiser to allow {origin}.", direct: "Open directly",
      away: "It cannot be reached just now; you may be offline.", again: "Try again" }
  };
  var CSS = [
    ":host{all:initial;display:block;font:16px/1.5 system-ui,sans-serif;--accent:var(--rt-accent,#2a56b8);--on:var(--rt-on-accent,#fff)}",
    ":host([hidden]){display:none}*{box-sizing:border-box}",
    "button{font:inherit;cursor:pointer;border:0}",
    "button:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}",
    ".open{position:fixed;z-index:2147483000;bottom:max(18px,env(safe-area-inset-bottom));inset-inline-end:18px;background:var(--accent);color:var(--on);",
    "padding:12px 20px;border-radius:99px;font-weight:600;box-shadow:0 6px 24px rgb(0 0 0/22%)}",
    ".left .open{inset-inline:18px auto}.left .panel{inset-inline:18px auto}",
    ".panel{position:fixed;z-index:2147483001;bottom:82px;inset-inline-end:18px;width:min(420px,calc(100vw - 36px));height:min(660px,calc(100dvh - 110px));",
    "background:#fff;border-radius:16px;overflow:hidden;box-shadow:0 16px 60px rgb(0 0 0/28%);display:flex;flex-direction:column}",
    ".panel[hidden]{display:none}.bar{display:flex;align-items:center;gap:2px;background:var(--accent);color:var(--on);padding:5px 6px 5px 16px}",
    ".bar span{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-weight:600;font-size:15px}",
    ".bar button{background:transparent;color:var(--on);min-width:40px;height:36px;padding:0;border-radius:8px;font-size:17px;line-height:1}.bar .close{font-size:25px}",
    ".bar button:hover{background:rgb(255 255 255/18%)}",
    "iframe{flex:1;width:100%;border:0;display:block;background:transparent;color-scheme:normal}",
    ".panel.full{inset:0;width:auto;height:auto;border-radius:0}",
    "@media(max-width:520px){.panel{inset:0;width:auto;height:auto;border-radius:0}.full-button{display:none}}",
    ".inline iframe{height:460px;border:1px solid rgb(128 128 128/30%);border-radius:14px}",
    ".note{padding:20px;color:#1c2430;background:#fff;font-size:15px}.note a{color:#2a56b8}",
    ".note button{padding:4px 14px;border:1px solid #c5cbd5;border-radius:8px;background:#f5f6f8;color:inherit}"
  ].join("");

  function el(tag, attributes, text) {
    var node = document.createElement(tag);
    for (var name in attributes) node.setAttribute(name, attributes[name]);
    if (text) node.textContent = text;
    return node;
  }

  /** Put one bot on the page for one script element; the element is never used twice. */
  function mount(script) {
    if (script.roundtable) return;
    script.roundtable = true;
    var data = script.dataset, number = ++count;
    var root = new URL(".", script.src), event = data.event || "";
    var lang = WORDS[data.lang] ? data.lang : (document.documentElement.lang || navigator.language || "").slice(0, 2) === "zh" ? "zh" : "en";
    var words = WORDS[lang], isInline = data.mode === "inline";
    var host = el("div", { "data-roundtable": event });
    var shadow = host.attachShadow({ mode: "open" }), box = el("div", { "class": data.position === "left" ? "left" : "" });
    var sheet = new CSSStyleSheet(); // a constructed sheet passes a strict Content-Security-Policy
    sheet.replaceSync(CSS);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(box);
    host.style.setProperty("all", "initial", "important"); // the page's own !important rules reach this element only
    host.style.setProperty("display", "block", "important");
    if (data.accent) host.style.setProperty("--rt-accent", data.accent);

    var frame = null, ready = false, timer = 0;
    function load(parent) {
      var url = new URL("embed/" + encodeURIComponent(event), root);
      url.search = new URLSearchParams({ o: location.origin, lang: lang, mode: isInline ? "inline" : "panel", theme: data.theme || "auto" });
      frame = el("iframe", { title: data.label || words.title, src: url.href, allow: "clipboard-write", referrerpolicy: "no-referrer" });
      parent.append(frame);
      timer = setTimeout(function () { if (!ready) silent(parent); }, WAIT);
    }
    /** The frame never spoke: nobody is there, or the site is not allowed, or its policy forbids frames. */
    function silent(parent) {
      var forbidden = false, seen = function () { forbidden = true; }; // a policy of the page, which stops the question too
      document.addEventListener("securitypolicyviolation", seen);
      fetch(script.src, { mode: "no-cors", cache: "no-store" }).then(function () { say(parent, true); }, function () {
        setTimeout(function () { say(parent, forbidden); }, 100); // the policy is reported after the fetch has failed
      }).finally(function () { setTimeout(function () { document.removeEventListener("securitypolicyviolation", seen); }, 100); });
    }
    /** A sentence with one way on, not a blank. */
    function say(parent, isThere) {
      if (ready || !frame) return;
      var note = el("div", { "class": "note", role: "alert" }, (isThere ? words.refused.replace("{origin}", location.origin) : words.away) + " ");
      var again = el("button", { type: "button" }, words.again);
      again.addEventListener("click", function () { note.remove(); load(parent); frame.focus(); });
      note.append(isThere ? el("a", { href: new URL("e/" + encodeURIComponent(event), root).href, target: "_blank", rel: "noopener" }, words.direct) : again);
      frame.remove();
      frame = null;
      parent.append(note);
    }
    function tell(type, fields) {
      if (frame && frame.contentWindow) frame.contentWindow.postMessage(Object.assign({ roundtable: VERSION, type: type }, fields), root.origin);
    }
    function config() {
      var variables = {};
      if (data.accent) variables["--rt-accent"] = data.accent;
      for (var name in data) if (/^var[A-Z]/.test(name)) variables["--rt-" + name.slice(3).replace(/[A-Z]/g, function (c, at) { return (at ? "-" : "") + c.toLowerCase(); })] = data[name];
      return { theme: data.theme || "auto", variables: variables };
    }
    function announce(type, detail) { host.dispatchEvent(new CustomEvent("roundtable:" + type, { detail: detail, bubbles: true, composed: true })); }
    var on = {
      ready: function () { ready = true; clearTimeout(timer); tell("config", config()); announce("ready", { event: event }); },
      resize: function (m) { if (isInline && m.height > 0) frame.style.height = Math.min(Math.max(m.height, 240), 0.9 * innerHeight + 200) + "px"; },
      seek: function (m) {
        var to = m.time >= 0 ? choose(m.link, data.player) : null;
        announce("seek", { event: m.event, time: m.time, link: m.link, driven: Boolean(to) });
        if (to) drive(to, m.time, m.play); else if (m.play && /^https?:/.test(m.link || "")) window.open(m.link, "_blank", "noopener");
      },
      cite: function (m) { announce("cite", { event: m.event, citation: m.citation }); },
      close: function () { if (!isInline) toggle(false); announce("close", { event: event }); }
    };
    addEventListener("message", function (m) {
      if (!frame || m.source !== frame.contentWindow || m.origin !== root.origin) return;
      if (m.data && m.data.roundtable === VERSION && Object.prototype.hasOwnProperty.call(on, m.data.type)) on[m.data.type](m.data);
    });

    var toggle = function () {};
    if (isInline) {
      box.className = "inline";
      var place = data.target && document.querySelector(data.target);
      if (place) place.append(host); else if (script.parentNode && script.parentNode !== document.head) script.after(host); else document.body.append(host);
      load(box);
      return;
    }
    var id = "roundtable-" + number, label = data.label || words.open;
    var button = el("button", { type: "button", "class": "open", "aria-expanded": "false", "aria-controls": id }, label);
    var panel = el("div", { id: id, "class": "panel", role: "dialog", "aria-label": label, hidden: "" });
    var bar = el("div", { "class": "bar" });
    var full = el("button", { type: "button", "class": "full-button", "aria-label": words.full, "aria-pressed": "false", title: words.full }, "⤢");
    var close = el("button", { type: "button", "class": "close", "aria-label": words.close, title: words.close }, "×");
    bar.append(el("span", { "aria-hidden": "true" }, label), full, close); // the dialog itself has the label
    panel.append(bar);
    box.append(button, panel);
    toggle = function (open) {
      if (open === !panel.hidden) return;
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (open && !frame && !panel.querySelector(".note")) load(panel);
      if (open) (frame || close).focus(); else { tell("close", {}); button.focus(); }
    };
    button.addEventListener("click", function () { toggle(panel.hidden); });
    close.addEventListener("click", function () { toggle(false); announce("close", { event: event }); });
    full.addEventListener("click", function () { full.setAttribute("aria-pressed", String(panel.classList.toggle("full"))); });
    panel.addEventListener("keydown", function (e) { if (e.key === "Escape") toggle(false); });
    document.body.append(host);
  }

  /** What an address plays, so that a link and a player can be told to be the same recording. */
  function identity(address) {
    var url, part, id;
    try { url = new URL(address, location.href); } catch (e) { return { kind: "", id: "" }; }
    if (/(^|\.)(youtube|youtube-nocookie)\.com$|^youtu\.be$/.test(url.hostname)) {
      id = url.searchParams.get("v") || url.pathname.split("/").pop();
      return { kind: "youtube", id: "youtube " + id };
    }
    if (/(^|\.)bilibili\.com$/.test(url.hostname)) {
      part = url.searchParams.get("p") || url.searchParams.get("page") || "1";
      id = url.searchParams.get("bvid") || (/\/video\/([A-Za-z0-9]+)/.exec(url.pathname) || [])[1];
      return { kind: "bilibili", id: "bilibili " + id + " " + part };
    }
    return { kind: "file", id: url.origin + url.pathname };
  }
  function playing(node) {
    var source = node.querySelector("source");
    var found = identity(node.currentSrc || node.src || (source && source.src) || "");
    if (node.tagName !== "IFRAME") return { node: node, kind: "html5", id: found.id };
    return found.kind === "youtube" || found.kind === "bilibili" ? { node: node, kind: found.kind, id: found.id } : null;
  }
  /** The player of a recording: the one the page names, else the one that plays it, else the only one where no recording
      is known. Never a guess between several. */
  function choose(link, selector) {
    var named = null;
    try { named = selector && document.querySelector(selector); } catch (e) { /* no selector at all */ }
    if (named) return playing(named);
    var all = Array.prototype.map.call(document.querySelectorAll("video,audio,iframe"), playing).filter(Boolean);
    if (!link) return all.length === 1 ? all[0] : null;
    var same = all.filter(function (p) { return p.id === identity(link).id; });
    return same.length ? same[0] : null;
  }
  function drive(player, time, play) {
    var node = player.node, url;
    if (player.kind === "html5") {
      var set = function () { node.currentTime = time; if (play) Promise.resolve(node.play()).catch(function () {}); };
      if (node.readyState > 0) { set(); return; }
      node.addEventListener("loadedmetadata", set, { once: true });
      if (node.networkState !== 2) node.load();
      return;
    }
    url = new URL(node.src, location.href);
    if (player.kind === "youtube" && url.searchParams.get("enablejsapi") === "1") {
      [["seekTo", [time, true]]].concat(play ? [["playVideo", []]] : []).forEach(function (call) {
        node.contentWindow.postMessage(JSON.stringify({ event: "command", func: call[0], args: call[1] }), url.origin);
      });
      return;
    }
    url.searchParams.set(player.kind === "youtube" ? "start" : "t", String(Math.floor(time)));
    url.searchParams.set("autoplay", play ? "1" : "0");
    node.src = url.href; // no interface to speak to: the player opens anew where the words are
  }

  function mountAll() {
    // A module has no currentScript and may come late: every script element of ours that was not used yet.
    document.querySelectorAll('script[data-event][src*="widget.js"]').forEach(mount);
  }
  if (document.currentScript && document.body) mount(document.currentScript);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mountAll); else mountAll();
})();
