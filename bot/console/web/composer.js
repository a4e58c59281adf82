// Writing a message: as whom, to whom, quoting what.
import { $, el, recall, remember, toast } from "./dom.js";
import { Complaint, insist, newKey } from "./net.js";
import { S, nameOf, room } from "./store.js";

let quote = null;
let onSaid = () => {};
let onIdentity = () => {};
let queue = Promise.resolve(); // one message after another, so that they arrive in order
const drafts = new Map(); // chat → what was not sent yet

const chat = () => S.chats.get(S.open);

// identity is the person one speaks as in the open conversation.
export function identity() {
  const c = chat();
  if (!c) return "";
  if (!c.group) return c.people[0];
  for (const id of [recall("as." + c.id), recall("as")]) if (c.people.includes(id)) return id;
  return c.people[0];
}

export function setUp(said, changed) {
  onSaid = said;
  onIdentity = changed;
  const text = $("text");
  $("composer").addEventListener("submit", (e) => { e.preventDefault(); submit(); });
  text.addEventListener("input", fit);
  // The line break is asked for after the input method has had its say, so the Enter that
  // chooses characters never sends.
  let shift = false;
  text.addEventListener("beforeinput", (e) => {
    if (shift || (e.inputType !== "insertLineBreak" && e.inputType !== "insertParagraph")) return;
    e.preventDefault();
    submit();
  });
  text.addEventListener("keydown", (e) => {
    shift = e.shiftKey;
    if (e.isComposing) return;
    if (e.key === "ArrowUp" && !e.altKey && text.value === "") { e.preventDefault(); quoteAbove(); }
  });
  $("quote-close").addEventListener("click", () => { setQuote(null); text.focus(); });
  $("chips").addEventListener("click", (e) => {
    const chip = e.target.closest("button");
    if (chip) say(chip.textContent, true);
  });
}

// enter draws the composer for the conversation that was just opened.
export function enter(previous) {
  const text = $("text");
  if (previous) drafts.set(previous, text.value);
  const c = chat();
  text.value = drafts.get(c.id) || "";
  fit();
  setQuote(null);
  drawIdentity(c);
  $("mention").hidden = !c.group;
  $("mention").querySelector("span").textContent = "@" + S.bot;
  $("mention-box").checked = true;
  $("chips").replaceChildren(...S.suggest.map((s) => el("button", { type: "button", class: "chip" }, s)));
  text.placeholder = c.group ? `在“${c.title}”里说…` : `以${c.title}的身份对${S.bot}说…`;
}

function drawIdentity(c) {
  if (!c.group) {
    $("identity").replaceChildren(el("span", { class: "dim" }, "身份 "), el("strong", null, c.title));
    return;
  }
  const pick = el("select", { id: "as", onchange: () => {
    remember("as", pick.value);
    remember("as." + c.id, pick.value);
    onIdentity();
    $("text").focus();
  } }, ...c.people.map((id) => el("option", { value: id }, label(id))));
  pick.value = identity();
  $("identity").replaceChildren(el("label", { for: "as", class: "dim" }, "身份"), " ", pick);
}

function label(id) {
  const note = S.people.get(id)?.note;
  return nameOf(id) + (note ? `（${note}）` : "");
}

// setQuote puts a message into the quote bar; null takes it out. Quoting the bot speaks
// to the bot.
export function setQuote(msg) {
  quote = msg;
  $("quote").hidden = !msg;
  if (!msg) return;
  $("quote-text").textContent = `引用 ${nameOf(msg.from)}：${msg.gist}`;
  if (msg.from === "") $("mention-box").checked = true;
}

export const quoting = () => quote !== null;

// quoteAbove quotes the bot's newest message, or the one above the quoted one.
function quoteAbove() {
  const above = room(S.open).list.filter((m) => m.from === "" && (!quote || m.n < quote.n));
  if (above.length) setQuote(above[above.length - 1]);
}

function fit() {
  const text = $("text");
  text.rows = Math.min(8, Math.max(2, text.value.split("\n").length));
}

function submit() {
  const text = $("text");
  const value = text.value.trim();
  const n = [...value].length;
  if (!value) return;
  if (n > S.maxText) return toast(`一条消息最长 ${S.maxText} 字，这条有 ${n} 字。`);
  const body = { ...base(value, $("mention-box").checked), quote: quote?.ref || "" };
  text.value = "";
  fit();
  setQuote(null);
  post("say", body, () => { if (!text.value && S.open === body.chat) { text.value = value; fit(); } });
}

const base = (text, mention) => ({ chat: S.open, as: identity(), text, mention, key: newKey() });

// say sends words that were not typed: a suggestion, a link that speaks.
export function say(text, mention) {
  post("say", base(text, mention));
}

export function press(msg, button) {
  post("press", { ref: msg.ref, button, as: identity(), key: newKey() });
}

export function resend(msg) {
  post("say", { resend: msg.ref });
}

function post(path, body, giveBack = () => {}) {
  queue = queue.then(async () => {
    try {
      onSaid(await insist(path, body));
    } catch (err) {
      giveBack();
      toast(err instanceof Complaint ? err.message : "出了点问题，请再试一次。");
    }
  });
}
