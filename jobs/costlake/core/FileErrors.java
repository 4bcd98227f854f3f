package costlake.core;

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
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes messages for files that cannot be read. Java's own messages have only the path. */
public final class FileErrors {
  private static final String DENIED = "Permission denied";
  private static final String MISSING = "there is no such file or folder";

  private static final String NO_SUCH_FILE = "No such file or directory";
  private static final Pattern IN_BRACKETS = Pattern.compile(" \\(([A-Z][a-z][^()]*)\\)$");

  private static final Map<Class<?>, String> WORDS =
      Map.of(
          NoSuchFileException.class, MISSING,
          FileSystemLoopException.class, "a link in it leads back to a folder above it",
          FileAlreadyExistsException.class, "a file has this name already",
          NotDirectoryException.class, "it is not a folder",
          DirectoryNotEmptyException.class, "the folder is not empty",
          MalformedInputException.class, "it is not text in UTF-8");

  private FileErrors() {}

  /** Whether an exception means that a file cannot be opened, not that its content is wrong. */
  public static boolean isCause(Throwable cause) {
    return cause instanceof FileSystemException || cause instanceof FileNotFoundException;
  }

  /** Returns a failure with exit code 2 that says what cannot be read, why, and what to do. */
  public static Failure of(Object place, IOException cause) {
    return Failure.operator(cause, "Cannot read %s: %s. %s", place, why(cause), nextStep(cause));
  }

  /** Returns in words why a file or folder cannot be read or written. */
  public static String why(Throwable cause) {
    Throwable error = error(cause);
    if (isDenied(error)) {
      return "permission is denied";
    }
    if (error instanceof FileNotFoundException) {
      return reasonInBrackets(error);
    }
    String words = WORDS.get(error.getClass());
    return words == null ? reason(error) : words;
  }

  /**
   * Returns the path of the file or folder that cannot be read or written, if it is known, and the
   * reason.
   */
  public static String whichAndWhy(Throwable cause) {
    Throwable error = error(cause);
    return error instanceof FileSystemException file && file.getFile() != null
        ? file.getFile() + ": " + why(file)
        : why(cause);
  }

  private static Throwable error(Throwable cause) {
    return cause instanceof UncheckedIOException ? Objects.requireNonNull(cause.getCause()) : cause;
  }

  /**
   * Returns the reason in brackets at the end of the message, e.g. {@code Is a directory}: Java
   * throws FileNotFoundException also for a path that exists but cannot be opened.
   */
  private static String reasonInBrackets(Throwable error) {
    Matcher reason = IN_BRACKETS.matcher(String.valueOf(error.getMessage()));
    return reason.find() && !reason.group(1).equals(NO_SUCH_FILE) ? reason.group(1) : MISSING;
  }

  /** Returns the first line of the message: further lines name places in the code. */
  private static String reason(Throwable error) {
    String message =
        error instanceof FileSystemException file ? file.getReason() : error.getMessage();
    if (message == null || message.isBlank()) {
      return error instanceof EOFException ? "it ends too early" : "the system gives no reason";
    }
    return message.lines().findFirst().orElseThrow();
  }

  private static String nextStep(IOException cause) {
    return isDenied(cause)
        ? "Let user '" + System.getProperty("user.name") + "' read it, and run again."
        : "Check that it can be read, and run again.";
  }

  private static boolean isDenied(Throwable cause) {
    return cause instanceof AccessDeniedException
        || (cause instanceof FileNotFoundException
            && String.valueOf(cause.getMessage()).contains(DENIED));
  }
}
