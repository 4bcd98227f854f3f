package costlake.telemetry.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.telemetry.prometheus.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documentation lists exactly the queries that Costlake runs. */
class TelemetryDocsTest {
  private static final List<Metric> METRICS = new KubernetesFamily().metrics().all();
  private static final Path PAGE = Path.of("docs/telemetry.md");

  @Test
  void documentationHasEveryQuery() throws IOException {
    List<String> asked =
        METRICS.stream()
            .flatMap(
                metric ->
                    metric.query(300).stream()
                        .map(query -> "    " + metric.file() + "\n        " + query))
            .toList();

    String page = Files.readString(PAGE);
    String queries = page.substring(page.indexOf("## Queries"));

    assertThat(queries).endsWith("\n\n" + String.join("\n", asked) + "\n");
  }

  @Test
  void tableHasEveryFile() throws IOException {
    String page = Files.readString(PAGE);
    String table = page.substring(page.indexOf("## Metrics"), page.indexOf("## Queries"));

    assertThat(METRICS)
        .allSatisfy(
            metric ->
                assertThat(table)
                    .contains(
                        "`" + metric.file().replace("nvidia-gpu-memory-capacity-mib-", "…-")));
  }

  @Test
  void everyAliasIsExactAndNamesOneModel() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("conf/reference/accelerators.csv"));
    List<String[]> rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();

    assertThat(lines.get(0)).isEqualTo("alias,accelerator_model,vendor,memory_mib,max_slices");
    assertThat(rows).hasSizeGreaterThan(200).allSatisfy(row -> assertThat(row).hasSize(5));
    assertThat(rows.stream().map(row -> row[0])).doesNotHaveDuplicates();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row[1]).isNotBlank();
              assertThat(row[3]).matches("\\d*");
              assertThat(row[4]).matches("[1-9]");
            });
    assertThat(rows.stream().map(row -> row[1]).distinct())
        .as("a canonical name is an alias of itself")
        .allSatisfy(
            model -> assertThat(rows).anySatisfy(row -> assertThat(row).startsWith(model, model)));
    assertThat(rows.stream().filter(row -> row[0].contains("A100")).map(row -> row[1]).distinct())
        .containsExactlyInAnyOrder("A100 40GB", "A100 80GB");
  }
}
