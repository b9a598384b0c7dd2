// Our page under measurement: what a person does is done through the page's own elements and keys.
window.__ours = (() => {
  const { frames, sleep, timed, scroll } = window.__bench;
  const surface = () => document.querySelector("[data-surface]");
  const press = (key, more = {}) => surface().dispatchEvent(new KeyboardEvent("keydown",
    { key, code: `Key${key.toUpperCase()}`, bubbles: true, cancelable: true, ...more }));
  const scroller = () => {
    let at = surface();
    while (at && !(at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY))) at = at.parentElement;
    return at ?? document.scrollingElement;
  };
  const rows = () => [...document.querySelectorAll("[aria-label=Documents] button.row")];
  const open = async (title) => {
    const row = rows().find((row) => row.innerText.split("\n").some((line) => line.trim() === title));
    if (surface().getAttribute("aria-label") === title) return 0;
    const before = surface().dataset.document;
    const shown = new Promise((done) => {
      const watch = new MutationObserver(() => {
        if (surface().dataset.document !== before) { watch.disconnect(); done(); }
      });
      watch.observe(surface(), { attributes: true });
    });
    // A mouse is on what it clicks, for some 100 ms at least.
    row.dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" }));
    return timed(() => { row.click(); return shown; });
  };
  const select = async (place) => {
    const blocks = [...surface().querySelectorAll("[data-block]")];
    let at = Math.max(1, Math.round(place * (blocks.length - 1)));
    for (; 0 < at; at -= 1) {
      const walker = document.createTreeWalker(blocks[at], NodeFilter.SHOW_TEXT);
      // Heights of what was never seen are guesses, so the first jump may miss.
      for (let tries = 0; tries < 5; tries += 1) {
        blocks[at].scrollIntoView({ block: "center", behavior: "instant" });
        await frames(3);
        await sleep(150);
      }
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const word = !node.parentElement.closest("mark") && /\b[a-z]{4,}\b/.exec(node.data);
        if (!word) continue;
        surface().focus({ preventScroll: true });
        getSelection().setBaseAndExtent(node, word.index, node, word.index + word[0].length);
        for (let tries = 0; !document.querySelector(".overlay[data-selected]"); tries += 1) {
          if (tries === 200) throw new Error("the selection is not taken over");
          await frames(1);
        }
        return blocks[at];
      }
    }
    throw new Error("no word is free");
  };
  const mark = async (place) => {
    const block = await select(place);
    const claims = () => block.querySelectorAll("mark[data-labels~=claim]").length;
    const before = claims();
    return timed(() => press("c"), () => before < claims());
  };
  const leave = async () => {
    for (let times = 0; times < 4; times += 1) press("Escape", { code: "Escape" });
    await frames(2);
  };
  // Delete, undo, relabel, next, hover, and the list, on a new mark in the middle.
  const others = async () => {
    await mark(0.5);
    press("Escape", { code: "Escape" });
    await frames(2);
    const chosen = () => surface().querySelectorAll("mark.chosen");
    const id = chosen()[0].dataset.annotations.split(" ").at(-1);
    const there = () => surface().querySelector(`mark.chosen[data-annotations~="${id}"]`) ?? surface().querySelector(`mark[data-annotations~="${id}"]`);
    const times = {};
    times.relabel = await timed(() => press("x"), () => there()?.dataset.labels.includes("criticism"));
    press("Escape", { code: "Escape" });
    await frames(2);
    times.delete = await timed(() => press("Delete", { code: "Delete" }), () => !there());
    times.undo = await timed(() => press("z", { ctrlKey: true }), () => there());
    const focus = () => [...chosen()].map((mark) => mark.dataset.annotations).join();
    let before = focus();
    times["next annotation"] = await timed(() => press("Tab", { code: "Tab" }), () => focus() !== before && focus());
    const hovered = chosen()[0];
    const pointer = { bubbles: true, pointerType: "mouse" };
    times.hover = await timed(() => hovered.dispatchEvent(new PointerEvent("pointerover", pointer)),
      () => surface().querySelector("mark.hovered"));
    before = focus();
    const row = [...document.querySelectorAll(".annotations .annotation-row")].at(-1);
    times["choose in the list"] = await timed(() => row.click(), () => focus() !== before);
    await leave();
    return times;
  };
  const filter = async (field, words, holds) => {
    const input = document.querySelector(field);
    const seen = () => holds();
    const set = (value) => {
      input.value = value;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    const time = await timed(() => set(words), seen);
    set("");
    await frames(3);
    return time;
  };
  const jump = async () => {
    const pane = scroller();
    pane.scrollTop = 0;
    await sleep(300);
    return timed(() => { pane.scrollTop = pane.scrollHeight; },
      () => surface().querySelector("[data-chunk]:last-child mark, [data-block]:last-child mark"));
  };
  return { open, mark, leave, others, filter, jump, rows, scroll: () => scroll(scroller()) };
})();
