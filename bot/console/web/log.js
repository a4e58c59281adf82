// The messages of the open conversation.
import { $, avatar, el } from "./dom.js";
import { S, nameOf, room } from "./store.js";

let hooks = {}; // quote(msg), press(msg, i), say(text), resend(msg), older()
let me = () => "";

export function setUp(h, identity) {
  hooks = h;
  me = identity;
  $("log").addEventListener("click", (e) => {
    const link = e.target.closest("[data-say]");
    if (!link) return;
    e.preventDefault();
    hooks.say(link.dataset.say);
  });
  followEnd();
}

const minutes = (at) => { const [h, m] = at.time.split(":"); return h * 60 + +m; };

// divider is the time line above a message, when time has passed since the one before.
function divider(msg, before) {
  if (before && before.at.date === msg.at.date && minutes(msg.at) - minutes(before.at) < 5) return null;
  const text = before && before.at.date === msg.at.date ? msg.at.time : msg.at.full;
  return el("div", { class: "divider" }, el("time", null, text));
}

function quoted(q) {
  return el("button", { type: "button", class: "quoted", title: "看原文", onclick: () => jump(q.ref) },
    el("span", { class: "quoted-who" }, nameOf(q.from || "") + "："), q.text);
}

function jump(ref) {
  const node = $("log").querySelector(`[data-ref="${CSS.escape(ref)}"]`);
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.classList.add("flash");
  setTimeout(() => node.classList.remove("flash"), 1600);
}

function content(msg, mine) {
  if (msg.from) {
    return [
      msg.toBot && S.chats.get(msg.chat)?.group && el("span", { class: "at" }, "@" + S.bot),
      el("span", { class: "said" }, msg.text),
    ];
  }
  const at = (msg.mention || []).map((id) => el("span", { class: id === mine ? "at to-me" : "at" }, "@" + nameOf(id)));
  const ats = at.length > 0 && el("div", { class: "ats" }, ...at);
  if (!msg.html) return [ats]; // a file alone
  const body = el("div", { class: "md" });
  body.innerHTML = msg.html; // rendered and escaped by the server, never by a person
  return [ats, body];
}

// attached shows a file of the bot: a picture in place, anything else as a link.
function attached(f) {
  const gone = () => el("span", { class: "file dim" }, `${f.name}（文件已过期）`);
  if (f.gone) return gone();
  const href = "/console/file/" + encodeURIComponent(f.id);
  if (!f.picture) {
    return el("a", { class: "file", href, target: "_blank", rel: "noopener" }, el("span", null, f.name), el("span", { class: "dim" }, f.size));
  }
  const img = el("img", { src: href, alt: f.name });
  const link = el("a", { class: "file picture", href, target: "_blank", rel: "noopener", title: "看大图" }, img);
  img.addEventListener("error", () => link.replaceWith(gone()));
  const stay = nearEnd(); // before the picture takes its room
  img.addEventListener("load", () => { if (stay) toEnd(); });
  return link;
}

function foot(msg) {
  if (msg.state === "failed") {
    return el("button", { type: "button", class: "foot bad", onclick: () => hooks.resend(msg) }, "未送达，点此重发");
  }
  if (msg.state === "sending") return el("span", { class: "foot dim late" }, "发送中…");
  if (msg.from && !msg.toBot) return el("span", { class: "foot dim" }, `没有 @${S.bot}，它看不到这条`);
  return null;
}

function bubble(msg) {
  const mine = me();
  const own = msg.from !== "" && msg.from === mine;
  const name = nameOf(msg.from);
  const buttons = (msg.buttons || []).map((label, i) =>
    el("button", { type: "button", onclick: () => hooks.press(msg, i) }, label));
  return el("article", { class: "msg " + (own ? "me" : "them"), "data-ref": msg.ref, "aria-label": `${name} ${msg.at.time}` },
    avatar(msg.from || "bot", name, msg.from ? null : "bot"),
    el("div", { class: "msg-main" },
      !own && el("span", { class: "who" }, name, !msg.from && el("span", { class: "tag" }, "机器人")),
      el("div", { class: "line" },
        el("div", { class: "bubble" },
          msg.quote && quoted(msg.quote),
          ...content(msg, mine),
          ...(msg.files || []).map(attached),
          buttons.length > 0 && el("div", { class: "buttons" }, ...buttons)),
        el("button", { type: "button", class: "do-quote", "aria-label": `引用${name}的消息：${msg.gist}`, onclick: () => hooks.quote(msg) }, "引用")),
      foot(msg)));
}

// followEnd keeps the newest message in sight when the space for the messages changes.
function followEnd() {
  let atEnd = true;
  $("log").addEventListener("scroll", () => { atEnd = nearEnd(); });
  new ResizeObserver(() => { if (atEnd) toEnd(); }).observe($("log"));
}

export const nearEnd = () => { const l = $("log"); return l.scrollHeight - l.scrollTop - l.clientHeight < 80; };

export function toEnd() {
  const l = $("log");
  l.scrollTop = l.scrollHeight;
  $("newer").hidden = true;
}

// render draws the whole conversation without reading it all out.
export function render(keepPlace) {
  const log = $("log");
  const fromEnd = log.scrollHeight - log.scrollTop;
  const r = room(S.open);
  const nodes = [];
  if (r.more) nodes.push(el("button", { type: "button", class: "older", onclick: () => hooks.older() }, "更早的消息"));
  r.list.forEach((msg, i) => nodes.push(divider(msg, r.list[i - 1]), bubble(msg)));
  if (r.loaded && r.list.length === 0) {
    nodes.push(el("p", { class: "empty" }, `还没有消息。点下面的“${S.suggest[0] || "帮助"}”，或者直接写一句。`));
  }
  log.setAttribute("aria-live", "off");
  log.replaceChildren(...nodes.filter(Boolean));
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  if (keepPlace) log.scrollTop = log.scrollHeight - fromEnd;
  else toEnd();
}

// show brings one message that put() has taken onto the page.
export function show(msg, what) {
  if (what === "same") return;
  const log = $("log");
  const node = log.querySelector(`[data-ref="${CSS.escape(msg.ref)}"]`);
  if (what === "changed" && node) {
    const held = node.contains(document.activeElement);
    node.replaceWith(bubble(msg));
    if (held) $("text").focus();
    return;
  }
  if (what !== "new") return render(true);
  const stay = nearEnd() || msg.from === me();
  log.querySelector(".empty")?.remove();
  const list = room(msg.chat).list;
  log.append(...[divider(msg, list[list.length - 2]), bubble(msg)].filter(Boolean));
  if (stay) toEnd();
  else $("newer").hidden = false;
}
