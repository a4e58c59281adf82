// The conversation list.
import { $, el, face } from "./dom.js";
import { S, nameOf, sorted, unreadTotal } from "./store.js";

const rows = new Map(); // chat id → { key, node }: what is drawn, and of what

// render brings the list up to date and keeps the focus where it was. Rows that did not
// change stay the same nodes, so that a click is not lost while messages come in.
export function render() {
  const nodes = sorted().map((chat) => {
    const key = JSON.stringify([chat, chat.id === S.open, S.clock.date]);
    if (rows.get(chat.id)?.key !== key) rows.set(chat.id, { key, node: row(chat) });
    return rows.get(chat.id).node;
  });
  const list = $("list");
  if (nodes.length !== list.children.length || nodes.some((node, i) => node !== list.children[i])) {
    const focused = document.activeElement?.dataset?.chat;
    list.replaceChildren(...nodes);
    if (focused) list.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus();
  }
  const n = unreadTotal();
  document.title = (n ? `(${n}) ` : "") + S.bot;
}

function row(chat) {
  const open = chat.id === S.open;
  const unread = chat.unread > 0;
  const when = chat.last ? (chat.last.at.date === S.clock.date ? chat.last.at.time : chat.last.at.day) : "";
  return el("li", null,
    el("a", {
      href: "#" + encodeURIComponent(chat.id), class: "row" + (open ? " open" : ""), "data-chat": chat.id,
      "aria-current": open ? "true" : null,
    },
      face(chat),
      el("span", { class: "row-main" },
        el("span", { class: "row-top" },
          el("span", { class: "row-name" }, chat.title),
          el("time", null, when)),
        el("span", { class: "row-note" }, chat.group ? `群聊 · ${chat.people.length}人和${S.bot}` : chat.note || ""),
        el("span", { class: "row-bottom" },
          preview(chat),
          unread && el("span", { class: "badge" },
            el("span", { "aria-hidden": "true" }, chat.unread > 99 ? "99+" : String(chat.unread)),
            el("span", { class: "sr" }, `${chat.unread}条未读`))))));
}

function preview(chat) {
  const { last } = chat;
  if (!last) return el("span", { class: "row-preview dim" }, chat.group ? "还没有消息" : `和${S.bot}聊聊`);
  const who = last.from && chat.group ? nameOf(last.from) + "：" : last.from ? "" : chat.group ? S.bot + "：" : "";
  return el("span", { class: "row-preview" },
    last.state === "failed" && el("span", { class: "bad" }, "未送达 "),
    chat.mentioned?.length > 0 && el("span", { class: "at-mark" }, `[@${mentioned(chat.mentioned)}] `),
    who + last.preview);
}

const mentioned = (ids) =>
  ids.slice(0, 2).map(nameOf).join("、") + (ids.length > 2 ? `等${ids.length}人` : "");

// step gives the conversation above or below the open one.
export function step(by) {
  const ids = sorted().map((c) => c.id);
  const at = ids.indexOf(S.open);
  return ids[(at + by + ids.length) % ids.length];
}
