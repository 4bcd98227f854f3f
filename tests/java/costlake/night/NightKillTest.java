package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.model.Layer;
import costlake.testing.KillPoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a night at every point and runs it again. The second run leaves the same tables and adds
 * the same number of data files as an undisturbed night.
 *
 * <p>The night is killed at one point after another on the same lake. Before each kill, the bill of
 * September changes between two values, so every night has something to build. Undisturbed nights
 * before the first kill give the expected tables for each bill. All nights stop after the
 * allocation: the tables of later layers are staged and published in the same way.
 *
 * <p>This takes about twenty minutes, so it runs separately: {@code mvn test-compile surefire:test
 * -Dtest=NightKillTest -Dtests.excluded=}.
 */
@Tag("long")
class NightKillTest {
  /**
   * Points before the first table is written. One night is killed at all of them, one after the
   * other, and then runs to its end.
   */
  private static final List<Stop> BEFORE_TABLES =
      List.of(
          Stop.at(FailPoints.NIGHT_BEGUN),
          Stop.at(FailPoints.LAND_BEFORE_PIN),
          Stop.killedAt("Pinning aws-payer 0"),
          Stop.at(FailPoints.LANDED),
          Stop.at(FailPoints.PLANNED));

  private static final List<Stop> WITH_TABLES =
      List.of(
          Stop.at(FailPoints.STAGE_BEFORE_WRITE),
          Stop.at(FailPoints.STAGE_AFTER_WRITE),
          Stop.at(FailPoints.STAGE_AFTER_COMPARE),
          Stop.killedAt("Building 15"),
          Stop.at(FailPoints.STAGED),
          Stop.killedAt("Auditing 1"),
          Stop.at(FailPoints.AUDITED),
          Stop.at(FailPoints.PUBLISH_BEFORE_JOURNAL),
          Stop.at(FailPoints.PUBLISH_AFTER_JOURNAL),
          Stop.at(FailPoints.PUBLISH_AFTER_FIRST_TABLE),
          Stop.at(FailPoints.PUBLISH_BEFORE_PUBLISHED),
          Stop.at(FailPoints.PUBLISH_AFTER_PUBLISHED),
          Stop.killedWhilePublishing(),
          Stop.at(FailPoints.OPS_BEFORE));

  /**
   * Points at which the lake is as at the point before: all tables are staged and none is
   * published, or the publication is complete. One format shows them.
   */
  private static final Set<String> OF_NO_FORMAT =
      Set.of(
          "Auditing 1",
          FailPoints.AUDITED,
          FailPoints.PUBLISH_BEFORE_JOURNAL,
          FailPoints.OPS_BEFORE);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void endsLikeAnUndisturbedNightWhereverItWasStopped(LakeConfig.Format format) throws Exception {
    TinyCompany company = new TinyCompany(folder, format).until(Layer.ALLOCATION);
    company.write(
        "conf/costlake.yml",
        """
        spark:
          properties:
            spark.sql.adaptive.enabled: "false"
            spark.sql.codegen.factoryMode: NO_CODEGEN
            spark.sql.codegen.wholeStage: "false"
            spark.sql.shuffle.partitions: "1"
        """);
    company.deliver("20");
    company.night();
    company.deliver("21.5");
    Stop.at(FailPoints.LAND_AFTER_PIN).stop(company);
    company.night();
    Map<String, String> afterThePin = company.content();
    Map<String, Map<String, String>> undisturbed = new HashMap<>();
    long filesOfNight = 0;
    for (String bill : List.of("20", "21.5")) {
      company.deliver(bill);
      long before = dataFiles();
      company.night();
      undisturbed.put(bill, company.content());
      filesOfNight = dataFiles() - before;
    }
    assertThat(undisturbed.values()).doesNotHaveDuplicates();
    assertThat(afterThePin).isEqualTo(undisturbed.get("21.5"));
    assertThat(filesOfNight).isPositive();

    String bill = "21.5";
    for (List<Stop> stops : KillPoints.ofThisRun(stops(format))) {
      bill = bill.equals("20") ? "21.5" : "20";
      company.deliver(bill);
      long before = dataFiles();
      for (Stop stop : stops) {
        stop.stop(company);
      }
      company.night();
      assertThat(company.content()).as("%s on %s", stops, format).isEqualTo(undisturbed.get(bill));
      assertThat(dataFiles() - before)
          .as("data files of a night with %s on %s", stops, format)
          .isEqualTo(filesOfNight);
      assertThat(files(folder.resolve("lake/stage"), "")).as("%s on %s", stops, format).isEmpty();
    }
  }

  /** Returns the points of each night: for Delta, only those that depend on the format. */
  private static List<List<Stop>> stops(LakeConfig.Format format) {
    if (format == LakeConfig.Format.DELTA) {
      return WITH_TABLES.stream()
          .filter(stop -> !OF_NO_FORMAT.contains(stop.where()))
          .map(List::of)
          .toList();
    }
    return Stream.concat(Stream.of(BEFORE_TABLES), WITH_TABLES.stream().map(List::of)).toList();
  }

  /**
   * Where the process is stopped: at a fail point, or by a kill at an announced step or during
   * publication.
   */
  private record Stop(String where, boolean isPoint) {
    private static final String PUBLISHING = "while publishing";

    static Stop at(String point) {
      return new Stop(point, true);
    }

    static Stop killedAt(String announced) {
      return new Stop(announced, false);
    }

    static Stop killedWhilePublishing() {
      return new Stop(PUBLISHING, false);
    }

    void stop(TinyCompany company) throws IOException, InterruptedException {
      List<String> options = isPoint ? List.of("-Dcostlake.failpoint=" + where) : List.of();
      Process night = NightProcess.start(company, options);
      if (where.equals(PUBLISHING)) {
        killOncePublishing(company, night);
      }
      BufferedReader out = night.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(where)) {
          kill(night);
          break;
        }
      }
      assertThat(night.waitFor()).as(toString()).isEqualTo(FailPoint.HALTED);
    }

    private static void killOncePublishing(TinyCompany company, Process night)
        throws InterruptedException {
      int journalled = journal(company).size();
      while (night.isAlive() && journal(company).size() == journalled) {
        Thread.sleep(5);
      }
      kill(night);
    }

    /**
     * Kills a process by its handle. {@code Process.destroyForcibly} would also close its output,
     * which the test still reads.
     */
    private static void kill(Process night) {
      night.toHandle().destroyForcibly();
    }

    private static List<Path> journal(TinyCompany company) {
      return files(company.file("lake/journal"), ".json");
    }
  }

  /**
   * Counts the data files of tables, except {@code ops.*}, which grow with each run, and
   * checkpoints of Delta's log, which Delta writes every ten commits.
   */
  private long dataFiles() {
    return files(folder.resolve("lake"), ".parquet").stream()
        .filter(file -> !file.toString().contains("/ops/"))
        .filter(file -> !file.toString().contains("/_delta_log/"))
        .count();
  }

  private static List<Path> files(Path folder, String suffix) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(suffix))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
