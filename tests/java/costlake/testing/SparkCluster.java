package costlake.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real standalone Spark cluster of a master and two workers, each in its own process. They run
 * from the libraries that Costlake is packaged with, and require a secret. Their time zone is New
 * York.
 */
public final class SparkCluster implements AutoCloseable {
  private static final Path LIBRARIES = Path.of("target", "lib").toAbsolutePath();
  private static final int WORKERS = 2;
  private static final int EXECUTOR_DEPTH = 3;
  private static final String HOST = "127.0.0.1";
  private static final String SECRET = UUID.randomUUID().toString();

  private final Path home;
  private final int port = Servers.freePort();
  private final int page = Servers.freePort();
  private final List<Process> processes = new ArrayList<>();

  /** Starts the cluster with its working files below a folder. */
  public SparkCluster(Path folder) throws IOException {
    home = Files.createDirectories(folder);
    Files.createSymbolicLink(home.resolve("jars"), LIBRARIES);
    start("master", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", text(port));
    for (int i = 1; i <= WORKERS; i++) {
      start(
          "worker-" + i,
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          HOST,
          "--cores",
          "1",
          "--memory",
          "1g",
          "--work-dir",
          home.resolve("work-" + i).toString(),
          master());
    }
    Servers.await(processes, home.resolve("master.log"), this::hasItsWorkers);
  }

  /** Returns the address of the cluster, for {@code spark.master}. */
  public String master() {
    return "spark://" + HOST + ":" + port;
  }

  /** Returns the Spark properties that a driver needs besides the address. */
  public Map<String, String> properties() {
    return Map.of(
        "spark.executor.extraClassPath",
        LIBRARIES.resolveSibling("costlake.jar").toString(),
        "spark.authenticate.secret",
        "${COSTLAKE_SPARK_SECRET}",
        "spark.driver.host",
        HOST,
        "spark.driver.bindAddress",
        HOST);
  }

  /** Returns the environment variables that the commands of Spark need. */
  public Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        home.toString(),
        "SPARK_SCALA_VERSION",
        "2.13",
        "COSTLAKE_SPARK_SECRET",
        SECRET);
  }

  /**
   * Returns the folders of all executors that the workers ran for applications, relative to the
   * folder of the cluster.
   */
  public Set<Path> executors() throws IOException {
    try (Stream<Path> walk = Files.walk(home, EXECUTOR_DEPTH)) {
      return walk.map(home::relativize)
          .filter(path -> path.getNameCount() == EXECUTOR_DEPTH)
          .filter(path -> path.getName(1).toString().startsWith("app-"))
          .collect(Collectors.toSet());
    }
  }

  private void start(String name, String type, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(JavaProcess.java());
    command.addAll(List.of("@conf/jvm.options", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dspark.authenticate=true", "-Dspark.authenticate.secret=" + SECRET));
    command.addAll(List.of("-cp", LIBRARIES + "/*", type));
    command.addAll(List.of("--webui-port", text(name.equals("master") ? page : 0)));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve(name + ".log").toFile());
    builder.environment().putAll(environment());
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.environment().put("TZ", "America/New_York");
    processes.add(builder.start());
  }

  private boolean hasItsWorkers() throws IOException {
    URI state = URI.create("http://" + HOST + ":" + page + "/json/");
    try (InputStream answer = state.toURL().openStream()) {
      return new ObjectMapper().readTree(answer).path("aliveworkers").asInt() == WORKERS;
    }
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
  }
}
