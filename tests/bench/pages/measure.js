// What ours and the pages of comparison are measured with. A time ends when the frame that shows the result has been
// drawn: the first task after the next animation frame.
window.__bench = (() => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  }));
  const frames = async (count) => { for (let at = 0; at < count; at += 1) await frame(); };
  const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map((one) => one.duration))).observe({ type: "longtask" });
  // Runs something, and answers how long it took to be seen. It begins when the page has come to rest, as people do:
  // right after a frame the next one is not begun before its time, which would be counted to whoever had drawn that.
  const timed = async (act, holds = () => true) => {
    await sleep(150);
    const begun = performance.now();
    await act();
    for (let tries = 0; !holds(); tries += 1) {
      if (tries === 2000) throw new Error(`still not: ${holds}`);
      await frame();
    }
    return (await frame()) - begun;
  };
  // Scrolls 20 screens, a sixth of one each frame; answers the longest frame.
  const scroll = async (scroller) => {
    const height = scroller.clientHeight;
    scroller.scrollTop = 0;
    await sleep(300);
    let longest = 0, before = await frame();
    for (let step = 0; step < 120; step += 1) {
      scroller.scrollTop += height / 6;
      const now = await frame();
      longest = Math.max(longest, now - before);
      before = now;
    }
    return longest;
  };
  return { frame, frames, sleep, timed, scroll, longTasks: () => long.splice(0) };
})();
