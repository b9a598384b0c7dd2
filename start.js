// Starts the app: loads the bundle that the page names and says so in plain words if that fails.
// It is a file, not an inline script, so that the page's security policy can forbid inline scripts.

// All markup that is ever parsed stands in the program itself: plain elements with plain attributes. What else comes
// here, an event handler or an address, can only have come in with a file, and is refused.
const plain = /<\/?[a-z][a-z0-9]*( (?!on|src|href|style|action|formaction|data-trunk)[a-z-]+(="[^"<>]*")?)* ?\/?>|<!>/g;
const foreign = /<\/?(script|iframe|object|embed|link|meta|base|form|style|template)\b/;
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (html) => (foreign.test(html) || html.replace(plain, "").includes("<") ? null : html),
  createScriptURL: (url) => (new URL(url, document.baseURI).origin === location.origin ? url : null),
});

const boot = document.getElementById("boot");
const { js, wasm } = document.querySelector('meta[name="bundle"]').dataset;

try {
  const { default: init } = await import(new URL(js, document.baseURI));
  await init({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  console.error(error);
  const message = boot?.querySelector("[role=status]");
  if (message) {
    message.textContent =
      "Rubricator could not start. Reload the page; if that does not help, use a current Firefox, Chrome, Edge or Safari.";
    boot.classList.add("failed");
  }
}
