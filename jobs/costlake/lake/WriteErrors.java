package costlake.lake;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;

/** Distinguishes a disk error from any other error of a write. */
final class WriteErrors {
  private static final List<String> DISK =
      List.of(
          "no space left",
          "disk quota",
          "disk is full",
          "read-only file system",
          "readonly database",
          "file too large",
          "permission denied",
          "mkdirs failed",
          "not a directory",
          "cannot create",
          "disk i/o error",
          "unable to open database");

  /** Matches messages of a database server that denies an action to its user. */
  private static final Pattern DATABASE = Pattern.compile("permission denied (for|to) [a-z]");

  private WriteErrors() {}

  /**
   * Runs a write. If the disk causes an exception, throws the failure of {@link #failure} instead.
   */
  static <T> T guarded(String what, String root, Supplier<T> write) {
    try {
      return write.get();
    } catch (Failure e) {
      throw e;
    } catch (FSError e) {
      throw failure(what, root, e);
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them.
      if (isDisk(e)) {
        throw failure(what, root, e);
      }
      throw e;
    }
  }

  /** Returns the failure for a disk error. */
  static Failure failure(String what, String root, Throwable cause) {
    return Failure.internal(
        cause,
        """
        Cannot %s in the lake at %s: %s. Check that the disk has free space and is writable, then
        run again; the last publication stays in force
        """,
        what,
        root,
        innermost(cause));
  }

  private static boolean isDisk(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      boolean isDatabase = DATABASE.matcher(message).find();
      if (t instanceof AccessDeniedException
          || (!isDatabase && DISK.stream().anyMatch(message::contains))) {
        return true;
      }
    }
    return false;
  }

  private static String innermost(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return FileErrors.whichAndWhy(cause);
  }
}
