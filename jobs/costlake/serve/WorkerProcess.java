package costlake.serve;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Folders;
import costlake.core.OwnFiles;
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

/** A {@link QueryWorker} process that the server started and can kill at any time. */
final class WorkerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** Java options of the server that its workers do not get. */
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

  /**
   * Options of the JVM that keep its messages and warnings out of the answers, which a worker
   * writes to standard output.
   */
  static final List<String> MESSAGES_TO_STDERR =
      List.of("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr");

  private static final int LAST_OUTPUT_BYTES = 4096;

  private static final int EXIT_OUT_OF_MEMORY = 3;

  private final Path folder;
  private final Process process;
  private final ObjectOutputStream requests;
  private final DataInputStream answers;

  /** True from the request until the last message of its answer has been read. */
  private volatile boolean answering;

  /**
   * True once the server has killed the process, or the process has closed its output. The
   * operating system reports the end of the process later.
   */
  private volatile boolean dead;

  /** True if the server killed the process while it was alive. */
  private volatile boolean killed;

  private WorkerProcess(Path folder, Process process) throws IOException {
    this.folder = folder;
    this.process = process;
    this.requests = new ObjectOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /**
   * Starts a worker.
   *
   * @param program class with the main method: {@link QueryWorker}, or another class in tests
   */
  static WorkerProcess start(Class<?> program, QueryWorker.Setup setup, int heapMib) {
    try {
      Path folder =
          Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "worker-");
      ProcessBuilder builder =
          new ProcessBuilder(command(program, folder, heapMib))
              .redirectError(folder.resolve("stderr").toFile());
      builder.environment().keySet().removeIf(name -> !WorkerEnvironment.needs(name, setup.lake()));
      WorkerProcess worker = new WorkerProcess(folder, started(builder, folder));
      worker.sendSetup(setup);
      return worker;
    } catch (IOException e) {
      throw Failure.internal(
          e, "Cannot start a process that answers queries: %s", FileErrors.whichAndWhy(e));
    }
  }

  private static Process started(ProcessBuilder builder, Path folder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      remove(folder);
      throw e;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // discard() handles its own errors
  private void sendSetup(QueryWorker.Setup setup) throws IOException {
    process.onExit().thenRun(this::discard);
    try {
      requests.writeObject(setup.json());
      requests.flush();
    } catch (IOException e) {
      destroy();
      throw e;
    }
  }

  private static List<String> command(Class<?> program, Path folder, int heapMib) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.add("-Xmx" + heapMib + "m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(MESSAGES_TO_STDERR);
    command.add("-Djava.io.tmpdir=" + folder);
    OwnFiles.option().forEach(command::add);
    String log = System.getProperty("costlake.log");
    if (log != null) {
      command.add("-Dcostlake.log=" + log);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    return command;
  }

  /** Selects the Java options that the server passes on to its workers. */
  static List<String> inherited(List<String> options) {
    return options.stream()
        .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
        .toList();
  }

  /**
   * Waits until the worker is ready.
   *
   * @throws Failure with exit code 2 if the worker cannot read the lake
   */
  void awaitReady() throws IOException {
    WorkerMessage first = read();
    if (first.kind() == WorkerMessage.Kind.FAILED) {
      throw Failure.operator("%s", first.text());
    }
  }

  /**
   * Sends a request to the worker.
   *
   * @return false if the process has already ended
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
      destroy();
      return false;
    }
  }

  /**
   * Returns the next message of the answer. Throws an {@link EOFException} if the process has
   * ended.
   */
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

  /** Asks the worker to cancel its request. */
  void cancel() {
    try {
      synchronized (requests) {
        requests.writeByte(QueryWorker.CANCEL);
        requests.flush();
      }
    } catch (IOException e) {
      destroy();
    }
  }

  void kill() {
    killed |= !dead;
    destroy();
  }

  private void destroy() {
    dead = true;
    process.destroyForcibly();
  }

  /** Whether the worker can take a request: it is alive and its last answer was read completely. */
  boolean isFree() {
    return !dead && !answering && process.isAlive();
  }

  /** Kills the process. Returns a message that tells the user why the query failed. */
  String exitMessage() {
    destroy();
    int code = process.onExit().join().exitValue();
    return code == EXIT_OUT_OF_MEMORY ? ClientErrors.OUT_OF_MEMORY : ClientErrors.INSIDE;
  }

  /** Logs why the process ended, unless the server killed it. Removes its folder. */
  private void discard() {
    if (!killed) {
      LOG.error(
          "The process {} that answers queries ended with {}. Its last output: {}",
          process.pid(),
          process.exitValue(),
          lastOutput());
    }
    remove(folder);
  }

  private String lastOutput() {
    try (RandomAccessFile errors = new RandomAccessFile(folder.resolve("stderr").toFile(), "r")) {
      byte[] last = new byte[(int) Math.min(errors.length(), LAST_OUTPUT_BYTES)];
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
