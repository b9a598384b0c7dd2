// Starts the app: loads the bundle that the page names and says so in plain words if that fails.
// It is a file, not an inline script, so that the page's security policy can forbid inline scripts.

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
