// Swagger UI has its own dark colours, and leaves it to the page when to use them.
const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", colour);
colour();

SwaggerUIBundle({
  // Of the service that serves this page, whatever prefix it is behind; in full, or links beside it are not shown.
  url: new URL("../openapi.yaml", location.href).href,
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null, // nobody else is asked
});
