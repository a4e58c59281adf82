// Small helpers for building the page. Text always goes in as text, never as HTML.

export const $ = (id) => document.getElementById(id);

// el makes an element. Keys of props beginning with "on" are listeners, "class" and
// "data-…", "aria-…" and other attributes are set as such; null and false leave one out.
export function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

// avatar shows the last two characters of a name, as DingTalk does, on one of eight
// colours that belongs to the id.
export function avatar(id, name, kind) {
  let sum = 0;
  for (const ch of id) sum = (sum * 31 + ch.codePointAt(0)) % 997;
  const chars = [...name];
  const text = kind === "bot" ? "督" : kind === "group" ? chars.slice(0, 2).join("") : chars.slice(-2).join("");
  return el("span", { class: `avatar ${kind || "c" + (sum % 8)}`, "aria-hidden": "true" }, text);
}

let toastTimer = 0;

// toast shows a sentence for a while.
export function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 6000);
}

// remember and recall keep small choices in this browser; without storage they are lost
// on reload, which is harmless.
export function remember(key, value) {
  try { localStorage.setItem("duban." + key, value); } catch { /* private mode */ }
}

export function recall(key) {
  try { return localStorage.getItem("duban." + key); } catch { return null; }
}

const narrowScreen = matchMedia("(max-width: 760px)");

export const narrow = () => narrowScreen.matches;

export const onNarrow = (f) => narrowScreen.addEventListener("change", f);

// face is the avatar of a conversation.
export const face = (chat) => (chat.group ? avatar(chat.id, chat.title, "group") : avatar(chat.people[0], chat.title));
