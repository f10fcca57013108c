package retail.inventory.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsLeftOutTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            java.nio.file.FileSystemException: /var/lib/inventory/records-1.jsonl.tmp: Not a directory | java.nio.file.FileSystemException: (a file): Not a directory
            java.nio.file.NoSuchFileException: /d/wal/1.jsonl -> /d/archive/1.gz: gone                 | java.nio.file.NoSuchFileException: (a file) -> (a file): gone
            wal/durable is damaged, or went back from 3                                                | wal/durable is damaged, or went back from 3
            java.io.IOException: No space left on device                                               | java.io.IOException: No space left on device
            the disk gives an I/O error, or Input/output error                                         | the disk gives an I/O error, or Input/output error
            1.5 s at 12:00:00.000                                                                      | 1.5 s at 12:00:00.000
            """)
    void leavesTheRestOfTheReason(String reason, String shown) {
        assertThat(PathsLeftOut.of(reason)).isEqualTo(shown);
    }
}
