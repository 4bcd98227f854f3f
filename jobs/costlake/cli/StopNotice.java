package costlake.cli;

import java.io.PrintWriter;
import java.util.function.IntSupplier;

/**
 * Prints which results are kept if the process is stopped while a command runs. The virtual machine
 * prints it before it ends, because the parts of the command then fail in any order.
 */
final class StopNotice {
  private StopNotice() {}

  /** Runs a command and returns its exit code. */
  static int watch(Stoppable command, PrintWriter err, IntSupplier run) {
    Thread notice = new Thread(() -> print(command, err), "stop notice");
    Runtime.getRuntime().addShutdownHook(notice);
    try {
      return run.getAsInt();
    } finally {
      if (!isStopping()) {
        Runtime.getRuntime().removeShutdownHook(notice);
      }
    }
  }

  /** A terminal may show a progress bar, which the message does not continue. */
  private static void print(Stoppable command, PrintWriter err) {
    String start = Boolean.getBoolean("costlake.terminal") ? System.lineSeparator() : "";
    err.println(start + "costlake: Stopped before the end. " + command.whatStands());
  }

  /** Whether somebody stops the process; its parts then fail in any order. */
  static boolean isStopping() {
    Thread none = new Thread();
    try {
      Runtime.getRuntime().addShutdownHook(none);
      return !Runtime.getRuntime().removeShutdownHook(none);
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
