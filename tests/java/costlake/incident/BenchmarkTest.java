package costlake.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores the detector on the real series of the Numenta Anomaly Benchmark with known causes. */
class BenchmarkTest {
  /** The sums that are published: random cut forest 0.127, htmjava 1.866, ARTime 6.251. */
  private static final double BEST_PUBLISHED = 6.251;

  private static final Pattern SUM = Pattern.compile("(-?[0-9.]+) +sum at threshold");

  @TempDir private Path dir;

  @Test
  void scoresMoreThanThePublishedDetectors() throws IOException, InterruptedException {
    Path benchmark = Shared.path("data/anomaly-nab");
    try (Stream<Path> files = Files.list(benchmark)) {
      for (Path series : files.filter(file -> file.toString().endsWith(".csv.gz")).toList()) {
        judge(series);
      }
    }
    Process scorer = new ProcessBuilder(scorer(benchmark)).redirectErrorStream(true).start();
    String said = new String(scorer.getInputStream().readAllBytes(), UTF_8);
    assertThat(scorer.waitFor()).as(said).isZero();
    Matcher sum = SUM.matcher(said);
    assertThat(sum.find()).as(said).isTrue();
    assertThat(Double.parseDouble(sum.group(1))).as(said).isGreaterThan(BEST_PUBLISHED);
  }

  private List<String> scorer(Path benchmark) throws IOException {
    try (Stream<Path> judged = Files.list(dir)) {
      return Stream.concat(
              Stream.of("python3", "score.py", "windows.json")
                  .map(word -> word.contains(".") ? benchmark.resolve(word).toString() : word),
              judged.map(Path::toString).sorted())
          .toList();
    }
  }

  private void judge(Path series) throws IOException {
    SeasonalDetector detector = new SeasonalDetector();
    StringBuilder judged = new StringBuilder("timestamp,value,score\n");
    for (SeriesFile.Point point : SeriesFile.read(series, "timestamp", "value").points()) {
      double score = detector.judge(point.time(), point.value()).score();
      judged.append("%s,%s,%s\n".formatted(point.written(), point.value(), score));
    }
    String name = series.getFileName().toString().replace(".gz", "");
    Files.writeString(dir.resolve(name), judged);
  }
}
