package costlake.telemetry.serving;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.telemetry.prometheus.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation lists exactly the queries and names of the lists of engines. */
class ServingDocsTest {
  @Test
  void documentationHasEveryQuery() throws IOException {
    String queries =
        Engines.embedded().metrics(Map.of()).all().stream()
            .map(ServingDocsTest::shown)
            .collect(Collectors.joining("\n"));

    assertThat(section()).contains("\n\n" + queries + "\n\n");
  }

  private static String shown(Metric metric) {
    return "    " + metric.file() + "\n        " + metric.query(300).orElseThrow();
  }

  @Test
  void documentationHasEveryCounter() throws IOException {
    String section = section();

    assertThat(Engines.embedded().list())
        .hasSize(3)
        .flatExtracting(Engine::metrics)
        .flatExtracting(EngineMetric::series)
        .allSatisfy(name -> assertThat(section).contains("`" + name));
  }

  private static String section() throws IOException {
    String page = Files.readString(Path.of("docs/telemetry.md"));
    return page.substring(page.indexOf("## Serving"), page.indexOf("## Queries"));
  }
}
