package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
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
 * <p>The night is killed at one point after another on the same lake. Before each kill, either the
 * bill of September or the revenue of the model changes between two values, so every night has
 * something to build. Undisturbed nights before the first kill give the expected tables for each
 * pair of values.
 *
 * <p>This takes about twenty minutes, so it runs separately: {@code mvn test-compile surefire:test
 * -Dtest=NightKillTest -Dtests.excluded=}.
 */
@Tag("long")
class NightKillTest {
  private static final List<Stop> STOPS =
      List.of(
          Stop.at(FailPoints.NIGHT_BEGUN, News.EARNED),
          Stop.at(FailPoints.LAND_BEFORE_PIN, News.EARNED),
          Stop.at(FailPoints.LANDED, News.EARNED),
          Stop.at(FailPoints.PLANNED, News.EARNED),
          Stop.at(FailPoints.STAGE_BEFORE_WRITE, News.EARNED),
          Stop.at(FailPoints.STAGE_AFTER_WRITE, News.EARNED),
          Stop.at(FailPoints.STAGE_AFTER_COMPARE, News.EARNED),
          Stop.at(FailPoints.STAGED, News.EARNED),
          Stop.at(FailPoints.AUDITED, News.EARNED),
          Stop.at(FailPoints.PUBLISH_BEFORE_JOURNAL, News.EARNED),
          Stop.at(FailPoints.PUBLISH_AFTER_JOURNAL, News.EARNED),
          Stop.at(FailPoints.PUBLISH_AFTER_FIRST_TABLE, News.BILL),
          Stop.at(FailPoints.PUBLISH_BEFORE_PUBLISHED, News.EARNED),
          Stop.at(FailPoints.PUBLISH_AFTER_PUBLISHED, News.EARNED),
          Stop.at(FailPoints.OPS_BEFORE, News.EARNED),
          Stop.killedAt("Pinning benefits 0", News.EARNED),
          Stop.killedAt("Building 15", News.EARNED),
          Stop.killedAt("Auditing 1", News.EARNED),
          Stop.killedWhilePublishing(News.BILL));

  /**
   * Points at which no table is being written or published, so that they do not depend on the
   * format.
   */
  private static final Set<String> OF_NO_FORMAT =
      Set.of(
          FailPoints.NIGHT_BEGUN,
          FailPoints.LAND_BEFORE_PIN,
          FailPoints.LANDED,
          FailPoints.PLANNED,
          FailPoints.AUDITED,
          FailPoints.OPS_BEFORE);

  @TempDir Path folder;

  /** The input that changes before a night. */
  private enum News {
    BILL,
    EARNED
  }

  /** The values of the inputs: one of two bills and one of two revenues. */
  private record State(boolean otherBill, boolean otherEarned) {
    State turned(News news) {
      return news == News.BILL
          ? new State(!otherBill, otherEarned)
          : new State(otherBill, !otherEarned);
    }

    void deliver(TinyCompany company, News news) {
      if (news == News.BILL) {
        company.deliver(otherBill ? "21.5" : "20");
      } else {
        company.earn(otherEarned ? "250" : "100");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void endsLikeAnUndisturbedNightWhereverItWasStopped(LakeConfig.Format format) throws Exception {
    TinyCompany company = new TinyCompany(folder, format);
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
    State state = new State(false, false);
    state.deliver(company, News.BILL);
    company.night();
    state = state.turned(News.EARNED);
    state.deliver(company, News.EARNED);
    Stop.at(FailPoints.LAND_AFTER_PIN, News.EARNED).stop(company);
    company.night();
    Map<String, String> afterThePin = company.content();
    State pinned = state;
    Map<State, Map<String, String>> undisturbed = new HashMap<>();
    Map<News, Long> filesOfNight = new HashMap<>();
    for (News news : List.of(News.EARNED, News.BILL, News.EARNED, News.BILL)) {
      state = state.turned(news);
      state.deliver(company, news);
      long before = dataFiles();
      company.night();
      undisturbed.put(state, company.content());
      filesOfNight.put(news, dataFiles() - before);
    }
    assertThat(undisturbed.values()).doesNotHaveDuplicates().hasSize(4);
    assertThat(afterThePin).isEqualTo(undisturbed.get(pinned));

    for (Stop stop : stops(format)) {
      state = state.turned(stop.news());
      state.deliver(company, stop.news());
      long before = dataFiles();
      stop.stop(company);
      company.night();
      assertThat(company.content()).as("%s on %s", stop, format).isEqualTo(undisturbed.get(state));
      assertThat(dataFiles() - before)
          .as("data files of a night with %s on %s", stop, format)
          .isEqualTo(filesOfNight.get(stop.news()));
      assertThat(files(folder.resolve("lake/stage"), "")).as("%s on %s", stop, format).isEmpty();
    }
  }

  /** Returns all points for Iceberg, and for Delta those that depend on the format. */
  private static List<Stop> stops(LakeConfig.Format format) {
    return format == LakeConfig.Format.ICEBERG
        ? STOPS
        : STOPS.stream()
            .filter(stop -> stop.point() == null || !OF_NO_FORMAT.contains(stop.point()))
            .toList();
  }

  /**
   * Where the process is stopped: at a fail point, or by a kill at an announced step or during
   * publication.
   */
  private record Stop(String point, String announced, News news) {
    static Stop at(String point, News news) {
      return new Stop(point, null, news);
    }

    static Stop killedAt(String announced, News news) {
      return new Stop(null, announced, news);
    }

    static Stop killedWhilePublishing(News news) {
      return new Stop(null, null, news);
    }

    void stop(TinyCompany company) throws IOException, InterruptedException {
      List<String> options = point == null ? List.of() : List.of("-Dcostlake.failpoint=" + point);
      Process night = NightProcess.start(company, options);
      if (point == null && announced == null) {
        killOncePublishing(company, night);
      }
      BufferedReader out = night.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(announced)) {
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
