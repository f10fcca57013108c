package retail.inventory.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.documents.ShellBlocks.Block;

class ShellBlocksTest {

    @TempDir
    private Path directory;

    @Test
    void commandsHaveAllTheirLines() throws IOException {
        List<Block> blocks = blocks("""
                Words.

                ```sh
                one # a comment
                two \\
                  --more
                { printf 'three
                four'; } | five
                ```

                ```
                not typed
                ```

                ```json
                {"a":1}
                ```
                """);
        assertThat(blocks).extracting(Block::isShell).containsExactly(true, false);
        assertThat(blocks).extracting(Block::line).containsExactly(4, 16);
        assertThat(blocks.getFirst().commands())
                .containsExactly("one # a comment", "two \\\n  --more", "{ printf 'three\nfour'; } | five");
    }

    @Test
    void commandWithoutItsEndIsAnError() {
        assertThatThrownBy(() -> blocks("```sh\necho 'a\n```\n").getFirst().commands())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("echo 'a");
    }

    @Test
    void commandsInSentencesHaveArguments() throws IOException {
        Path document = Files.writeString(directory.resolve("document.md"), """
                A `curl` in a sentence; `curl -i URL` too.

                ```sh
                bin/prove --help
                ```

                | `A=1 .ci/run` | `.ci/kill-loop 20` and `curly braces` |
                """);
        assertThat(ShellBlocks.inline(document))
                .extracting(Block::text)
                .containsExactly("curl -i URL", ".ci/kill-loop 20");
        assertThat(ShellBlocks.inline(document)).extracting(Block::line).containsExactly(1, 7);
    }

    @Test
    void knowsARefusal() throws IOException {
        assertThat(blocks("```json\n{\"type\":\"urn:inventory:problem:behind\"}\n```\n")
                        .getFirst()
                        .isProblem())
                .isTrue();
        assertThat(blocks("```sh\necho urn:inventory:problem:\n```\n")
                        .getFirst()
                        .isProblem())
                .isFalse();
    }

    private List<Block> blocks(String text) throws IOException {
        return ShellBlocks.of(Files.writeString(directory.resolve("document.md"), text));
    }
}
