package retail.inventory.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import retail.inventory.lab.Command;

/** The fenced blocks of a document that a reader types or is shown: commands and JSON. */
final class ShellBlocks {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(sh|json)\n(.*?)^```$");
    private static final Pattern ANY_FENCED = Pattern.compile("(?ms)^```[a-z]*\n(.*?)^```$");
    private static final Pattern INLINE = Pattern.compile(
            "`((?:[A-Z_]+=\\S+ )*(?:\\./mvnw|(?:\\.ci|bench|bin)/[a-z-]+|[a-z]+ctl|curl|java|docker|jcmd|kill|d[fu]|chmod|head|grep|iostat)"
                    + " [^`\n]+)`");

    private ShellBlocks() {}

    /**
     * What is between two fences.
     *
     * @param line the number of its first line, from 1
     */
    record Block(Path document, int line, boolean isShell, String text) {

        String place() {
            return document + ":" + line;
        }

        /** Whether it shows a refusal, which fails the command before it. */
        boolean isProblem() {
            return !isShell && text.contains("\"urn:inventory:problem:");
        }

        /** Its commands, each with all its lines. */
        List<String> commands() throws IOException {
            List<String> commands = new ArrayList<>();
            StringBuilder command = new StringBuilder();
            for (String line : text.lines().toList()) {
                command.append(line);
                if (isWhole(command.toString())) {
                    commands.add(command.toString());
                    command.setLength(0);
                } else {
                    command.append('\n');
                }
            }
            if (!command.isEmpty()) {
                throw new IOException(place() + " ends within a command: " + command);
            }
            return commands;
        }

        private static boolean isWhole(String command) throws IOException {
            return !command.endsWith("\\")
                    && Command.problem("bash", "-n", "-c", command).isEmpty();
        }
    }

    /** Commands in the middle of a sentence or a table: a program, and what it is given. */
    static List<Block> inline(Path document) throws IOException {
        String text = ANY_FENCED
                .matcher(Files.readString(document))
                .replaceAll(fence -> "\n".repeat((int) fence.group().lines().count() - 1));
        return INLINE.matcher(text)
                .results()
                .map(quoted -> new Block(
                        document,
                        1
                                + (int) text.substring(0, quoted.start())
                                        .chars()
                                        .filter(c -> c == '\n')
                                        .count(),
                        true,
                        quoted.group(1)))
                .toList();
    }

    static List<Block> of(Path document) throws IOException {
        String text = Files.readString(document);
        List<Block> blocks = new ArrayList<>();
        Matcher fenced = FENCED.matcher(text);
        while (fenced.find()) {
            int line = 1 + (int) text.substring(0, fenced.start(2)).lines().count();
            blocks.add(new Block(document, line, fenced.group(1).equals("sh"), fenced.group(2)));
        }
        return blocks;
    }
}
