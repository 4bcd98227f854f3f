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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A night stopped dead anywhere and run again ends with the tables of an undisturbed night, and
 * leaves nothing behind that grows.
 *
 * <p>One lake goes through all the stops: September's bill is delivered again before each, its
 * second day at another price, so that every stopped night has a day to rebuild. Another lake gets
 * the same bills and is left in peace.
 */
@Tag("kill")
class NightKillTest {
  private static final List<String> POINTS =
      List.of(
          FailPoints.NIGHT_BEGUN,
          FailPoints.LAND_BEFORE_PIN,
          FailPoints.LAND_AFTER_PIN,
          FailPoints.LANDED,
          FailPoints.PLANNED,
          FailPoints.STAGE_BEFORE_WRITE,
          FailPoints.STAGE_AFTER_WRITE,
          FailPoints.STAGED,
          FailPoints.AUDITED,
          FailPoints.PUBLISH_BEFORE_JOURNAL,
          FailPoints.PUBLISH_AFTER_JOURNAL,
          FailPoints.PUBLISH_AFTER_FIRST_TABLE,
          FailPoints.PUBLISH_BEFORE_PUBLISHED,
          FailPoints.PUBLISH_AFTER_PUBLISHED,
          FailPoints.OPS_BEFORE);
  private static final List<Integer> STEPS_BEFORE_KILL = List.of(1, 2, 4, 6);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void endsLikeAnUndisturbedNightWhereverItWasStopped(LakeConfig.Format format) throws Exception {
    TinyCompany undisturbed = new TinyCompany(folder.resolve("undisturbed"), format);
    TinyCompany company = new TinyCompany(folder.resolve("stopped"), format);
    List<Stop> stops = new ArrayList<>();
    POINTS.forEach(point -> stops.add(new Stop(point, 0)));
    STEPS_BEFORE_KILL.forEach(steps -> stops.add(new Stop(null, steps)));
    Stream.of(undisturbed, company).forEach(one -> one.deliver("20"));
    assertSameContent(undisturbed, company, "no stop");
    long filesOfFirst = dataFiles();
    for (int i = 0; i < stops.size(); i++) {
      String price = "20." + (i + 1);
      Stream.of(undisturbed, company).forEach(one -> one.deliver(price));
      stops.get(i).stop(company);
      assertSameContent(undisturbed, company, stops.get(i) + " on " + format);
      assertThat(staged(company)).as("%s on %s", stops.get(i), format).isEmpty();
    }
    assertThat(dataFiles())
        .as("data files per night")
        .isLessThanOrEqualTo(filesOfFirst * (stops.size() + 1));
  }

  private static void assertSameContent(
      TinyCompany undisturbed, TinyCompany stopped, String after) {
    undisturbed.night();
    stopped.night();
    Map<String, String> content = stopped.content();
    assertThat(content).containsKey("focus.cost_and_usage");
    assertThat(content).as(after).isEqualTo(undisturbed.content());
  }

  /** A stop at a named point, or by a signal that no process survives once it is so far. */
  private record Stop(String point, int steps) {
    void stop(TinyCompany company) throws IOException, InterruptedException {
      List<String> options = point == null ? List.of() : List.of("-Dcostlake.failpoint=" + point);
      Process night = NightProcess.start(company, options);
      try (BufferedReader out = night.inputReader(StandardCharsets.UTF_8)) {
        int seen = 0;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          seen += line.startsWith("step ") ? 1 : 0;
          if (point == null && seen == steps) {
            night.destroyForcibly();
          }
        }
      }
      assertThat(night.waitFor()).as(toString()).isEqualTo(FailPoint.HALTED);
    }
  }

  private static List<Path> staged(TinyCompany company) {
    return files(Path.of(company.config().lake().root(), "stage"), "");
  }

  private long dataFiles() {
    return files(folder.resolve("stopped").resolve("lake"), ".parquet").size();
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
