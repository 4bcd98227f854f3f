package costlake.serve;

import costlake.core.Failure;
import costlake.core.Folders;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link QueryWorker} as the server sees it. It can be killed at any moment. */
final class WorkerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** Options of this Java that its workers do not take over. */
  private static final List<String> OWN_OPTIONS =
      List.of(
          "-Xmx",
          "-Xms",
          "-javaagent",
          "-agent",
          "-Xrunjdwp",
          "-Djava.io.tmpdir",
          "-Dcostlake.log=");

  private static final int EXIT_OUT_OF_MEMORY = 3;

  private final Path folder;
  private final Process process;
  private final ObjectOutputStream requests;
  private final DataInputStream answers;

  /** Holds from the request until the last message of its answer has been read. */
  private volatile boolean answering;

  /** Set before the process has ended: the operating system takes a moment to say so. */
  private volatile boolean dead;

  private WorkerProcess(Path folder, Process process, QueryWorker.Setup setup) throws IOException {
    this.folder = folder;
    this.process = process;
    this.requests = new ObjectOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    requests.writeObject(setup.json());
    requests.flush();
  }

  /**
   * Starts one.
   *
   * @param program has the main method, {@link QueryWorker} outside of tests
   */
  @SuppressWarnings("FutureReturnValueIgnored") // what stays of its folder goes with the server's
  static WorkerProcess start(Class<?> program, QueryWorker.Setup setup, int heapMib) {
    try {
      Path folder =
          Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "worker-");
      Process process =
          new ProcessBuilder(command(program, folder, heapMib))
              .redirectError(folder.resolve("stderr").toFile())
              .start();
      process.onExit().thenRun(() -> remove(folder));
      return new WorkerProcess(folder, process, setup);
    } catch (IOException e) {
      throw Failure.internal("Cannot start a process that answers queries: " + e.getMessage(), e);
    }
  }

  private static List<String> command(Class<?> program, Path folder, int heapMib) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    command.add("-Xmx" + heapMib + "m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:+DisplayVMOutputToStderr"); // its last words must not get among the answers
    command.add("-Djava.io.tmpdir=" + folder);
    String log = System.getProperty("costlake.log");
    if (log != null) {
      command.add("-Dcostlake.log=" + log);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    return command;
  }

  /**
   * Waits until it can answer.
   *
   * @throws Failure of the operator's family when it cannot read the lake
   */
  void awaitReady() throws IOException {
    Frame first = Frame.read(answers);
    if (first.kind() == Frame.Kind.FAILED) {
      throw Failure.operator(first.text());
    }
  }

  /**
   * Gives it a request.
   *
   * @return false when the process had ended before
   */
  boolean ask(Request request) {
    answering = true;
    try {
      synchronized (requests) {
        requests.writeByte(QueryWorker.ASK);
        request.write(requests);
        requests.reset();
        requests.flush();
      }
      return true;
    } catch (IOException e) {
      LOG.warn("The process {} of {} takes no request: {}", process.pid(), folder, e.toString());
      kill();
      return false;
    }
  }

  /** The next message of the answer; an {@link EOFException} when the process has ended. */
  Frame next() throws IOException {
    try {
      Frame frame = Frame.read(answers);
      answering = frame.kind() != Frame.Kind.IDLE;
      return frame;
    } catch (IOException e) {
      dead = true;
      throw e;
    }
  }

  /** Asks it to stop what it does. */
  void cancel() {
    try {
      synchronized (requests) {
        requests.writeByte(QueryWorker.CANCEL);
        requests.flush();
      }
    } catch (IOException e) {
      kill();
    }
  }

  void kill() {
    dead = true;
    process.destroyForcibly();
  }

  /** Whether it can take a request: it lives, and nothing of the last answer is left unread. */
  boolean isFree() {
    return !dead && !answering && process.isAlive();
  }

  /** Why it ended by itself, in words for the user whose query it was. */
  String obituary() {
    kill();
    int code = process.onExit().join().exitValue();
    if (code == EXIT_OUT_OF_MEMORY) {
      return Messages.OUT_OF_MEMORY;
    }
    LOG.error("The process {} of {} ended with {}", process.pid(), folder, code);
    return Messages.INSIDE;
  }

  private static void remove(Path folder) {
    try {
      Folders.remove(folder);
    } catch (IOException e) {
      LOG.warn("Cannot remove {}: {}", folder, e.toString());
    }
  }
}
