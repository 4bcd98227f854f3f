package costlake.serve;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.config.SparkConfig;
import costlake.lake.Lake;
import costlake.lake.Sessions;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.SparkSession;

/**
 * A process that answers one query at a time, over its standard input and output, so that a query
 * that nothing else stops is stopped with its process. It ends with the server that started it.
 */
public final class QueryWorker {
  /** Commands of the server: the one before a request, and the one that cancels it. */
  static final byte ASK = 1;

  static final byte CANCEL = 2;

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private QueryWorker() {}

  /** Settings of Spark and of the lake that the server passes to a worker. */
  record Setup(SparkConfig spark, LakeConfig lake) {
    static Setup of(Config config) {
      return new Setup(inThisProcess(config.spark()), config.lake());
    }

    /** Work on a cluster would outlive the process. */
    private static SparkConfig inThisProcess(SparkConfig spark) {
      Map<String, String> properties = new HashMap<>(spark.properties());
      properties.putIfAbsent("spark.executor.killOnFatalError.depth", "0");
      return new SparkConfig(
          spark.master().startsWith("local") ? spark.master() : "local[*]", properties);
    }

    String json() throws IOException {
      return JSON.writeValueAsString(this);
    }
  }

  /** Answers until its input ends. */
  public static void main(String[] args) {
    DataOutputStream answers =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    System.setOut(System.err); // what a library prints must not get among the answers
    try (ObjectInputStream requests = new ObjectInputStream(System.in)) {
      serve(requests, answers);
    } catch (IOException | ClassNotFoundException e) {
      Runtime.getRuntime().halt(0); // the server is gone
    }
  }

  private static void serve(ObjectInputStream requests, DataOutputStream answers)
      throws IOException, ClassNotFoundException {
    SessionCache sessions =
        open(JSON.readValue((String) requests.readObject(), Setup.class), answers);
    ExecutorService queries = Executors.newSingleThreadExecutor();
    RequestExecution running = null;
    while (true) {
      if (requests.readByte() == ASK) {
        running = new RequestExecution(sessions, Request.read(requests), answers);
        queries.execute(running);
      } else if (running != null) {
        running.cancel();
      }
    }
  }

  private static SessionCache open(Setup setup, DataOutputStream answers) throws IOException {
    try {
      SparkSession engine = Sessions.open(setup.spark(), setup.lake());
      SessionCache sessions = new SessionCache(engine, Lake.open(setup.lake(), engine));
      warm(sessions);
      WorkerMessage.of(WorkerMessage.Kind.READY).write(answers);
      return sessions;
    } catch (RuntimeException e) {
      WorkerMessage.failed(ClientErrors.of(e)).write(answers);
      throw new IOException(e);
    }
  }

  /** Loads what the first query would otherwise wait for. */
  private static void warm(SessionCache sessions) {
    ScopedSession everything = sessions.of(new TeamScope(Optional.empty()));
    Query.of(everything, "select count(*) from range(10)", List.of())
        .batches(1, 1)
        .forEachRemaining(batch -> {});
  }
}
