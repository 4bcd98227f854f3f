package costlake.core;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** Writes messages for files that cannot be read. Java's own messages have only the path. */
public final class FileErrors {
  private static final String DENIED = "Permission denied";

  private FileErrors() {}

  /** Whether an exception means that a file cannot be opened, not that its content is wrong. */
  public static boolean isCause(Throwable cause) {
    return cause instanceof FileSystemException || cause instanceof FileNotFoundException;
  }

  /** A failure with exit code 2 that says what cannot be read, why, and what to do. */
  public static Failure of(Object place, IOException cause) {
    return Failure.operator(cause, "Cannot read %s: %s. %s", place, why(cause), nextStep(cause));
  }

  /** Says in words why a file or folder cannot be read or written. */
  public static String why(IOException cause) {
    if (isDenied(cause)) {
      return "permission is denied";
    }
    if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      return "it no longer exists";
    }
    if (cause instanceof FileSystemLoopException) {
      return "a link in it leads back to a folder above it";
    }
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return cause.getMessage() == null ? "the system gives no reason" : cause.getMessage();
  }

  private static String nextStep(IOException cause) {
    return isDenied(cause)
        ? "Let user '" + System.getProperty("user.name") + "' read it, and run again."
        : "Check that it can be read, and run again.";
  }

  private static boolean isDenied(IOException cause) {
    return cause instanceof AccessDeniedException
        || (cause instanceof FileNotFoundException
            && String.valueOf(cause.getMessage()).contains(DENIED));
  }
}
