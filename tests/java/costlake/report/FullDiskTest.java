package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes statements to a real disk that is full. */
class FullDiskTest {
  private static final int DISK_MIB = 4;
  private static final int ROOM_FOR_THE_PAGE_ONLY = 220 * 1024;

  @TempDir Path disk;

  @Test
  void writesAStatementCompletelyOrNotAtAllAndCanWriteItAgain() throws Exception {
    StatementDocument document =
        new Statements(Locale.US)
            .document(
                new StatementContent(List.of(Samples.plausible()), Samples.sheets()),
                StatementStatus.preliminary(7));
    assertThat(document.html()).hasSizeLessThan(ROOM_FOR_THE_PAGE_ONLY);
    assertThat(document.html().length + document.pdf().length)
        .isGreaterThan(ROOM_FOR_THE_PAGE_ONLY);
    try (SmallDisk small = SmallDisk.mount(disk, DISK_MIB)) {
      small.fill(ROOM_FOR_THE_PAGE_ONLY);
      assertThatThrownBy(() -> document.write(disk.resolve("statements")))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Cannot write the statement to " + disk)
          .hasMessageContaining("statement.pdf")
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("the lake still has all figures");
      assertThat(files()).containsExactly("statement.html");
      small.empty();
      document.write(disk.resolve("statements"));
      assertThat(files()).containsExactly("statement.html", "statement.pdf", "statement.xlsx");
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(disk.resolve("statements"))) {
      return all.filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
