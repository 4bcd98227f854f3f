package costlake.cli;

import costlake.core.Failure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explains faults of the machine: a full disk, a file or folder that may not be read, a server that
 * cannot be reached, a broken connection. A fault is recognised by the class of the exception, or
 * by Spark's message if it happened in another process.
 */
final class MachineFaults {
  private static final Pattern FULL = sign("no space left on device|disk quota|disk is full");
  private static final Pattern DENIED = sign("permission denied");

  /** The message of PostgreSQL: {@code permission denied for table t}. */
  private static final Pattern NOT_GRANTED = sign("permission denied (for|to) [a-z][^\\n]*");

  private static final Pattern UNREACHABLE =
      sign("connection refused|connect timed out|unknown ?host|name or service not known");
  private static final Pattern SERVER =
      sign(
          "(?:connect(?:ion)? to |connection refused:"
              + " |://)(?:\\w+://)?/?(?:[^/@\\s]*@)?([\\w-]+(?:\\.[\\w-]+)*(?::\\d+)?)");
  private static final Pattern BROKEN =
      sign("socket (is )?closed|connection reset|broken pipe|lost executor|executor ?lost");
  private static final Pattern PLACE = Pattern.compile("(?<![\\w/.])/[^\\s:()'\"]+");
  private static final Pattern TRACE = Pattern.compile("(?s)\\s*\\n\\s*(at |Driver stacktrace).*");
  private static final Pattern CLASS =
      Pattern.compile(
          "\\b((java|javax|sun|jdk|scala|org|com|io|net)\\.)(\\w+\\.)+[A-Z][\\w$.]*(: ?)?"
              + "|\\b[A-Z]\\w*(Exception|Error): ");

  private MachineFaults() {}

  private static Pattern sign(String text) {
    return Pattern.compile("(?i)" + text);
  }

  /** Returns the message for the operator if one of the causes is a fault of the machine. */
  static Optional<Failure> of(List<Throwable> causes) {
    return causes.stream().map(e -> of(e, causes)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Failure> of(Throwable e, List<Throwable> causes) {
    if (says(e, FULL)) {
      return Optional.of(full(e));
    }
    if (isUnreachable(e)) {
      return Optional.of(unreachable(e, causes));
    }
    if (says(e, NOT_GRANTED)) {
      return Optional.of(notGranted(e));
    }
    if (e instanceof AccessDeniedException || says(e, DENIED)) {
      return Optional.of(denied(e));
    }
    return e instanceof SocketException || e instanceof ClosedChannelException || says(e, BROKEN)
        ? Optional.of(broken(e))
        : Optional.empty();
  }

  private static Failure full(Throwable e) {
    return Failure.internal(
        e,
        "The disk is full%s. Free space and run again; no table was published without the others",
        place(e).map(path -> ", no space for " + path).orElse(""));
  }

  private static boolean isUnreachable(Throwable e) {
    return e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || e instanceof UnknownHostException
        || says(e, UNREACHABLE);
  }

  private static Failure unreachable(Throwable e, List<Throwable> causes) {
    return Failure.internal(
        e,
        """
        Cannot reach %s. Check that the address in the configuration is right, that the server runs,
        and that the network works; then run again. No table was published without the others
        """,
        causes.stream()
            .map(MachineFaults::server)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse("a server; the log file names it"));
  }

  private static Optional<String> server(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnknownHostException) {
      return Optional.of(message.replaceFirst(":.*", "") + ", a name that is not known");
    }
    Matcher server = SERVER.matcher(message);
    return server.find() ? Optional.of(server.group(1)) : Optional.empty();
  }

  private static Failure notGranted(Throwable e) {
    Matcher said = NOT_GRANTED.matcher(e.getMessage());
    said.find();
    return Failure.operator(
        e,
        """
        The database refused: %s. Grant this permission to the user of lake.catalog, and run again
        """,
        said.group());
  }

  private static Failure denied(Throwable e) {
    return Failure.operator(
        e,
        """
        Cannot read or write %s: permission is denied. Give user '%s' this permission, and run again
        """,
        place(e).orElse("a file or folder"),
        System.getProperty("user.name"));
  }

  private static Failure broken(Throwable e) {
    return Failure.internal(
        e,
        """
        A connection broke: a Spark process ended, or the network failed. Run again; no table was
        published without the others. If it happens again, the log file shows where, and whether a
        process had too little memory
        """);
  }

  private static Optional<String> place(Throwable e) {
    if (e instanceof FileSystemException file && file.getFile() != null) {
      return Optional.of(file.getFile());
    }
    Matcher path = PLACE.matcher(String.valueOf(e.getMessage()));
    return path.find() ? Optional.of(path.group()) : Optional.empty();
  }

  private static boolean says(Throwable e, Pattern sign) {
    return e.getMessage() != null && sign.matcher(e.getMessage()).find();
  }

  /** Removes class names and stack traces from a message. */
  static String plain(String message) {
    return CLASS.matcher(TRACE.matcher(message).replaceAll("")).replaceAll("").strip();
  }
}
