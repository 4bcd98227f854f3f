package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.ForcedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void forcesAFileBeforeAndItsFolderAfterTheMove() throws Throwable {
    Path file = folder.resolve("a/entry.json");
    List<Path> forced = ForcedFiles.during(() -> AtomicFile.write(file, new byte[] {1, 2}));
    assertThat(forced)
        .containsExactly(folder, folder.resolve("a/.entry.json.tmp"), folder.resolve("a"));
    assertThat(file).hasBinaryContent(new byte[] {1, 2});
    assertThat(AtomicFile.aside(file)).doesNotExist();
  }

  @Test
  void makesAFolderOfOneWordInTheWorkingFolder() throws Throwable {
    Path word = folder.getFileName();
    try {
      List<Path> forced = ForcedFiles.during(() -> AtomicFile.makeFolder(word));
      assertThat(word).isEmptyDirectory();
      assertThat(forced).containsExactly(Path.of("").toAbsolutePath());
    } finally {
      Files.deleteIfExists(word);
    }
  }

  @Test
  void forcesAFolderWithItsContent() throws Throwable {
    Path made = Files.createDirectories(folder.resolve("made/inner")).getParent();
    Path bill = Files.writeString(made.resolve("inner/bill.csv"), "1");
    Path pin = folder.resolve("pin");
    List<Path> forced = ForcedFiles.during(() -> AtomicFile.move(made, pin));
    assertThat(forced).containsExactly(bill, made.resolve("inner"), made, folder);
    assertThat(pin.resolve("inner/bill.csv")).hasContent("1");
  }
}
