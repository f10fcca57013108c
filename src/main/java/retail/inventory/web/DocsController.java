package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.webjars.WebJarVersionLocator;

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
    private final Map<File, String> tags = new ConcurrentHashMap<>();

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
    ResponseEntity<Resource> description(HttpServletRequest request, HttpServletResponse response) {
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
    ResponseEntity<Resource> file(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws NoResourceFoundException {
        @Nullable File file = page.get(name);
        if (file == null) {
            throw new NoResourceFoundException(HttpMethod.GET, "docs/" + name, name);
        }
        return answer(file, request, response);
    }

    private @Nullable ResponseEntity<Resource> answer(
            File file, HttpServletRequest request, HttpServletResponse response) {
        if (EntityTags.isKnown(tags.computeIfAbsent(file, DocsController::tag), request, response)) {
            return null;
        }
        return ResponseEntity.ok()
                .contentType(file.type())
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .body(new ClassPathResource(file.path()));
    }

    /** Of the content, for the times of all files in the jar are the same. */
    private static String tag(File file) {
        try (InputStream content = new ClassPathResource(file.path()).getInputStream()) {
            return "\"" + DigestUtils.md5DigestAsHex(content) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException(file.path(), e);
        }
    }

    private static ResponseEntity<Void> redirect(String to) {
        return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(to)).build();
    }
}
