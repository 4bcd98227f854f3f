package costlake.serve;

import costlake.config.Config;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Programs that replace {@link QueryWorker} in tests and need no Spark. This program answers a
 * query with the words of its text, one batch for each word. The word {@code wait} waits until the
 * query is cancelled; the word {@code die} ends the process.
 */
final class ScriptedWorker {
  private static final int HEAP_MIB = 128;

  private final ObjectInputStream requests;
  private final DataOutputStream answers;

  private ScriptedWorker() throws IOException, ClassNotFoundException {
    answers =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    requests = new ObjectInputStream(System.in);
    requests.readObject();
  }

  /**
   * Returns a starter of workers. It starts each given program once, in order, then this program
   * for every further worker.
   */
  static Supplier<WorkerProcess> starting(Class<?>... programs) {
    Queue<Class<?>> next = new ArrayDeque<>(List.of(programs));
    return () ->
        WorkerProcess.start(
            next.isEmpty() ? ScriptedWorker.class : next.poll(),
            new QueryWorker.Setup(null, Config.defaults(Path.of("conf")).lake()),
            HEAP_MIB);
  }

  public static void main(String[] args) throws IOException, ClassNotFoundException {
    ScriptedWorker worker = new ScriptedWorker();
    WorkerMessage.of(WorkerMessage.Kind.READY).write(worker.answers);
    while (true) {
      if (worker.requests.readByte() == QueryWorker.ASK) {
        worker.answer(Request.read(worker.requests));
      }
    }
  }

  private void answer(Request request) throws IOException {
    if (request.kind() == Request.Kind.ROWS) {
      for (String word : request.sql().split(" ", -1)) {
        say(word);
      }
    } else {
      int parameters = (int) request.sql().chars().filter(c -> c == '?').count();
      WorkerMessage.schema(parameters, Endpoint.schemaBytes(new Schema(List.of()))).write(answers);
    }
    WorkerMessage.of(WorkerMessage.Kind.END).write(answers);
    WorkerMessage.of(WorkerMessage.Kind.IDLE).write(answers);
  }

  private void say(String word) throws IOException {
    switch (word) {
      case "wait" -> awaitCancel();
      case "die" -> {
        System.err.println("the last words of a worker");
        Runtime.getRuntime().halt(9);
      }
      default ->
          new WorkerMessage(WorkerMessage.Kind.BATCH, word.getBytes(StandardCharsets.UTF_8))
              .write(answers);
    }
  }

  private void awaitCancel() throws IOException {
    while (requests.readByte() != QueryWorker.CANCEL) {
      // a busy worker gets no other command
    }
  }

  /** Becomes ready, but takes no request. */
  static final class Deaf {
    private Deaf() {}

    public static void main(String[] args)
        throws IOException, ClassNotFoundException, InterruptedException {
      ScriptedWorker worker = new ScriptedWorker();
      System.in.close();
      WorkerMessage.of(WorkerMessage.Kind.READY).write(worker.answers);
      Thread.sleep(60_000);
    }
  }

  /** Never becomes ready. */
  static final class Stuck {
    private Stuck() {}

    public static void main(String[] args) throws InterruptedException {
      Thread.sleep(60_000);
    }
  }

  /** Reports that it cannot read the lake. */
  static final class Blind {
    private Blind() {}

    public static void main(String[] args) throws IOException, ClassNotFoundException {
      WorkerMessage.failed("Cannot open /srv/lake").write(new ScriptedWorker().answers);
    }
  }
}
