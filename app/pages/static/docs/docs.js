// Swagger UI by its own configuration: no other host, dark where the reader is dark, and no link inside a button.

/** Names of operations stand in buttons: as links of their own they would be neither reachable nor read aloud. */
const plainNames = ({ React }) => ({
  wrapComponents: {
    DeepLink: () => ({ text }) => React.createElement("span", { className: "nostyle" }, text),
    // There is one server, this one: nothing to choose.
    ServersContainer: () => () => null,
  },
});

/** Fields get the name of their parameter, buttons without words the word for what they do, and code can be scrolled. */
function name() {
  for (const field of document.querySelectorAll("#reference :is(input, select, textarea):not([aria-label])")) {
    const parameter = field.closest("tr[data-param-name]")?.dataset.paramName;
    field.setAttribute("aria-label", parameter ?? field.getAttribute("placeholder") ?? "Value");
  }
  for (const button of document.querySelectorAll("#reference button:not([aria-label]):empty, #reference .copy-to-clipboard button:not([aria-label])")) {
    button.setAttribute("aria-label", "Copy");
  }
  for (const code of document.querySelectorAll("#reference pre:not([tabindex])")) code.tabIndex = 0;
}

let planned = 0;
new MutationObserver(() => {
  cancelAnimationFrame(planned);
  planned = requestAnimationFrame(name);
}).observe(document.getElementById("reference"), { childList: true, subtree: true });

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUIBundle({
  url: document.getElementById("reference").dataset.document,
  dom_id: "#reference",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null, // the default asks another host
  plugins: [plainNames],
});
