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
 * A process that runs one query at a time. The server sends requests on standard input and reads
 * answers from standard output. The server kills the process if a query cannot be cancelled. The
 * process ends when its standard input ends.
 */
public final class QueryWorker {
  /** Command of the server that precedes a request. */
  static final byte ASK = 1;

  /** Command of the server that cancels the request. */
  static final byte CANCEL = 2;

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private QueryWorker() {}

  /** Settings of Spark and of the lake that the server passes to a worker. */
  record Setup(SparkConfig spark, LakeConfig lake) {
    static Setup of(Config config) {
      return new Setup(inThisProcess(config.spark()), config.lake());
    }

    /**
     * Returns the settings of Spark with a local master. On a cluster, a query would continue after
     * its worker is killed.
     */
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

  /** Answers requests until standard input ends. */
  public static void main(String[] args) {
    DataOutputStream answers =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    System.setOut(System.err); // keeps the output of libraries out of the answers
    try (ObjectInputStream requests = new ObjectInputStream(System.in)) {
      serve(requests, answers);
    } catch (IOException | ClassNotFoundException e) {
      Runtime.getRuntime().halt(0); // the server has ended
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
      warmUp(sessions);
      WorkerMessage.of(WorkerMessage.Kind.READY).write(answers);
      return sessions;
    } catch (RuntimeException e) {
      WorkerMessage.failed(ClientErrors.of(e)).write(answers);
      throw new IOException(e);
    }
  }

  /** Runs a small query, so that the first query of a user does not wait for classes to load. */
  private static void warmUp(SessionCache sessions) {
    ScopedSession everything = sessions.of(new TeamScope(Optional.empty()));
    Query.of(everything, "select count(*) from range(10)", List.of())
        .batches(1, 1)
        .forEachRemaining(batch -> {});
  }
}
