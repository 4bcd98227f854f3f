package costlake.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in its own Java process, which a test can kill. */
public final class JavaProcess {
  private static final long MAX_S = 300;

  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  private JavaProcess(Class<?> main, String heap) {
    command.addAll(List.of(java(), "@conf/jvm.options", "-Xmx" + heap, "-Duser.timezone=UTC"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
  }

  /**
   * Creates a process for a main class.
   *
   * @param heap maximum heap in the form of -Xmx, such as 128m
   */
  public static JavaProcess of(Class<?> main, String heap) {
    return new JavaProcess(main, heap);
  }

  /** Returns the path of the java program that runs these tests. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Adds options of the JVM. */
  public JavaProcess options(List<String> options) {
    command.addAll(1, options);
    return this;
  }

  /** Adds arguments. */
  public JavaProcess arguments(String... arguments) {
    Collections.addAll(command, arguments);
    return this;
  }

  /** Adds variables to the environment. */
  public JavaProcess environment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** Starts the process. The caller reads its standard output; its standard error is discarded. */
  public Process start() throws IOException {
    return builder().redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Starts the process and writes its output to a log. */
  public Process start(Path log) throws IOException {
    return builder().redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /**
   * Runs the process, writes its output to a log, and returns its exit code. Fails if the process
   * takes more than five minutes.
   */
  public int exitCode(Path log) throws IOException, InterruptedException {
    Process process = start(log);
    assertThat(process.waitFor(MAX_S, TimeUnit.SECONDS)).as("ended: " + log).isTrue();
    return process.exitValue();
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
  }
}
