package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import costlake.config.LakeConfig;
import costlake.model.Layer;
import costlake.testing.JavaProcess;
import costlake.testing.SparkCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs nights of the packaged jar on a real standalone cluster. They give the same tables as local
 * nights.
 */
@Tag("long")
class ClusterNightTest {
  private static final Path JAR = Path.of("target", "costlake.jar").toAbsolutePath();
  private static final String LIBRARIES = JAR.resolveSibling("lib") + "/*";
  private static final String UTC = "-Duser.timezone=UTC";
  private static final String UTF_8 = "-Dfile.encoding=UTF-8";
  private static final String MAIN = "costlake.cli.Main";

  @TempDir static Path spark;
  private static SparkCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Files.exists(JAR), "needs the packaged jar: mvn package");
    cluster = new SparkCluster(spark.resolve("cluster"));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void byTheLauncherOnIceberg() throws Exception {
    givesTheTablesOfALaptop(
        LakeConfig.Format.ICEBERG,
        Layer.REPORTING,
        List.of(JavaProcess.java(), UTC, UTF_8, "-cp", JAR + ":" + LIBRARIES, MAIN));
  }

  @Test
  void bySparkSubmitOnDelta() throws Exception {
    givesTheTablesOfALaptop(LakeConfig.Format.DELTA, Layer.ALLOCATION, sparkSubmit());
  }

  private void givesTheTablesOfALaptop(LakeConfig.Format format, Layer until, List<String> launcher)
      throws Exception {
    TinyCompany laptop = new TinyCompany(folder.resolve("laptop"), format).until(until);
    laptop.deliver("20");
    laptop.night();

    TinyCompany company = new TinyCompany(folder.resolve("cluster"), format);
    company.deliver("20");
    company.write("conf/env/cluster.yml", engine());
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of("night", "--conf", company.conf().toString(), "--env", "cluster"));
    command.addAll(List.of("--until", until.namespace()));
    command.addAll(List.of("--set", "lake.root=" + company.config().lake().root()));
    command.addAll(List.of("--set", "lake.format=" + format.name().toLowerCase(Locale.ROOT)));
    Set<Path> before = cluster.executors();
    assertThat(run(command)).contains("as publication 1.");
    assertThat(cluster.executors().stream().filter(executor -> !before.contains(executor)))
        .extracting(executor -> executor.getName(0).toString())
        .contains("work-1", "work-2");
    assertThat(company.content()).isNotEmpty().isEqualTo(laptop.content());
    assertThat(run(command)).contains("Nothing new since publication 1.");
  }

  private static String engine() {
    return "spark:\n  master: %s\n  properties:\n%s"
        .formatted(
            cluster.master(),
            cluster.properties().entrySet().stream()
                .map(p -> "    %s: '%s'\n".formatted(p.getKey(), p.getValue()))
                .collect(Collectors.joining()));
  }

  /** Returns the command that {@code spark-submit} would run, from its own launcher. */
  private static List<String> sparkSubmit() throws Exception {
    List<String> ask =
        List.of(
            JavaProcess.java(),
            "-cp",
            LIBRARIES,
            "org.apache.spark.launcher.Main",
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            cluster.master(),
            "--deploy-mode",
            "client",
            "--driver-java-options",
            UTC + " " + UTF_8,
            "--driver-class-path",
            JAR + ":" + LIBRARIES,
            "--class",
            MAIN,
            JAR.toString());
    return Stream.of(run(ask).split("\0"))
        .map(String::strip)
        .dropWhile(word -> !word.endsWith("java"))
        .toList();
  }

  private static String run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.putAll(cluster.environment());
    environment.put("TZ", "America/New_York");
    environment.put(
        "JDK_JAVA_OPTIONS",
        String.join(" ", Files.readAllLines(Path.of("conf", "jvm.options"))) + " -Xmx1g");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
