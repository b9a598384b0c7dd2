// Put into every document before its own scripts. It collects what goes wrong, and reads and measures the page for
// the tests; it changes nothing.
(() => {
  if (window.__hand) return;
  const problems = [];
  addEventListener("error", (event) => problems.push(`error: ${event.message ?? event.target?.src ?? event.target?.href}`), true);
  addEventListener("unhandledrejection", (event) => problems.push(`unhandled rejection: ${event.reason}`));
  document.addEventListener("securitypolicyviolation", (event) =>
    problems.push(`content security policy: ${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`));
  const say = console.error;
  console.error = (...words) => {
    problems.push(`console: ${words.join(" ")}`);
    say.apply(console, words);
  };
  let presses = 0;
  for (const kind of ["mousedown", "pointerdown", "touchstart"]) addEventListener(kind, () => (presses += 1), true);

  const surface = () => document.querySelector("[data-surface]");
  const blocks = () => [...surface().querySelectorAll("[data-block]")];
  const startOf = (block) => Number(block.dataset.start);

  // The text as the surface shows it; what stands between blocks is white space.
  const text = () => {
    let all = "";
    for (const block of blocks()) all += "\n".repeat(startOf(block) - all.length) + block.textContent;
    return all;
  };

  // "before [quote] after" stands for the quote at that place.
  const locate = (quoted) => {
    const all = text();
    const open = quoted.indexOf("["), close = quoted.lastIndexOf("]");
    const whole = open < 0 ? quoted : quoted.slice(0, open) + quoted.slice(open + 1, close) + quoted.slice(close + 1);
    const at = all.indexOf(whole);
    if (at < 0) throw new Error(`not in the text: ${whole}`);
    const start = at + Math.max(open, 0);
    const end = open < 0 ? at + whole.length : start + (close - open - 1);
    return { start, end, quote: all.slice(start, end) };
  };

  const nodeAt = (utf16) => {
    const block = blocks().findLast((block) => startOf(block) <= utf16);
    let rest = utf16 - startOf(block);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (rest < node.length) return { node, offset: rest, block };
      rest -= node.length;
      last = node;
    }
    return { node: last, offset: last.length, block };
  };

  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  // The point of the screen just inside the character that starts (or ends) at a place.
  const edge = (all, utf16, end) => {
    const letter = segmenter.segment(all).containing(end ? utf16 - 1 : utf16);
    const { node, offset, block } = nodeAt(letter.index);
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, Math.min(node.length, offset + letter.segment.length));
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
    const rect = end ? rects.at(-1) : rects[0];
    const backwards = /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(letter.segment);
    const inset = Math.min(1, rect.width / 4);
    const x = end !== backwards ? rect.right - inset : rect.left + inset;
    return { x, y: rect.top + rect.height / 2, block };
  };

  const inSurface = (point) => Boolean(document.elementFromPoint(point.x, point.y)?.closest("[data-surface]"));
  const drag = (quoted) => {
    const all = text();
    const { start, end, quote } = locate(quoted);
    let from = edge(all, start, false), to = edge(all, end, true);
    if (!inSurface(from) || !inSurface(to)) {
      from.block.scrollIntoView({ block: "center", behavior: "instant" });
      from = edge(all, start, false);
      to = edge(all, end, true);
    }
    const covers = [from, to].filter((point) => !inSurface(point))
      .map((point) => document.elementFromPoint(point.x, point.y)?.outerHTML?.slice(0, 200) ?? "the edge of the window");
    return { from: [from.x, from.y], to: [to.x, to.y], covers, quote };
  };

  const marks = () => {
    const all = text(), found = new Map();
    for (const block of blocks()) {
      let at = startOf(block);
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const mark = node.parentElement.closest("mark");
        if (mark) {
          const labels = mark.dataset.labels.split(" ");
          mark.dataset.annotations.split(" ").forEach((id, index) => {
            if (!found.has(id)) found.set(id, { id, label: labels[index], parts: [] });
            const parts = found.get(id).parts, last = parts.at(-1);
            if (last && /^\n*$/.test(all.slice(last[1], at))) last[1] = at + node.length;
            else parts.push([at, at + node.length]);
          });
        }
        at += node.length;
      }
    }
    return [...found.values()]
      .map(({ id, label, parts }) => ({
        id, label, start: parts[0][0], end: parts.at(-1)[1],
        text: parts.map(([start, end]) => all.slice(start, end)).join(" … "),
      }))
      .sort((one, other) => one.start - other.start || other.end - one.end || (one.label < other.label ? -1 : 1));
  };

  const candidates = {
    button: "button:not([role]), [role=button], summary", link: "a[href]", dialog: "dialog, [role=dialog]",
    textbox: "textarea, input:not([type]), input[type=text]:not([role])", searchbox: "input[type=search]",
    combobox: "[role=combobox], select", checkbox: "input[type=checkbox], [role=checkbox]", radio: "input[type=radio], [role=radio]", list: "ul, ol, [role=list]",
    toolbar: "[role=toolbar]", option: "[role=option]", group: "[role=group], fieldset", progressbar: "progress",
    complementary: "aside", heading: "h1, h2, h3", document: "[role=document]", file: "input[type=file]", date: "input[type=date]",
  };
  const wordsOf = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("kbd, [aria-hidden=true], input, textarea, select, [hidden]").forEach((one) => one.remove());
    return copy.textContent;
  };
  const nameOf = (element) => {
    const labelled = element.getAttribute("aria-labelledby")?.split(" ").map((id) => document.getElementById(id)?.textContent).join(" ");
    const given = element.getAttribute("aria-label") ?? labelled;
    const label = element.labels?.length ? [...element.labels].map(wordsOf).join(" ") : null;
    return (given ?? label ?? wordsOf(element)).replace(/\s+/g, " ").trim();
  };
  // What lies behind a modal dialog cannot be reached.
  const reachable = () => [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
  const seen = (role, element) => role === "file" || element.checkVisibility({ visibilityProperty: true });
  const find = (role, name, within) => {
    const root = within && !reachable().matches?.(within) ? reachable().querySelector(within) : reachable();
    if (!root) return null;
    const all = [...root.querySelectorAll(candidates[role])].filter((element) => seen(role, element));
    if (reachable().matches?.(candidates[role])) all.push(reachable());
    const named = all.map((element) => [nameOf(element), element]);
    const exact = named.find(([one]) => one === name) ?? named.find(([one]) => one.startsWith(`${name} `));
    return exact?.[1] ?? null;
  };
  const list = (name) => {
    const found = find("list", name);
    return found ? [...found.children].map((row) => row.innerText.replace(/\s+/g, " ").trim()) : null;
  };

  // Calls back once the condition holds; with what was last seen once it is too late.
  const until = (condition, milliseconds, done) => {
    const limit = performance.now() + milliseconds;
    const look = () => {
      let found = null;
      try {
        found = condition();
      } catch (error) {
        if (performance.now() > limit) return done({ error: String(error) });
      }
      if (found) return done({ found });
      if (performance.now() > limit) return done({ error: `still ${JSON.stringify(found)}` });
      setTimeout(look, 15);
    };
    look();
  };

  window.__hand = { problems, surface, blocks, text, locate, edge, drag, marks, find, nameOf, list, until, presses: () => presses };
})();
