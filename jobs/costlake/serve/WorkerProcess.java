package costlake.serve;

import costlake.core.Failure;
import costlake.core.Folders;
import costlake.core.PlainText;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
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
          "-Xlog",
          "-javaagent",
          "-agent",
          "-Xrunjdwp",
          "-XX:StartFlightRecording",
          "-Dcom.sun.management.",
          "-Djava.io.tmpdir",
          "-Dcostlake.log=");

  /** Variables with options of Java; the options of this process are passed on as arguments. */
  private static final List<String> OPTION_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final int LAST_WORDS_BYTES = 4096;

  private static final int EXIT_OUT_OF_MEMORY = 3;

  private final Path folder;
  private final Process process;
  private final ObjectOutputStream requests;
  private final DataInputStream answers;

  /** Holds from the request until the last message of its answer has been read. */
  private volatile boolean answering;

  /** Set before the process has ended: the operating system takes a moment to say so. */
  private volatile boolean dead;

  /** Whether it was alive when it was killed. */
  private volatile boolean killed;

  private WorkerProcess(Path folder, Process process) throws IOException {
    this.folder = folder;
    this.process = process;
    this.requests = new ObjectOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /**
   * Starts one.
   *
   * @param program has the main method, {@link QueryWorker} outside of tests
   */
  static WorkerProcess start(Class<?> program, QueryWorker.Setup setup, int heapMib) {
    try {
      Path folder =
          Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "worker-");
      WorkerProcess worker = new WorkerProcess(folder, process(program, folder, heapMib));
      worker.greet(setup);
      return worker;
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot start a process that answers queries: %s", e.getMessage());
    }
  }

  private static Process process(Class<?> program, Path folder, int heapMib) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(program, folder, heapMib))
            .redirectError(folder.resolve("stderr").toFile());
    builder.environment().keySet().removeAll(OPTION_VARIABLES);
    try {
      return builder.start();
    } catch (IOException e) {
      remove(folder);
      throw e;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what stays of its folder goes with the server's
  private void greet(QueryWorker.Setup setup) throws IOException {
    process.onExit().thenRun(this::discard);
    try {
      requests.writeObject(setup.json());
      requests.flush();
    } catch (IOException e) {
      bringDown();
      throw e;
    }
  }

  private static List<String> command(Class<?> program, Path folder, int heapMib) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
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

  /** The options of a Java that two can have at the same time. */
  static List<String> inherited(List<String> options) {
    return options.stream()
        .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
        .toList();
  }

  /**
   * Waits until it can answer.
   *
   * @throws Failure with exit code 2 if it cannot read the lake
   */
  void awaitReady() throws IOException {
    WorkerMessage first = read();
    if (first.kind() == WorkerMessage.Kind.FAILED) {
      throw Failure.operator("%s", first.text());
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
      bringDown();
      return false;
    }
  }

  /** The next message of the answer; an {@link EOFException} when the process has ended. */
  WorkerMessage next() throws IOException {
    WorkerMessage message = read();
    answering = message.kind() != WorkerMessage.Kind.IDLE;
    return message;
  }

  private WorkerMessage read() throws IOException {
    try {
      return WorkerMessage.read(answers);
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
      bringDown();
    }
  }

  void kill() {
    killed |= !dead;
    bringDown();
  }

  private void bringDown() {
    dead = true;
    process.destroyForcibly();
  }

  /** Whether it can take a request: it is alive and its last answer was read to the end. */
  boolean isFree() {
    return !dead && !answering && process.isAlive();
  }

  /** Kills the process and explains to the user of its query why it ended by itself. */
  String exitMessage() {
    bringDown();
    int code = process.onExit().join().exitValue();
    return code == EXIT_OUT_OF_MEMORY ? ClientErrors.OUT_OF_MEMORY : ClientErrors.INSIDE;
  }

  /** Logs why the process ended by itself, then removes its folder. */
  private void discard() {
    if (!killed) {
      LOG.error(
          "The process {} that answers queries ended with {}. Its last output: {}",
          process.pid(),
          process.exitValue(),
          lastWords());
    }
    remove(folder);
  }

  private String lastWords() {
    try (RandomAccessFile errors = new RandomAccessFile(folder.resolve("stderr").toFile(), "r")) {
      byte[] last = new byte[(int) Math.min(errors.length(), LAST_WORDS_BYTES)];
      errors.seek(errors.length() - last.length);
      errors.readFully(last);
      return PlainText.lines(new String(last, StandardCharsets.UTF_8)).strip();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void remove(Path folder) {
    try {
      Folders.remove(folder);
    } catch (IOException e) {
      LOG.warn("Cannot remove {}: {}", folder, e.toString());
    }
  }
}
