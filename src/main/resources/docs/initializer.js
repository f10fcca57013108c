SwaggerUIBundle({
  url: "../openapi.yaml", // of the service that serves this page, whatever prefix it is behind
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null, // nobody else is asked
});
