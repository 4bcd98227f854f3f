package costlake.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Helps tests to start servers in their own processes. */
final class Servers {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long PAUSE_MS = 200;

  /** A check whether a server that is starting is ready. */
  @FunctionalInterface
  interface Question {
    /** Returns whether the server answers as expected. An exception counts as false. */
    boolean answered() throws Exception;
  }

  private Servers() {}

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Waits until a server answers.
   *
   * @throws IllegalStateException if a process ends or the server takes too long; the message has
   *     the log
   */
  static void await(List<Process> processes, Path log, Question question) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && processes.stream().allMatch(Process::isAlive)) {
      if (answered(question)) {
        return;
      }
      pause();
    }
    processes.forEach(Process::destroy);
    throw new IllegalStateException("The server did not start: " + Files.readString(log));
  }

  private static boolean answered(Question question) {
    try {
      return question.answered();
    } catch (Exception notYet) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
