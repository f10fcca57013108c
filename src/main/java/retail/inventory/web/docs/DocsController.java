package retail.inventory.web.docs;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.webjars.WebJarVersionLocator;
import retail.inventory.web.EntityTags;

/**
 * The interface for people: {@code openapi.yaml}, and Swagger UI over it, both out of this jar, so that they fit the service
 * and need no network. Of Swagger UI only what its page needs is served.
 */
@RestController
class DocsController {

    private static final String PAGE = "index.html";
    private static final MediaType HTML = MediaType.valueOf("text/html;charset=UTF-8");
    private static final MediaType CSS = MediaType.valueOf("text/css;charset=UTF-8");
    private static final MediaType JAVASCRIPT = MediaType.valueOf("text/javascript;charset=UTF-8");

    /** The page runs scripts of this service alone and talks to nobody else; Swagger UI sets styles of its own. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final File DESCRIPTION = new File("docs/openapi.yaml", MediaType.APPLICATION_YAML);

    private final Map<String, File> page;
    private final Map<File, DocsContent> contents = new ConcurrentHashMap<>();

    private record File(String path, MediaType type) {}

    DocsController() {
        String swaggerUi = WebJarVersionLocator.WEBJARS_PATH_PREFIX + "/swagger-ui/"
                + Objects.requireNonNull(new WebJarVersionLocator().version("swagger-ui")) + "/";
        this.page = Map.of(
                PAGE,
                new File("docs/" + PAGE, HTML),
                "problems.html",
                new File("docs/problems.html", HTML),
                "page.css",
                new File("docs/page.css", CSS),
                "initializer.js",
                new File("docs/initializer.js", JAVASCRIPT),
                "swagger-ui-bundle.js",
                new File(swaggerUi + "swagger-ui-bundle.js", JAVASCRIPT),
                "swagger-ui.css",
                new File(swaggerUi + "swagger-ui.css", CSS),
                "favicon-32x32.png",
                new File(swaggerUi + "favicon-32x32.png", MediaType.IMAGE_PNG));
    }

    @GetMapping({"/openapi.yaml", "/api/openapi.yaml"})
    @Nullable
    ResponseEntity<byte[]> description(HttpServletRequest request, HttpServletResponse response) {
        return answer(DESCRIPTION, request, response);
    }

    // Relative, so that a proxy may serve all this behind a prefix that nobody here knows of.
    @GetMapping({"/docs", "/api/docs"})
    ResponseEntity<Void> docs() {
        return redirect("docs/" + PAGE);
    }

    @GetMapping({"/docs/", "/api/docs/"})
    ResponseEntity<Void> docsDirectory() {
        return redirect(PAGE);
    }

    @GetMapping({"/docs/{name}", "/api/docs/{name}"})
    @Nullable
    ResponseEntity<byte[]> file(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws NoResourceFoundException {
        @Nullable File file = page.get(name);
        if (file == null) {
            throw new NoResourceFoundException(HttpMethod.GET, "docs/" + name, name);
        }
        return answer(file, request, response);
    }

    /** In one piece always: a part of a file is of no use to anybody, and a hundred of them would cost a hundred copies. */
    private @Nullable ResponseEntity<byte[]> answer(
            File file, HttpServletRequest request, HttpServletResponse response) {
        DocsContent content = contents.computeIfAbsent(file, key -> DocsContent.read(key.path()));
        boolean gzip = content.isSmallerGzipped() && DocsContent.acceptsGzip(request);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (EntityTags.isKnown(content.tag(gzip), request, response)) {
            return null;
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(file.type())
                .header(HttpHeaders.ACCEPT_RANGES, "none")
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer");
        if (gzip) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.body(content.bytes(gzip));
    }

    private static ResponseEntity<Void> redirect(String to) {
        return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(to)).build();
    }
}
