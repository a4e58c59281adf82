// What this page knows. Messages are put in by ref, the newer version wins, and each
// conversation is ordered by number: so it does not matter whether a message comes from
// the socket, from an answer or from a page of older ones, or from several of them.

export const S = {
  epoch: "", seq: 0, bot: "", people: new Map(), chats: new Map(), clock: null,
  intro: [], suggest: [], maxText: 4000, open: null,
};

const rooms = new Map(); // chat id → { list, byRef, loaded, more }

export function room(id) {
  if (!rooms.has(id)) rooms.set(id, { list: [], byRef: new Map(), loaded: false, more: false });
  return rooms.get(id);
}

// reset takes a fresh state; all messages must be loaded again.
export function reset(state) {
  rooms.clear();
  S.epoch = state.epoch;
  S.seq = state.seq;
  S.bot = state.bot;
  S.people = new Map(state.people.map((p) => [p.id, p]));
  S.chats = new Map(state.chats.map((c) => [c.id, c]));
  S.clock = state.clock;
  S.intro = state.intro || [];
  S.suggest = state.suggest || [];
  S.maxText = state.maxText;
}

// put takes one message and says what it was: "new" at the end, "changed", "old" when
// it belongs further up, "same" when there is nothing to do.
export function put(msg) {
  const r = room(msg.chat);
  const had = r.byRef.get(msg.ref);
  if (had) {
    if (had.v >= msg.v) return "same";
    Object.assign(had, { state: undefined }, msg);
    return "changed";
  }
  r.byRef.set(msg.ref, msg);
  const at = r.list.findLastIndex((m) => m.n < msg.n) + 1;
  r.list.splice(at, 0, msg);
  return at === r.list.length - 1 ? "new" : "old";
}

export const nameOf = (id) => (id === "" ? S.bot : S.people.get(id)?.name || id);

// sorted gives the conversations, the one with the newest message first; silent ones
// stand below as they were given.
export function sorted() {
  return [...S.chats.values()].sort((a, b) => (b.last?.n || 0) - (a.last?.n || 0));
}

export const unreadTotal = () => [...S.chats.values()].reduce((sum, c) => sum + c.unread, 0);
