package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileErrorsTest {
  @Test
  void messageHasFileReasonAndNextStep() {
    Failure failure = FileErrors.of("/bills/a.csv", new AccessDeniedException("/bills/a.csv"));
    assertThat(failure.family()).isEqualTo(Failure.Family.OPERATOR);
    assertThat(failure)
        .hasMessage(
            "Cannot read /bills/a.csv: permission is denied. Let user '"
                + System.getProperty("user.name")
                + "' read it, and run again.");
  }

  @Test
  void explainsEveryReason() {
    assertThat(FileErrors.why(new FileNotFoundException("/a (Permission denied)")))
        .isEqualTo("permission is denied");
    assertThat(FileErrors.why(new NoSuchFileException("/a"))).isEqualTo("it no longer exists");
    assertThat(FileErrors.why(new FileNotFoundException("/a (No such file or directory)")))
        .isEqualTo("it no longer exists");
    assertThat(FileErrors.why(new FileSystemLoopException("/a")))
        .isEqualTo("a link in it leads back to a folder above it");
    assertThat(FileErrors.why(new FileSystemException("/a", null, "Too many open files")))
        .isEqualTo("Too many open files");
    assertThat(FileErrors.why(new IOException("Input/output error")))
        .isEqualTo("Input/output error");
    assertThat(FileErrors.why(new IOException())).isEqualTo("the system gives no reason");
  }
}
