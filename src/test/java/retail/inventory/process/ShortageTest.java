package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentence names what there was not enough of, by the words of the JVM. */
class ShortageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Java heap space | the heap is full | -Xmx",
                "GC overhead limit exceeded | the heap is full | -Xmx",
                "Requested array size exceeds VM limit | the heap is full | -Xmx",
                "'' | the heap is full | -Xmx",
                "| the heap is full | -Xmx",
                "Cannot reserve 65536 bytes of direct buffer memory (allocated: 1, limit: 2) | buffers | -XX:MaxDirectMemorySize",
                "unable to create native thread: possibly out of memory or process/resource limits reached | threads | ulimit -u",
                "Metaspace | classes | -XX:MaxMetaspaceSize",
                "Compressed class space | classes | -XX:MaxMetaspaceSize"
            })
    void saysWhatToDo(String message, String what, String helps) {
        assertThat(Shortage.of(message).sentence())
                .startsWith("Out of memory, ")
                .contains(what)
                .contains(helps)
                .contains("exit code 3");
    }
}
