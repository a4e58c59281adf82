// The clock panel.
import { $, toast } from "./dom.js";
import { Complaint, post } from "./net.js";
import { S } from "./store.js";

// show draws the time and, while it moves, holds the buttons.
export function show(clock) {
  const moving = clock.moving;
  S.clock = clock;
  $("now").textContent = clock.full;
  $("clock").classList.toggle("moving", moving);
  $("clock-panel").disabled = moving;
  const date = $("date");
  date.min = clock.date;
  if (!date.value || date.value < clock.date) date.value = clock.date;
}

export function setUp(onChange) {
  const toggle = $("clock-toggle");
  const fold = (open) => {
    toggle.setAttribute("aria-expanded", String(open));
    $("clock").classList.toggle("unfolded", open);
  };
  toggle.addEventListener("click", () => fold(toggle.getAttribute("aria-expanded") !== "true"));

  const move = async (what) => {
    try {
      const body = { do: what };
      if (what === "date") body.date = $("date").value;
      show(await post("clock", body));
      onChange();
      fold(false);
    } catch (err) {
      toast(err instanceof Complaint ? err.message : "连不上程序，时间没有动。");
    }
  };
  $("clock-panel").addEventListener("click", (e) => {
    const button = e.target.closest("[data-do]");
    if (button) move(button.dataset.do);
  });
  $("date").addEventListener("keydown", (e) => {
    if (e.key === "Enter") { e.preventDefault(); move("date"); }
  });
  // The demo's clock may run by itself: look once in a while.
  setInterval(async () => {
    if (document.hidden || S.clock?.moving) return;
    try { show(await post("clock", { do: "now" })); onChange(); } catch { /* the socket says it */ }
  }, 30000);
}
