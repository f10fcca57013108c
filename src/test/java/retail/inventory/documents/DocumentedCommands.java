package retail.inventory.documents;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import retail.inventory.documents.ShellBlocks.Block;
import retail.inventory.lab.Moments;
import tools.jackson.databind.JsonNode;

/**
 * A program that types every command of the documents, as a newcomer would, and holds what it prints against what they say. A
 * command that cannot be typed here has its reason below.
 */
final class DocumentedCommands {

    private static final Path README = Path.of("README.md");

    /** Here the reader begins with no stock; all other documents go on from what the README sold. */
    private static final Set<Path> FROM_NOTHING = Set.of(README, Path.of("docs/tutorial.md"));

    private static final Pattern ANSWER_BEHIND = Pattern.compile("\\s# (\\{.*})$");
    private static final Pattern NEEDS_A_SERVICE = Pattern.compile("http://localhost:| data\\b");
    private static final String PLAIN_SERVICE = "java -jar target/inventory-service.jar";

    /** An answer follows what happened before within moments, the audit's within its interval. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Seldom enough for the rate limit, which counts a large answer for several. */
    private static final int POLL_MS = 1_000;

    /** The beginning of a command, or of an example, and why it is not typed here. */
    private static final Map<String, String> NOT_HERE = Map.ofEntries(
            Map.entry("./mvnw verify", "it is the first step of .ci/run"),
            Map.entry("./mvnw test -D", "a part of ./mvnw verify"),
            Map.entry("./mvnw spotless:", "it changes the sources; ./mvnw verify looks whether it would"),
            Map.entry(".ci/", "a step of .ci/run, or it takes an hour"),
            Map.entry("bench/", "it measures, which takes long and wants a quiet machine"),
            Map.entry("docker ", "needs a container engine; .ci/check-image does what it can without"),
            Map.entry("kubectl ", "needs a cluster; .ci/check-ops holds the manifests against their schemas"),
            Map.entry("{ printf ", "needs a cluster"),
            Map.entry("curl -d grant_type=", "needs an issuer of tokens; TokenMatrixTest has one"),
            Map.entry("kill ", "it ends a process, which tests of the package process do"),
            Map.entry("iostat ", "it looks at this machine"),
            Map.entry("smartctl ", "it looks at this machine"),
            Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT=", "needs a collector; TracedProcessIT has one"),
            Map.entry("{\"@timestamp\"", "a line of the log; RequestLinesTest compares those"));

    /** What the reader puts in its place, as in {@code curl URL/audit} or {@code .ci/kill-loop [N]}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\b(?!POST\\b)[A-Z][A-Z_]+\\b(?!=)|\\bN\\b|[{\u2026]");

    private final Path work;
    private final PrintStream out;
    private final Set<String> unusedReasons = new HashSet<>(NOT_HERE.keySet());
    private final List<String> findings = new ArrayList<>();
    private final Map<String, String> printed = new LinkedHashMap<>();
    private final Set<String> typed = new HashSet<>();
    private int compared;
    private boolean sold;

    private DocumentedCommands(Path work, PrintStream out) {
        this.work = work;
        this.out = out;
    }

    /** Argument: an empty directory for everything that is written. Exits with 1 when a document is wrong. */
    public static void main(String[] args) throws IOException {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        System.exit(new DocumentedCommands(Path.of(args[0]).toAbsolutePath(), System.out).areRight() ? 0 : 1);
    }

    private boolean areRight() throws IOException {
        for (Path document : documents()) {
            sold = FROM_NOTHING.contains(document);
            Path own = Files.createDirectories(work.resolve(document.toString().replace('/', '_')));
            try (Terminal terminal = new Terminal(own)) {
                List<Block> blocks = ShellBlocks.of(document);
                for (int i = 0; i < blocks.size(); i++) {
                    boolean refused = i + 1 < blocks.size() && blocks.get(i + 1).isProblem();
                    follow(blocks.get(i), refused, terminal);
                }
                for (Block inline : ShellBlocks.inline(document)) {
                    if (!typed.contains(inline.text()) && !isAPattern(inline)) {
                        follow(inline, false, terminal);
                    }
                }
            } catch (IOException | AssertionError e) {
                findings.add(document + ": " + e.getMessage());
            }
        }
        unusedReasons.forEach(text -> findings.add("No document has a command that begins with " + text));
        findings.forEach(out::println);
        out.println(
                findings.isEmpty()
                        ? "DOCUMENTS OK: " + typed.size() + " commands typed, " + compared + " answers as documented"
                        : "DOCUMENTS WRONG: see the lines above");
        return findings.isEmpty();
    }

    private static List<Path> documents() throws IOException {
        Comparator<Path> readmeFirst = Comparator.comparing((Path file) -> !file.equals(README));
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> more = Files.walk(Path.of("docs"))) {
            return Stream.concat(top.sorted(readmeFirst.thenComparing(file -> file)), more.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private void follow(Block block, boolean refused, Terminal terminal) throws IOException {
        if (!block.isShell()) {
            if (!isExcused(block, block.text())) {
                compare(block, block.text().strip(), terminal);
            }
            return;
        }
        printed.clear();
        boolean first = true;
        for (String command : block.commands()) {
            if (isExcused(block, command)) {
                continue;
            }
            out.println(block.place() + "  " + command);
            try {
                if (Terminal.startsAService(command)) {
                    if (first) {
                        terminal.stopAll(); // services of one block run beside each other, unless they have one port
                    }
                    first = false;
                    terminal.start(command);
                } else {
                    type(block, command, refused, terminal);
                }
                typed.add(command);
            } catch (IOException | AssertionError e) {
                findings.add(block.place() + ": " + command + ": " + e.getMessage());
            }
        }
    }

    private void type(Block block, String command, boolean refused, Terminal terminal) throws IOException {
        if (NEEDS_A_SERVICE.matcher(command).find() && (!sold || !terminal.hasAPlainService())) {
            terminal.stopAll();
            terminal.start(PLAIN_SERVICE);
            sellAsInTheReadme(terminal);
            sold = true;
        }
        printed.put(command, terminal.run(command, refused));
        Matcher answer = ANSWER_BEHIND.matcher(command);
        if (answer.find()) {
            compare(block, answer.group(1), terminal);
        }
    }

    private static void sellAsInTheReadme(Terminal terminal) throws IOException {
        for (Block block : ShellBlocks.of(README)) {
            for (String command : block.isShell() ? block.commands() : List.<String>of()) {
                if (command.startsWith("curl -X POST")) {
                    terminal.run(command, false);
                }
            }
        }
    }

    /** An answer that a command of the latest block printed, or prints in a moment. */
    private void compare(Block block, String example, Terminal terminal) throws IOException {
        compared++;
        JsonNode expected = ExampleJson.in(example);
        if (expected == null) {
            findings.add(block.place() + " is no JSON: " + example);
            return;
        }
        String difference = closest(expected);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!difference.isEmpty() && System.nanoTime() - deadline < 0) {
            Moments.pause(POLL_MS);
            readAgain(terminal);
            difference = closest(expected);
        }
        if (!difference.isEmpty()) {
            findings.add(block.place() + ": " + difference + "\n  the document has " + example);
        }
    }

    /** Nothing when one of them is as expected; else how one differs that has the same members. */
    private String closest(JsonNode expected) {
        String closest = "nothing printed looks like it";
        for (String answer : printed.values()) {
            JsonNode actual = ExampleJson.in(answer);
            if (actual != null && ExampleJson.names(actual).equals(ExampleJson.names(expected))) {
                closest = ExampleJson.difference(expected, actual);
                if (closest.isEmpty()) {
                    return "";
                }
            }
        }
        return closest;
    }

    private void readAgain(Terminal terminal) {
        printed.replaceAll((command, before) -> {
            try {
                return command.contains("-X POST") || command.contains("-N") ? before : terminal.run(command, false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private boolean isAPattern(Block inline) {
        boolean is = PLACEHOLDER.matcher(inline.text()).find();
        if (is) {
            out.println(inline.place() + "  NOT TYPED: " + inline.text() + "  (the reader has to fill something in)");
        }
        return is;
    }

    private boolean isExcused(Block block, String text) {
        for (Map.Entry<String, String> excuse : NOT_HERE.entrySet()) {
            if (text.startsWith(excuse.getKey())) {
                unusedReasons.remove(excuse.getKey());
                out.println(block.place() + "  NOT TYPED: "
                        + text.lines().findFirst().orElse("") + "  (" + excuse.getValue() + ")");
                return true;
            }
        }
        return false;
    }
}
