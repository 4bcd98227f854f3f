package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  @ParameterizedTest
  @MethodSource("reasons")
  void saysInWordsWhyAFileCannotBeUsed(Exception cause, String why) {
    assertThat(FileErrors.why(cause)).isEqualTo(why);
    assertThat(FileErrors.why(new UncheckedIOException(new IOException(why)))).isEqualTo(why);
  }

  static Stream<Arguments> reasons() {
    return Stream.of(
        arguments(new FileNotFoundException("/a (Permission denied)"), "permission is denied"),
        arguments(new FileNotFoundException("/a (Too many open files)"), "Too many open files"),
        arguments(new FileNotFoundException("/a (Is a directory)"), "Is a directory"),
        arguments(
            new FileNotFoundException("File /a (1) is not there"),
            "there is no such file or folder"),
        arguments(new NoSuchFileException("/a"), "there is no such file or folder"),
        arguments(
            new FileNotFoundException("/a (No such file or directory)"),
            "there is no such file or folder"),
        arguments(
            new FileSystemLoopException("/a"), "a link in it leads back to a folder above it"),
        arguments(new FileAlreadyExistsException("/a"), "a file has this name already"),
        arguments(new NotDirectoryException("/a"), "it is not a folder"),
        arguments(new DirectoryNotEmptyException("/a"), "the folder is not empty"),
        arguments(new MalformedInputException(1), "it is not text in UTF-8"),
        arguments(
            new FileSystemException("/a", null, "Too many open files"), "Too many open files"),
        arguments(new FileSystemException("/a"), "the system gives no reason"),
        arguments(new EOFException(), "it ends too early"),
        arguments(new IOException("Unexpected end\n at [Source: (File)]"), "Unexpected end"),
        arguments(new IOException(), "the system gives no reason"));
  }

  @Test
  void namesTheFile() {
    NoSuchFileException missing = new NoSuchFileException("/lake/a");
    assertThat(FileErrors.whichAndWhy(new UncheckedIOException(missing)))
        .isEqualTo("/lake/a: there is no such file or folder");
    assertThat(FileErrors.whichAndWhy(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
  }
}
