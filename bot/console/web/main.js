// The page: starts up, listens, and keeps list, messages and composer together.
import { $, el, face, narrow, onNarrow, recall, remember, toast } from "./dom.js";
import { Complaint, get, post, Stream, wait } from "./net.js";
import { S, put, reset, room } from "./store.js";
import * as list from "./list.js";
import * as log from "./log.js";
import * as composer from "./composer.js";
import * as clock from "./clock.js";

async function load() {
  reset(await get("state"));
  $("brand").textContent = S.bot;
  clock.show(S.clock);
  drawWelcome();
  if (S.open && S.chats.has(S.open)) await fill();
  list.render();
}

// fill loads the newest messages of the open conversation.
async function fill() {
  const id = S.open;
  const page = await get("older?chat=" + encodeURIComponent(id));
  const r = room(id);
  page.messages.forEach(put);
  r.loaded = true;
  r.more = page.more;
  if (S.open === id) { log.render(); seen(); }
}

async function older() {
  const id = S.open;
  const r = room(id);
  try {
    const page = await get(`older?chat=${encodeURIComponent(id)}&before=${r.list[0].n}`);
    page.messages.forEach(put);
    r.more = page.more;
    if (S.open === id) log.render(true);
  } catch (err) {
    toast(err instanceof Complaint ? err.message : "连不上程序。");
  }
}

// open shows a conversation; on a narrow screen null goes back to the list.
async function open(id) {
  const chat = id && S.chats.get(id);
  document.body.dataset.view = chat ? "chat" : "list";
  if (!chat) { if (narrow()) { S.open = null; list.render(); } return; }
  if (S.open === id) { seen(); return; }
  const previous = S.open;
  S.open = id;
  remember("open", id);
  $("title").textContent = chat.title;
  $("note").textContent = chat.group ? `${chat.people.length}人和${S.bot}` : [chat.note, `与${S.bot}的单聊`].filter(Boolean).join(" · ");
  $("head-avatar").replaceChildren(face(chat));
  composer.enter(previous);
  list.render();
  log.render();
  if (!narrow()) $("text").focus();
  if (room(id).loaded) { seen(); return; }
  try {
    await fill();
  } catch (err) {
    toast(err instanceof Complaint ? err.message : "连不上程序。");
  }
}

const fromHash = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; } };

// seen tells the server that the open conversation has been looked at.
function seen() {
  const chat = S.chats.get(S.open);
  const hidden = document.hidden || (narrow() && document.body.dataset.view !== "chat");
  if (!chat?.unread || hidden || !log.nearEnd()) return;
  post("read", { chat: chat.id, n: chat.last.n }).catch(() => { /* it stays unread */ });
}

function take(msg) {
  const what = put(msg);
  if (msg.chat === S.open) log.show(msg, what);
}

function onEvent(event) {
  if (event.seq <= S.seq) return; // seen before
  S.seq = event.seq;
  if (event.chat) S.chats.set(event.chat.id, event.chat);
  if (event.msg) {
    take(event.msg);
    if (S.clock.moving && !event.msg.from) clock.show({ ...event.msg.at, moving: true });
  }
  if (event.clock) clock.show(event.clock);
  list.render();
  seen();
}

let downTimer = 0;
function onLine(up) {
  clearTimeout(downTimer);
  if (up) $("banner").hidden = true;
  else downTimer = setTimeout(() => { $("banner").hidden = false; }, 700);
}

function drawWelcome() {
  $("intro").replaceChildren(...S.intro.map((line) => el("li", null, line)));
  // On a phone the list is the first screen, so that is where the strip stands.
  if (narrow()) $("list").after($("welcome"));
  else $("log").before($("welcome"));
  $("welcome").hidden = S.intro.length === 0 || recall("welcomed") === "yes";
}

function setUp() {
  log.setUp({
    quote: (msg) => { composer.setQuote(msg); $("text").focus(); },
    press: composer.press, resend: composer.resend, say: (text) => composer.say(text, true), older,
  }, composer.identity);
  composer.setUp((msg) => { if (msg.ref) { take(msg); seen(); } }, () => log.render(true));
  clock.setUp(list.render);
  $("welcome-close").addEventListener("click", () => { remember("welcomed", "yes"); $("welcome").hidden = true; $("text").focus(); });
  $("skip").addEventListener("click", (e) => { e.preventDefault(); $("text").focus(); });
  $("toast").addEventListener("click", () => { $("toast").hidden = true; });
  $("back").addEventListener("click", () => { location.hash = ""; });
  $("newer").addEventListener("click", () => { log.toEnd(); seen(); });
  $("log").addEventListener("scroll", () => { if (log.nearEnd()) { $("newer").hidden = true; seen(); } });
  onNarrow(drawWelcome);
  addEventListener("hashchange", () => open(fromHash()));
  addEventListener("focus", seen);
  document.addEventListener("visibilitychange", seen);
  document.addEventListener("keydown", (e) => {
    if (e.isComposing) return;
    if (e.altKey && (e.key === "ArrowUp" || e.key === "ArrowDown")) {
      e.preventDefault();
      const next = list.step(e.key === "ArrowUp" ? -1 : 1);
      location.hash = encodeURIComponent(next);
      open(next); // at once: the event of the hash comes later, and a second press may be faster
    } else if (e.key === "Escape" && composer.quoting()) {
      composer.setQuote(null);
      $("text").focus();
    }
  });
}

async function start() {
  setUp();
  for (let pause = 300; ; pause = Math.min(pause * 2, 5000)) {
    try { await load(); break; } catch { onLine(false); await wait(pause); }
  }
  onLine(true);
  let id = fromHash();
  if (!S.chats.has(id) && !narrow()) {
    id = S.chats.has(recall("open")) ? recall("open") : [...S.chats.values()].find((c) => !c.group)?.id;
    history.replaceState(null, "", "#" + encodeURIComponent(id));
  }
  await open(id);
  new Stream({ position: () => S, onEvent, onReset: load, onLine }).open();
}

start();
